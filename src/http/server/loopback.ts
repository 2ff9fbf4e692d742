import { Socket } from 'node:net';
import type { FastifyRequest } from 'fastify';

/** A loopback host name in a URL. */
export const LOOPBACK_NAME = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;

/** A loopback address of a socket; an IPv4 address may be IPv4-mapped. */
const LOOPBACK_PEER = /^(?:::1|(?:::ffff:)?127(?:\.\d{1,3}){3})$/i;

const PORT = /:\d{1,5}$/;

/**
 * The headers of browsers, curl, HTTPie, Postman, Insomnia, `fetch` and Prometheus. Any other header may have been added
 * by a proxy or tunnel; there is no complete list of those.
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
    'x-prometheus-scrape-timeout-seconds',
  ].join('|')})$`,
);

/**
 * Whether a request was sent by a program on this machine, and not forwarded by one. All of these must hold:
 *
 * - It came over a socket with a loopback peer; requests that the service injects into itself have none.
 * - It shows no sign of a proxy (a header that clients do not send, or HTTP/1.0, which some proxies use).
 * - `Host` is a loopback name, which rules out DNS rebinding.
 */
export function isFromThisMachine({ headers, raw, socket }: FastifyRequest): boolean {
  return (
    raw.httpVersion !== '1.0' &&
    socket instanceof Socket &&
    LOOPBACK_PEER.test(socket.remoteAddress ?? '') &&
    LOOPBACK_NAME.test((headers.host ?? '').replace(PORT, '')) &&
    Object.keys(headers).every((name) => SENT_BY_VISITORS.test(name))
  );
}
