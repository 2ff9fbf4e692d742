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
import type { Caller } from '../core/caller.js';
import { Failure } from '../core/failure.js';

/** A service that can say whether a row is there; it throws where it is not. */
export interface RowFinder {
  find(caller: Caller, id: string): Promise<unknown>;
}

/**
 * Keeps the order of refusals on a route whose body changes a row: a row that is not there is 404, even when the
 * body is faulty as well. It asks only after a body was refused, so a sound request pays nothing for it.
 */
export function RowFirst(service: Type<RowFinder>, parameter: string): Type<NestInterceptor> {
  return AskFirst(service, async (rows, { caller, params }) =>
    caller === null ? undefined : rows.find(caller, (params as Record<string, string>)[parameter] ?? ''),
  );
}

/** The same for any question that fails where the route leads to nothing. */
export function AskFirst<T>(
  service: Type<T>,
  ask: (service: T, request: FastifyRequest) => Promise<unknown>,
): Type<NestInterceptor> {
  @Injectable()
  class AskFirstInterceptor implements NestInterceptor {
    constructor(@Inject(service) private readonly asked: T) {}

    intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
      return next.handle().pipe(
        catchError((error: unknown) => {
          if (!isRefusedContent(error)) return throwError(() => error);
          const request = context.switchToHttp().getRequest<FastifyRequest>();
          return from(ask(this.asked, request)).pipe(mergeMap(() => throwError(() => error)));
        }),
      );
    }
  }
  return mixin(AskFirstInterceptor);
}

function isRefusedContent(error: unknown): boolean {
  return error instanceof Failure && (error.kind === 'invalid' || error.kind === 'malformed');
}
