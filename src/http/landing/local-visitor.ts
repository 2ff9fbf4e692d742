import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyRequest } from 'fastify';
import type { Config } from '../../config/config.js';
import { isFromThisMachine, LOOPBACK_NAME } from '../server/loopback.js';

/** The settings that decide whether any visitor can be local. */
export type LocalVisitorConfig = Pick<Config, 'databaseUrl' | 'publicUrl' | 'trustProxy'>;

/**
 * Whether a request comes from the person who is trying out this service, in a browser or a shell on the same machine.
 * Only they may see the credentials of the demo organization, so all of these must hold:
 *
 * - The database is the embedded one, which is for trying out the service.
 * - The public URL is a loopback address and no proxy is trusted: behind a proxy, everybody would look local.
 * - It was sent on this machine, as far as it shows.
 * - It was not sent by a page of another origin, which could read the response through CORS.
 */
export function isLocalVisitor(request: FastifyRequest, config: LocalVisitorConfig): boolean {
  const { databaseUrl, publicUrl, trustProxy } = config;
  return (
    databaseUrl === undefined &&
    trustProxy === false &&
    LOOPBACK_NAME.test(new URL(publicUrl).hostname) &&
    isFromThisMachine(request) &&
    !isFromAnotherPage(request.headers)
  );
}

/**
 * Requests from other origins, judging by `Sec-Fetch-Site` and `Origin`. Following a link from another site is allowed:
 * that is a top-level navigation, and the linking page cannot read the result.
 */
function isFromAnotherPage(headers: IncomingHttpHeaders): boolean {
  const { host, origin, 'sec-fetch-site': site } = headers;
  const isVisit = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  if (site !== undefined && site !== 'none' && site !== 'same-origin' && !isVisit) return true;
  return origin !== undefined && origin !== `http://${host}`;
}
