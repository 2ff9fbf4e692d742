import type { IncomingHttpHeaders } from 'node:http';
import { Socket } from 'node:net';
import type { FastifyRequest } from 'fastify';
import type { Config } from '../../config/config.js';

/** The settings that decide whether any visitor can be local. */
export type LocalVisitorConfig = Pick<Config, 'databaseUrl' | 'publicUrl' | 'trustProxy'>;

/** A loopback host name in a URL. */
export const LOOPBACK_NAME = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;

/** A loopback address of a socket; an IPv4 address may be IPv4-mapped. */
const LOOPBACK_PEER = /^(?:::1|(?:::ffff:)?127(?:\.\d{1,3}){3})$/i;

const PORT = /:\d{1,5}$/;

/**
 * The headers of browsers, curl, HTTPie, Postman, Insomnia and `fetch`. Any other header may have been added by a proxy
 * or tunnel; there is no complete list of those.
 */
const SENT_BY_VISITORS = new RegExp(
  `^(?:${[
    'accept(?:-charset|-encoding|-language)?',
    'authorization',
    'cache-control',
    'connection',
    'content-(?:length|type)',
    'cookie',
    'dnt',
    'host',
    'if-(?:match|modified-since|none-match|range|unmodified-since)',
    'keep-alive',
    'origin',
    'postman-token',
    'pragma',
    'priority',
    'purpose',
    'range',
    'referer',
    'save-data',
    'sec-.+',
    'te',
    'transfer-encoding',
    'upgrade-insecure-requests',
    'user-agent',
  ].join('|')})$`,
);

/**
 * Whether a request comes from the person who is trying out this service, in a browser or a shell on the same machine.
 * Only they may see the credentials of the demo organization, so all of these must hold:
 *
 * - The database is the embedded one, which is for trying out the service.
 * - The public URL is a loopback address, no proxy is trusted, and the request shows no sign of a proxy (a header that
 *   clients do not send, or HTTP/1.0, which some proxies use): behind a proxy, everybody would look local.
 * - It came over a socket with a loopback peer; requests that the service injects into itself have none.
 * - `Host` is a loopback name, which rules out DNS rebinding.
 * - It was not sent by a page of another origin, which could read the response through CORS.
 */
export function isLocalVisitor(request: FastifyRequest, config: LocalVisitorConfig): boolean {
  const { databaseUrl, publicUrl, trustProxy } = config;
  const { headers, socket } = request;
  return (
    databaseUrl === undefined &&
    trustProxy === false &&
    LOOPBACK_NAME.test(new URL(publicUrl).hostname) &&
    request.raw.httpVersion !== '1.0' &&
    socket instanceof Socket &&
    LOOPBACK_PEER.test(socket.remoteAddress ?? '') &&
    LOOPBACK_NAME.test((headers.host ?? '').replace(PORT, '')) &&
    Object.keys(headers).every((name) => SENT_BY_VISITORS.test(name)) &&
    !isFromAnotherPage(headers)
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
