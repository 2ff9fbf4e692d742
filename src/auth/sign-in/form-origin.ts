import type { IncomingHttpHeaders } from 'node:http';
import { LOOPBACK_NAME } from '../../http/landing/local-visitor.js';

/**
 * Whether a form came from a page of ours, as far as its headers tell. Another site's form must not act for who is
 * signed in, nor sign somebody in.
 */
export function isFromOurPages(
  { origin, 'sec-fetch-site': site }: IncomingHttpHeaders,
  publicUrl: string,
): boolean {
  const ours = new URL(publicUrl);
  // Whoever names no origin with a form is no browser, and acts for nobody but itself.
  if (origin === undefined) return site === undefined || site === 'same-origin';
  if (origin !== 'null') return origin === ours.origin;
  // Our pages send no referrer, which makes a browser hide their origin: it then tells by the other header.
  if (site !== undefined) return site === 'same-origin';
  // Over plain http between machines it tells by neither. The session's cookie still stays out of foreign forms.
  return ours.protocol === 'http:' && !LOOPBACK_NAME.test(ours.hostname);
}
