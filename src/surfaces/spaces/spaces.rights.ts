import type { ExceptionFilter, Type } from '@nestjs/common';
import type { Caller } from '../../core/caller.js';
import { CheckFirst } from '../../http/check-first.filter.js';
import { administratorsOnly } from './spaces.failures.js';

/** Throws unless the caller may change the organization, its locations, levels, spaces and amenities. */
export function assertAdministrator({ isAdmin }: Caller): void {
  if (!isAdmin) throw administratorsOnly();
}

/**
 * Keeps the order of refusals where administrators write: 403, then 404, then faults of the body. `find` throws where a
 * row of the path is missing.
 */
export const CheckAdministratorFirst = <Service>(
  service: Type<Service>,
  find: (service: Service, caller: Caller, params: Readonly<Record<string, string>>) => Promise<unknown>,
): Type<ExceptionFilter> =>
  CheckFirst(service, async (rows, { caller, params }) => {
    if (caller === null) return;
    assertAdministrator(caller);
    await find(rows, caller, params as Record<string, string>);
  });
