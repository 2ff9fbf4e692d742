import type { ExceptionFilter, Type } from '@nestjs/common';
import type { Caller } from '../../core/caller.js';
import { CheckFirst } from '../../http/check-first.filter.js';

/** `CheckRowFirst` for paths with several ids: `find` fails if one of them leads to nothing. */
export function CheckPathFirst<Service>(
  service: Type<Service>,
  find: (service: Service, caller: Caller, ids: Readonly<Record<string, string>>) => Promise<unknown>,
): Type<ExceptionFilter> {
  return CheckFirst(service, async (rows, { caller, params }) =>
    caller === null ? undefined : find(rows, caller, params as Record<string, string>),
  );
}
