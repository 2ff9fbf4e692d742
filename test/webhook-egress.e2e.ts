import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from './support/app.js';
import { givenPollsClient, type PollsClient } from './support/polls.js';
import { until } from './support/smtp.js';

/** What the proxy was asked for, with the body. */
const asked: string[] = [];
let proxy: Server;
let app: TestApp;
let client: PollsClient;

beforeAll(async () => {
  proxy = createServer((request, response) => {
    void text(request).then((body) => {
      asked.push(`${request.method} ${request.url} ${body}`);
      response.writeHead(204).end();
    });
  });
  proxy.on('connect', (request, socket) => {
    asked.push(`CONNECT ${request.url}`);
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening));
  const { port } = proxy.address() as AddressInfo;
  app = await bootApp({
    environment: {
      HOOKS_PROXY: `http://127.0.0.1:${port}`,
      HOOKS_HOSTS: 'hooks.nowhere.invalid',
      HOOKS_PORTS: '80, 443',
    },
  });
  client = await givenPollsClient(app);
});
afterAll(async () => {
  await app.close();
  proxy.closeAllConnections();
  await new Promise((closed) => proxy.close(closed));
});

describe('a webhook behind a proxy', () => {
  it.each(['http://elsewhere.example/', 'http://hooks.nowhere.invalid:8080/', 'http://127.0.0.1/'])(
    'is not accepted for %s, which the settings exclude',
    async (url) => {
      expect(Object.keys((await client('/hooks', { body: { url } })).json.errors)).toEqual(['url']);
    },
  );

  it('is sent through the proxy, which resolves the name: in the clear, and as a tunnel for https', async () => {
    for (const url of ['http://hooks.nowhere.invalid/plain', 'https://hooks.nowhere.invalid/secure'])
      expect((await client('/hooks', { body: { url } })).status).toBe(201);
    const hooks = (await client('/hooks')).json as { _id: string }[];
    await app.open.pool.query(
      `INSERT INTO outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
       SELECT $1, 'polls.hook', target, '{"type":"event.created"}', now(), now() FROM unnest($2::text[]) AS target`,
      [client.tenant.id, hooks.map(({ _id }) => _id)],
    );
    await until(() => asked.length >= 2);
    expect(asked.sort()[0]).toBe('CONNECT hooks.nowhere.invalid:443');
    expect(asked[1]).toMatch(/^POST http:\/\/hooks\.nowhere\.invalid\/plain \{/);
  });
});
