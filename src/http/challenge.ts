import type { RejectedRequest } from './dialect.js';

const REALM = 'realm="Quintet"';

/** A challenge of RFC 9110: the scheme by which a client authenticates. */
export function challenge(scheme: string): string {
  return `${scheme} ${REALM}`;
}

/** The challenge of RFC 6750, which says whether a token was presented. */
export function bearerChallenge({ headers, url }: RejectedRequest): string {
  const hasToken =
    /^(?:Bearer|Access-Token) +\S/i.test(headers.authorization ?? '') || /[?&]access_token=[^&]/.test(url);
  return `${challenge('Bearer')}${hasToken ? ', error="invalid_token"' : ''}`;
}
