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
import type { Caller } from '../../core/caller.js';
import { Failure } from '../../core/failure.js';
import { FailureFilter } from '../../http/server/failure.filter.js';

/**
 * Keeps the order of refusals on a route with a body: who may not write there is told so even when the body is
 * faulty as well. It asks only after a body was refused, so a sound request pays nothing for it.
 */
export function RightFirst<Service extends object, Path>(
  service: Type<Service>,
  check: (service: Service, caller: Caller, path: Path) => Promise<unknown>,
): Type<ExceptionFilter> {
  @Injectable()
  @Catch(Failure)
  class RightFirstFilter implements ExceptionFilter<Failure> {
    constructor(
      @Inject(service) private readonly rights: Service,
      @Inject(FailureFilter) private readonly answers: FailureFilter,
    ) {}

    async catch(refused: Failure, host: ArgumentsHost): Promise<void> {
      const { caller, params } = host.switchToHttp().getRequest<FastifyRequest>();
      const told =
        isRefusedContent(refused) && caller !== null
          ? await check(this.rights, caller, params as Path).then(
              () => refused,
              (earlier: unknown) => earlier,
            )
          : refused;
      this.answers.catch(told, host);
    }
  }
  return mixin(RightFirstFilter);
}

function isRefusedContent({ kind }: Failure): boolean {
  return kind === 'invalid' || kind === 'malformed';
}
