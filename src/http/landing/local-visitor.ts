import type { IncomingHttpHeaders } from 'node:http';
import { Socket } from 'node:net';
import type { FastifyRequest } from 'fastify';
import type { Config } from '../../config/config.js';

/** What of the settings decides whether anybody at all may be taken for local. */
export type LocalTerms = Pick<Config, 'databaseUrl' | 'publicUrl' | 'trustProxy'>;

/** The name of this very machine, as a URL has it. */
export const LOOPBACK_NAME = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;

/** How the socket names a peer on this machine; one of IPv4 may come in the clothes of IPv6. */
const LOOPBACK_PEER = /^(?:::1|(?:::ffff:)?127(?:\.\d{1,3}){3})$/i;

const PORT = /:\d{1,5}$/;

/**
 * The headers of browsers, curl, HTTPie, Postman, Insomnia and `fetch`. Any other may be one that a proxy or tunnel adds
 * on the way; there is no list of all of those.
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
 * Whether a request comes from the newcomer who started this service and looks at it in a browser or a shell on the
 * same machine. Only they are shown the credentials of the demo organization, so everything has to hold at once:
 *
 * - the database is the embedded one, which belongs to who tries the service;
 * - the service is published under a name of this machine, no proxy is trusted, and nothing in the request tells of one
 *   (a header that visitors do not send, or the HTTP/1.0 that some of them speak): behind it, everybody would look
 *   local;
 * - it came over a connection, whose peer is a loopback address: what the service asks itself for somebody does not;
 * - `Host` names this machine: a stranger's name that was made to lead here (DNS rebinding) does not;
 * - it is no other page that asks: CORS lets those read answers.
 */
export function isLocalVisitor(request: FastifyRequest, terms: LocalTerms): boolean {
  const { databaseUrl, publicUrl, trustProxy } = terms;
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
 * What is typed, pasted or followed from a page of ours comes from no other. Who follows a link from elsewhere is shown
 * the page in a window of its own, which the page with the link cannot read.
 */
function isFromAnotherPage(headers: IncomingHttpHeaders): boolean {
  const { host, origin, 'sec-fetch-site': site } = headers;
  const isVisit = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  if (site !== undefined && site !== 'none' && site !== 'same-origin' && !isVisit) return true;
  return origin !== undefined && origin !== `http://${host}`;
}
