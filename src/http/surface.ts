import type { IncomingHttpHeaders } from 'node:http';
import type { Type } from '@nestjs/common';
import type { DocumentBuilder } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Presented } from '../auth/credentials/verifier.js';
import type { RateLimitState } from '../auth/limits/rate-limiter.js';
import type { CredentialSecret } from '../core/credential-secret.js';
import type { Failure } from '../core/failure.js';
import type { SurfaceName } from '../core/surface-name.js';

/** The response that words a failure the way the surface's product does. */
export interface Rejection {
  readonly status: number;
  /** `undefined` where the status says it all. */
  readonly body: unknown;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** As much of a request as the words of its refusal depend on; of one that could not be read there is no more. */
export interface RefusedRequest {
  readonly url: string;
  readonly headers: Pick<IncomingHttpHeaders, 'accept'>;
}

/** How a body's bytes become a plain object; `undefined` for a media type that the surface does not read. */
export type BodyDecoder = (text: string) => unknown;

/**
 * How one family of paths words its failures. Everything that goes wrong below a path it owns (unmatched routes, malformed
 * bodies, refused credentials, rules, crashes) is worded by its `reject`.
 */
export interface Dialect {
  readonly name: string;
  /** Whether a path (slashes folded, without query) is this dialect's. */
  owns(path: string): boolean;
  /** Chooses how to read a body by its `Content-Type`; answers `undefined` for 415. Called only for a body. */
  decoderFor(contentType: string | undefined): BodyDecoder | undefined;
  reject(failure: Failure, request: RefusedRequest): Rejection;
}

type SecurityScheme = Parameters<DocumentBuilder['addSecurity']>[1];

/** Security schemes of OpenAPI by the names that they have in the document. */
export type SecuritySchemes = Readonly<Record<string, SecurityScheme>>;

/** How a newcomer is told of a product. */
export interface Introduction {
  /** Whose clients it speaks with. */
  readonly product: string;
  /** What it is good for; plain text, a sentence. */
  readonly gist: string;
  /** A first call: what can be read without knowing an id. */
  readonly path: string;
  /** Stands for a credential, in words that say what to put there. */
  readonly placeholder: CredentialSecret;
}

/** One product's API: its paths, its credentials, its wording, its module. */
export interface Surface extends Dialect {
  readonly name: SurfaceName;
  readonly title: string;
  /** What a newcomer should know before trying a call; Markdown. */
  readonly description: string;
  readonly introduction: Introduction;
  readonly module: Type;
  /**
   * What a request proves itself with, as this product's clients send it; `undefined` when there is nothing.
   * A form that is none throws a failure that says so.
   */
  present(request: FastifyRequest): Presented | undefined;
  /** Headers that tell a client what is left of its allowance, where the product has such headers. */
  rateLimitHeaders(rateLimit: RateLimitState): Readonly<Record<string, string>>;
  /** The ways to present a credential, each enough alone; the first is the one that credentials are told in. */
  readonly security: SecuritySchemes;
}
