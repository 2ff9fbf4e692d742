import { Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import type { FastifyRequest } from 'fastify';
import { isLocalVisitor, type LocalVisitorConfig } from './local-visitor.js';

const EMBEDDED: LocalVisitorConfig = {
  databaseUrl: undefined,
  publicUrl: 'http://localhost:3000',
  trustProxy: false,
};

function isLocal(
  headers: Record<string, string> = {},
  remoteAddress = '127.0.0.1',
  config: LocalVisitorConfig = EMBEDDED,
  httpVersion = '1.1',
): boolean {
  const request = {
    headers: { host: 'localhost:3000', ...headers },
    socket: Object.create(Socket.prototype, { remoteAddress: { value: remoteAddress } }) as Socket,
    raw: { httpVersion },
  };
  return isLocalVisitor(request as unknown as FastifyRequest, config);
}

describe('a local visitor', () => {
  it.each(['127.0.0.1', '127.8.0.1', '::1', '::ffff:127.0.0.1'])('comes from %s', (peer) => {
    expect(isLocal({}, peer)).toBe(true);
  });

  it.each(['192.168.1.7', '10.0.0.1', '172.17.0.1', '::ffff:192.168.1.7', 'fe80::1', '2001:db8::1', ''])(
    'does not come from %j',
    (peer) => {
      expect(isLocal({}, peer)).toBe(false);
    },
  );

  it.each(['localhost', 'LocalHost:3000', '127.0.0.1:3000', '127.0.0.2', '[::1]:3000', '[::1]'])(
    'asks for %s',
    (host) => {
      expect(isLocal({ host })).toBe(true);
    },
  );

  it.each([
    'evil.example',
    'localhost.evil.example:3000',
    'evil.localhost',
    '127.0.0.1.nip.io',
    'me@localhost',
    '192.168.1.7:3000',
    '[::2]',
    '0.0.0.0:3000',
    '',
  ])('does not ask for %j', (host) => {
    expect(isLocal({ host })).toBe(false);
  });

  it.each([
    'forwarded',
    'via',
    'x-forwarded-for',
    'x-forwarded-host',
    'x-forwarded-proto',
    'x-original-host',
    'x-real-ip',
    'x-client-ip',
    'x-cluster-client-ip',
    'cf-connecting-ip',
    'true-client-ip',
    'fastly-client-ip',
    'fly-client-ip',
    'x-azure-clientip',
    'cdn-loop',
    'do-connecting-ip',
    'fly-region',
    'front-end-https',
    'x-amzn-trace-id',
    'x-appengine-user-ip',
    'x-arr-ssl',
    'x-cloud-trace-context',
    'x-envoy-expected-rq-timeout-ms',
    'x-envoy-external-address',
    'x-nf-request-id',
    'x-railway-edge',
    'x-render-origin-server',
    'x-request-start',
    'x-scheme',
    'x-vercel-id',
    'a-header-of-tomorrow',
  ])('does not send the header %s', (name) => {
    expect(isLocal({ [name]: '127.0.0.1' })).toBe(false);
  });

  it.each<[string, string]>([
    ['curl', 'host user-agent accept'],
    ['curl --data', 'host user-agent accept content-type content-length authorization'],
    [
      'Chromium',
      'host connection cache-control sec-ch-ua sec-ch-ua-mobile sec-ch-ua-platform upgrade-insecure-requests user-agent ' +
        'accept sec-purpose purpose sec-fetch-user accept-encoding accept-language cookie if-none-match referer',
    ],
    [
      'Firefox',
      'host user-agent accept accept-language accept-encoding dnt sec-gpc connection cookie ' +
        'upgrade-insecure-requests sec-fetch-user priority pragma cache-control te if-modified-since',
    ],
    ['Safari', 'host accept upgrade-insecure-requests cookie user-agent accept-language priority connection'],
    ['fetch of Node', 'host connection accept accept-language user-agent accept-encoding'],
    ['Postman', 'user-agent accept postman-token host accept-encoding connection content-length cookie'],
    ['Insomnia', 'host user-agent accept content-type'],
    ['HTTPie', 'host user-agent accept-encoding accept connection'],
  ])('comes with the headers of %s', (_, names) => {
    const others = names.split(' ').filter((name) => name !== 'host');
    expect(isLocal(Object.fromEntries(others.map((name) => [name, 'x'])))).toBe(true);
  });

  it('is a person or a page of this service, never a page of another origin', () => {
    expect(isLocal({ 'sec-fetch-site': 'none' })).toBe(true);
    expect(isLocal({ 'sec-fetch-site': 'same-origin', origin: 'http://localhost:3000' })).toBe(true);
    expect(isLocal({ origin: 'http://localhost:3000' })).toBe(true);
    for (const site of ['same-site', 'cross-site']) expect(isLocal({ 'sec-fetch-site': site })).toBe(false);
    const visit = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    expect(isLocal({ ...visit, 'sec-fetch-dest': 'document' })).toBe(true);
    expect(isLocal({ ...visit, 'sec-fetch-dest': 'iframe' })).toBe(false);
    for (const origin of ['https://evil.example', 'http://localhost:5173', 'http://127.0.0.1:3000', 'null'])
      expect(isLocal({ origin })).toBe(false);
  });

  it('comes over a socket, unlike a request that the service injects into itself', () => {
    const injected = { headers: { host: 'localhost:3000' }, socket: { remoteAddress: '127.0.0.1' } };
    const request = { ...injected, raw: { httpVersion: '1.1' } } as unknown as FastifyRequest;
    expect(isLocalVisitor(request, EMBEDDED)).toBe(false);
  });

  it('does not exist with an external database or behind a proxy', () => {
    expect(isLocal({}, '127.0.0.1', { ...EMBEDDED, databaseUrl: 'postgres://db/quintet' })).toBe(false);
    expect(isLocal({}, '127.0.0.1', { ...EMBEDDED, trustProxy: true })).toBe(false);
    expect(isLocal({}, '127.0.0.1', { ...EMBEDDED, publicUrl: 'https://events.example' })).toBe(false);
    expect(isLocal({}, '127.0.0.1', EMBEDDED, '1.0')).toBe(false);
    expect(isLocal({}, '127.0.0.1', { ...EMBEDDED, trustProxy: ['127.0.0.1'] })).toBe(false);
  });
});
