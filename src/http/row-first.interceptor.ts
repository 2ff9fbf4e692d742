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
  @Injectable()
  class RowFirstInterceptor implements NestInterceptor {
    constructor(@Inject(service) private readonly rows: RowFinder) {}

    intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
      return next.handle().pipe(
        catchError((error: unknown) => {
          const { caller, params } = context.switchToHttp().getRequest<FastifyRequest>();
          if (!isRefusedContent(error) || caller === null) return throwError(() => error);
          const id = (params as Record<string, string>)[parameter] ?? '';
          return from(this.rows.find(caller, id)).pipe(mergeMap(() => throwError(() => error)));
        }),
      );
    }
  }
  return mixin(RowFirstInterceptor);
}

function isRefusedContent(error: unknown): boolean {
  return error instanceof Failure && (error.kind === 'invalid' || error.kind === 'malformed');
}
