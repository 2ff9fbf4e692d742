import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { representationFor } from './realm-representation.js';
import { writeXml } from './realm-xml.writer.js';

/** One of something for each representation. */
export interface InBoth<T> {
  readonly json: T;
  readonly xml: T;
}

const ANY_VIEW: InBoth<(view: object) => string> = { json: JSON.stringify, xml: writeXml };

/** An answer that becomes text at the very end, in the representation that the client prefers. */
export class RealmResponse {
  constructor(
    private readonly accept: string | undefined,
    private readonly reply: FastifyReply,
  ) {}

  write(view: object): string {
    return this.choose(ANY_VIEW)(view);
  }

  /** Chooses who writes, and says in the headers what was chosen. */
  choose<T>({ json, xml }: InBoth<T>): T {
    const type = representationFor(this.accept);
    this.reply.header('vary', 'Accept').header('content-type', `${type}; charset=utf-8`);
    return type === 'application/json' ? json : xml;
  }
}

/**
 * What a route answers through. (Not an interceptor: Nest runs those in an `AsyncResource` and six observables, which
 * cost as much as the rest of a request.)
 */
export const ResponseWriter = createParamDecorator((_: unknown, context: ExecutionContext): RealmResponse => {
  const http = context.switchToHttp();
  return new RealmResponse(
    http.getRequest<FastifyRequest>().headers.accept,
    http.getResponse<FastifyReply>(),
  );
});
