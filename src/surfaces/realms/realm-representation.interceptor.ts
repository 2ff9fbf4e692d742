import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { representationFor } from './realm-representation.js';
import { writeXml } from './realm-xml.writer.js';

/** Turns the answer of every call into text, at the very end: JSON as it is, XML where the client wants that. */
@Injectable()
export class RealmRepresentationInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const representation = representationFor(http.getRequest<FastifyRequest>().headers.accept);
    const reply = http.getResponse<FastifyReply>();
    return next.handle().pipe(
      map((answer: unknown) => {
        reply.header('vary', 'Accept');
        if (answer === undefined || representation === 'application/json') return answer;
        reply.type(`${representation}; charset=utf-8`);
        return writeXml(answer);
      }),
    );
  }
}
