import type { FastifyRequest } from 'fastify';
import { Failure } from '../../core/failure.js';
import { isStorable } from '../../core/storable-text.js';
import { BufferedBody } from '../../http/server/body.js';
import { pathOf } from '../../http/path.js';
import { headerParameters, queryParameters, type Parameter } from './parameters.js';

export const SIGNATURE_METHODS = ['HMAC-SHA1', 'PLAINTEXT'] as const;
export type SignatureMethod = (typeof SIGNATURE_METHODS)[number];

/** A request signed with OAuth 1.0a (RFC 5849), as received; not verified yet. */
export interface SignedRequest {
  readonly consumerKey: string;
  /** Empty for a two-legged request. */
  readonly token: string;
  readonly signatureMethod: SignatureMethod;
  readonly signature: string;
  /** Seconds since 1970 as received; optional for PLAINTEXT only. */
  readonly timestamp: string | undefined;
  readonly nonce: string | undefined;
  /** `oauth_callback` of a request for a request token, `oauth_verifier` of one for an access token. */
  readonly callback: string | undefined;
  readonly verifier: string | undefined;

  readonly method: string;
  readonly host: string;
  /** As received, before repeated slashes are folded, since that is what the client signed. */
  readonly path: string;
  readonly encrypted: boolean;
  /** The signed parameters: query and OAuth parameters except the signature. */
  readonly parameters: readonly Parameter[];
  /** `oauth_body_hash`, if the client signs its body. */
  readonly bodyHash: string | undefined;
  readonly body: Uint8Array;
  /** The user to act as, if the product lets an administrator choose one. */
  readonly actAs?: string;
}

const MAX_LENGTH = 500;
const NO_BODY = new Uint8Array();
const TIMESTAMP = /^\d{1,12}$/;

/**
 * Reads the OAuth parameters of the header, the query and `form`, the parameters of a form body on paths that accept one.
 * Returns `undefined` if there are none; throws a 401 if one is missing or malformed.
 */
export function readSignedRequest(
  request: FastifyRequest,
  form: readonly Parameter[] = [],
): SignedRequest | undefined {
  const target = request.originalUrl;
  const path = pathOf(target);
  const query = [...queryParameters(target.slice(path.length + 1)), ...form];
  const header = headerParameters(request.headers.authorization);
  if (header === null) throw unauthenticated('The Authorization header is no list of OAuth parameters.');
  if (header === undefined && !query.some(([name]) => name.startsWith('oauth_'))) return undefined;

  const parameters = [...(header ?? []), ...query];
  const protocol = protocolParameters(parameters);
  const consumerKey = present(protocol, 'oauth_consumer_key');
  const signatureMethod = methodOf(present(protocol, 'oauth_signature_method'));
  const signature = present(protocol, 'oauth_signature');
  if ((protocol.get('oauth_version') ?? '1.0') !== '1.0')
    throw unauthenticated('The oauth_version is not 1.0.');
  const isOptional = signatureMethod === 'PLAINTEXT';
  const timestamp = isOptional ? given(protocol, 'oauth_timestamp') : present(protocol, 'oauth_timestamp');
  const nonce = isOptional ? given(protocol, 'oauth_nonce') : present(protocol, 'oauth_nonce');
  if (timestamp !== undefined && !TIMESTAMP.test(timestamp)) {
    throw unauthenticated('The oauth_timestamp is no number of seconds.');
  }
  return {
    consumerKey,
    token: protocol.get('oauth_token') ?? '',
    signatureMethod,
    signature,
    timestamp,
    nonce,
    callback: given(protocol, 'oauth_callback'),
    verifier: given(protocol, 'oauth_verifier'),
    method: request.method,
    host: request.headers.host ?? '',
    path,
    encrypted: request.protocol === 'https',
    parameters: parameters.filter(([name]) => name !== 'oauth_signature'),
    bodyHash: protocol.get('oauth_body_hash'),
    body: request.body instanceof BufferedBody ? request.body.bytes : NO_BODY,
  };
}

export function unauthenticated(message: string): Failure {
  return new Failure('unauthenticated', message);
}

/** Each parameter may be given only once, in the header, the query or the form (RFC 5849, 3.5). */
function protocolParameters(parameters: readonly Parameter[]): Map<string, string> {
  const protocol = new Map<string, string>();
  for (const [name, value] of parameters) {
    if (!name.startsWith('oauth_')) continue;
    if (protocol.has(name)) throw unauthenticated(`The parameter ${name.slice(0, MAX_NAME)} is given twice.`);
    if (value.length > MAX_LENGTH && name !== 'oauth_callback') {
      throw unauthenticated(`The parameter ${name.slice(0, MAX_NAME)} is too long.`);
    }
    if (!isStorable(value)) {
      throw unauthenticated(`The parameter ${name.slice(0, MAX_NAME)} holds NUL or broken characters.`);
    }
    protocol.set(name, value);
  }
  return protocol;
}

const MAX_NAME = 40;

function present(protocol: ReadonlyMap<string, string>, name: string): string {
  const value = given(protocol, name);
  if (value === undefined) throw unauthenticated(`The parameter ${name} is missing.`);
  return value;
}

function given(protocol: ReadonlyMap<string, string>, name: string): string | undefined {
  const value = protocol.get(name);
  return value === '' ? undefined : value;
}

function methodOf(name: string): SignatureMethod {
  const method = SIGNATURE_METHODS.find((known) => known === name);
  if (method === undefined) {
    throw unauthenticated(`The oauth_signature_method is none of ${SIGNATURE_METHODS.join(', ')}.`);
  }
  return method;
}
