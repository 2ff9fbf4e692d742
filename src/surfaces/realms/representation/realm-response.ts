import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { representationFor } from './realm-representation.js';
import { writeXml } from './realm-xml.writer.js';

/** A value for each representation. */
export interface PerRepresentation<T> {
  readonly json: T;
  readonly xml: T;
}

const SERIALIZERS: PerRepresentation<(view: object) => string> = { json: JSON.stringify, xml: writeXml };

/** Writes a response in the representation that the client prefers. */
export class RealmResponse {
  constructor(
    private readonly accept: string | undefined,
    private readonly reply: FastifyReply,
  ) {}

  write(view: object): string {
    return this.choose(SERIALIZERS)(view);
  }

  /** Names the path of what is sent, where another path was asked for. */
  locatedAt(path: string): this {
    this.reply.header('content-location', path);
    return this;
  }

  /** Chooses the value for the negotiated representation and sets the headers. */
  choose<T>({ json, xml }: PerRepresentation<T>): T {
    const type = representationFor(this.accept);
    this.reply.header('vary', 'Accept').header('content-type', `${type}; charset=utf-8`);
    return type === 'application/json' ? json : xml;
  }
}

/**
 * Injects a `RealmResponse`. Not an interceptor: Nest runs those in an `AsyncResource` and six observables, which cost
 * as much as the rest of a request.
 */
export const ResponseWriter = createParamDecorator((_: unknown, context: ExecutionContext): RealmResponse => {
  const http = context.switchToHttp();
  return new RealmResponse(
    http.getRequest<FastifyRequest>().headers.accept,
    http.getResponse<FastifyReply>(),
  );
});
