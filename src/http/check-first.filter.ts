import {
  Catch,
  Inject,
  Injectable,
  mixin,
  type ArgumentsHost,
  type ExceptionFilter,
  type Type,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '../core/caller.js';
import { Failure } from '../core/failure.js';
import { FailureFilter } from './server/failure.filter.js';

/** A service that can say whether a row is there; it throws where it is not. */
export interface RowFinder {
  find(caller: Caller, id: string): Promise<unknown>;
}

/**
 * Keeps the order of refusals on a route whose body changes a row: a row that is not there is 404, even when the
 * body is faulty as well.
 */
export function CheckRowFirst(service: Type<RowFinder>, parameter: string): Type<ExceptionFilter> {
  return CheckFirst(service, async (rows, { caller, params }) =>
    caller === null ? undefined : rows.find(caller, (params as Record<string, string>)[parameter] ?? ''),
  );
}

/**
 * The same for any question that fails where the route leads to nothing, where the caller may not go, or where there
 * are more faults to tell. It is asked only after the content was refused, so a sound request pays nothing for it: not
 * even an interceptor, which takes longer than the rest of a small request.
 */
export function CheckFirst<Service>(
  service: Type<Service>,
  check: (service: Service, request: FastifyRequest, refused: Failure) => Promise<unknown>,
): Type<ExceptionFilter> {
  @Injectable()
  @Catch(Failure)
  class CheckFirstFilter implements ExceptionFilter<Failure> {
    constructor(
      @Inject(service) private readonly service: Service,
      @Inject(FailureFilter) private readonly failures: FailureFilter,
    ) {}

    async catch(refused: Failure, host: ArgumentsHost): Promise<void> {
      const request = host.switchToHttp().getRequest<FastifyRequest>();
      const earlier = isValidationFailure(refused) ? await this.earlierFailure(request, refused) : refused;
      this.failures.catch(earlier, host);
    }

    private async earlierFailure(request: FastifyRequest, refused: Failure): Promise<unknown> {
      try {
        await check(this.service, request, refused);
        return refused;
      } catch (earlier) {
        return earlier;
      }
    }
  }
  return mixin(CheckFirstFilter);
}

function isValidationFailure({ kind }: Failure): boolean {
  return kind === 'invalid' || kind === 'malformed';
}
