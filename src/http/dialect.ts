import type { IncomingHttpHeaders } from 'node:http';
import type { Failure } from '../core/failure.js';

/** The response that words a failure the way the surface's product does. */
export interface Rejection {
  readonly status: number;
  /** `undefined` where the status says it all. */
  readonly body: unknown;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** As much of a request as the words of its refusal depend on; of one that could not be read there is no more. */
export interface RejectedRequest {
  readonly url: string;
  readonly headers: Pick<IncomingHttpHeaders, 'accept' | 'authorization'>;
}

/** What else may decide whether a body is read. */
export interface RequestWithBody {
  readonly method: string;
  /** Slashes folded, without query. */
  readonly path: string;
}

/** How a body's bytes become a plain object; `undefined` for a media type that the surface does not read. */
export type BodyDecoder = (text: string) => unknown;

/** Stands for the decoder of `multipart/form-data`, which is no text; see `MultipartBody`. */
export const MULTIPART = Symbol('multipart');

/**
 * How one family of paths words its failures. Everything that goes wrong below a path it owns (unmatched routes, malformed
 * bodies, refused credentials, rules, crashes) is worded by its `reject`.
 */
export interface Dialect {
  readonly name: string;
  /** Whether a path (slashes folded, without query) is this dialect's. */
  owns(path: string): boolean;
  /** Whether one of its paths can lead to a route. `false` for those that match a template by accident. */
  serves?(path: string): boolean;
  /** Chooses how to read a body by its `Content-Type`; answers `undefined` for 415. Called only for a body. */
  decoderFor(
    contentType: string | undefined,
    request: RequestWithBody,
  ): BodyDecoder | typeof MULTIPART | undefined;
  reject(failure: Failure, request: RejectedRequest): Rejection;
  /** The `WWW-Authenticate` header of every 401. */
  challenge?(request: RejectedRequest): string;
}
