import type { ExceptionFilter, Type } from '@nestjs/common';
import type { Caller } from '../../core/caller.js';
import { CheckFirst } from '../../http/check-first.filter.js';

/** A filter that checks permissions before it reports an invalid body: callers without permission get that error. */
export function PermissionFirst<Service extends object, Path>(
  service: Type<Service>,
  check: (service: Service, caller: Caller, path: Path) => Promise<unknown>,
): Type<ExceptionFilter> {
  return CheckFirst(service, async (provider, { caller, params }) =>
    caller === null ? undefined : check(provider, caller, params as Path),
  );
}
