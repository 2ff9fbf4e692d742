import type { ExceptionFilter, Type } from '@nestjs/common';
import type { Caller } from '../../core/caller.js';
import { AskFirst } from '../../http/ask-first.filter.js';

/** Keeps the order of refusals: who may not write there is told so even when the body is faulty as well. */
export function RightFirst<Service extends object, Path>(
  service: Type<Service>,
  check: (service: Service, caller: Caller, path: Path) => Promise<unknown>,
): Type<ExceptionFilter> {
  return AskFirst(service, async (rights, { caller, params }) =>
    caller === null ? undefined : check(rights, caller, params as Path),
  );
}
