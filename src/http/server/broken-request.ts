import { Failure, type FailureKind } from '../../core/failure.js';

/** A request that the HTTP parser rejected. Its connection cannot be used any further. */
export class BrokenRequest extends Failure {}

/** By Node's error code; all other parser errors mean that the request is not valid HTTP. */
const KINDS: Readonly<Record<string, readonly [FailureKind, string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: ['request-timeout', 'The request took too long to arrive.'],
  HPE_HEADER_OVERFLOW: ['headers-too-large', 'The headers are larger than 16 KiB.'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: ['too-large', 'The extensions of a chunk are larger than 16 KiB.'],
};

export function brokenRequest(code: string | undefined): BrokenRequest {
  const [kind, message] = KINDS[code ?? ''] ?? ['malformed', 'The request is not valid HTTP.'];
  return new BrokenRequest(kind, message);
}
