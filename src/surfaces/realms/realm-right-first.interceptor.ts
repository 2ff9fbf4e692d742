import {
  Inject,
  Injectable,
  mixin,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
  type Type,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { catchError, from, mergeMap, throwError, type Observable } from 'rxjs';
import type { Caller } from '../../core/caller.js';
import { Failure } from '../../core/failure.js';

/**
 * Keeps the order of refusals on a route with a body: who may not write there is told so even when the body is
 * faulty as well. It asks only after a body was refused, so a sound request pays nothing for it.
 */
export function RightFirst<Service extends object, Path>(
  service: Type<Service>,
  demand: (service: Service, caller: Caller, path: Path) => Promise<unknown>,
): Type<NestInterceptor> {
  @Injectable()
  class RightFirstInterceptor implements NestInterceptor {
    constructor(@Inject(service) private readonly rights: Service) {}

    intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
      return next.handle().pipe(
        catchError((error: unknown) => {
          const { caller, params } = context.switchToHttp().getRequest<FastifyRequest>();
          if (!isRefusedContent(error) || caller === null) return throwError(() => error);
          return from(demand(this.rights, caller, params as Path)).pipe(
            mergeMap(() => throwError(() => error)),
          );
        }),
      );
    }
  }
  return mixin(RightFirstInterceptor);
}

function isRefusedContent(error: unknown): boolean {
  return error instanceof Failure && (error.kind === 'invalid' || error.kind === 'malformed');
}
