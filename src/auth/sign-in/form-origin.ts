import type { IncomingHttpHeaders } from 'node:http';
import { LOOPBACK_NAME } from '../../http/server/loopback.js';

/**
 * Whether a form was submitted from a page of this service, judging by its headers. Prevents CSRF: another site's form
 * must not act for the signed-in member, nor sign anyone in.
 */
export function isFromOurPages(
  { origin, 'sec-fetch-site': site }: IncomingHttpHeaders,
  publicUrl: string,
): boolean {
  const ours = new URL(publicUrl);
  // Browsers send an `Origin` with a POST; other clients have no session that could be abused.
  if (origin === undefined) return site === undefined || site === 'same-origin';
  if (origin !== 'null') return origin === ours.origin;
  // The pages use `Referrer-Policy: no-referrer`, which makes browsers send `Origin: null`; `Sec-Fetch-Site` is left.
  if (site !== undefined) return site === 'same-origin';
  // Over plain HTTP from another machine there is neither. The session cookie is `SameSite=Lax`, so it is not sent.
  return ours.protocol === 'http:' && !LOOPBACK_NAME.test(ours.hostname);
}
