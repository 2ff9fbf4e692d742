import type { FastifyRequest } from 'fastify';
import { queryParameters, type Parameter } from '../../../auth/oauth1/parameters.js';
import { readSignedRequest, type SignedRequest } from '../../../auth/oauth1/signed-request.js';
import { BufferedBody, isForm } from '../../../http/server/body.js';
import { pathOf } from '../../../http/path.js';

const TOKEN_PATH = /^\/v1\/oauth\/(?:request|access)_token\/?$/;

/** Whether a path issues tokens: only there a form body is accepted, and its parameters are signed (RFC 5849, 3.4.1.3.1). */
export function issuesTokens(path: string): boolean {
  return TOKEN_PATH.test(path);
}

/** The signed request, as it was received. */
export function signedRequestOf(request: FastifyRequest): SignedRequest | undefined {
  return readSignedRequest(request, formOf(request));
}

function formOf({ url, headers, body }: FastifyRequest): Parameter[] {
  const isRead = body instanceof BufferedBody && isForm(headers['content-type']) && issuesTokens(pathOf(url));
  return isRead ? queryParameters(body.bytes.toString()) : [];
}
