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
export function RowFirst(service: Type<RowFinder>, parameter: string): Type<ExceptionFilter> {
  return AskFirst(service, async (rows, { caller, params }) =>
    caller === null ? undefined : rows.find(caller, (params as Record<string, string>)[parameter] ?? ''),
  );
}

/**
 * The same for any question that fails where the route leads to nothing, where the caller may not go, or where there
 * are more faults to tell. It is asked only after the content was refused, so a sound request pays nothing for it: not
 * even an interceptor, which takes longer than the rest of a small request.
 */
export function AskFirst<Service>(
  service: Type<Service>,
  ask: (service: Service, request: FastifyRequest, refused: Failure) => Promise<unknown>,
): Type<ExceptionFilter> {
  @Injectable()
  @Catch(Failure)
  class AskFirstFilter implements ExceptionFilter<Failure> {
    constructor(
      @Inject(service) private readonly asked: Service,
      @Inject(FailureFilter) private readonly failures: FailureFilter,
    ) {}

    async catch(refused: Failure, host: ArgumentsHost): Promise<void> {
      const request = host.switchToHttp().getRequest<FastifyRequest>();
      const earlier = isRefusedContent(refused) ? await this.refusalOf(request, refused) : refused;
      this.failures.catch(earlier, host);
    }

    private async refusalOf(request: FastifyRequest, refused: Failure): Promise<unknown> {
      try {
        await ask(this.asked, request, refused);
        return refused;
      } catch (earlier) {
        return earlier;
      }
    }
  }
  return mixin(AskFirstFilter);
}

function isRefusedContent({ kind }: Failure): boolean {
  return kind === 'invalid' || kind === 'malformed';
}
