import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../support/app.js';
import { call } from '../support/http.js';

let app: TestApp;

beforeAll(async () => {
  app = await bootApp();
});
afterAll(() => app.close());

describe('a path that is no product’s', () => {
  it.each(['/nothing', '/v1.1/events', '/api/v2', '/health/dead', '/event', '/docs/nobody.json'])(
    'answers problem details for %s',
    async (path) => {
      const answer = await call(`${app.url}${path}`);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        404,
        'application/problem+json; charset=utf-8',
      ]);
      expect(answer.json).toMatchObject({ title: 'Not Found', status: 404 });
    },
  );

  it('answers a page to a browser', async () => {
    const answer = await call(`${app.url}/nothing`, {
      headers: { accept: 'text/html,application/xhtml+xml' },
    });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
  });
});

/** The response to a malformed request. */
async function answerTo(...lines: string[]): Promise<string> {
  const { port, hostname } = new URL(app.url);
  const socket = connect(Number(port), hostname);
  socket.write([...lines, 'connection: close', '', ''].join('\r\n'));
  return text(socket);
}

describe('a request that names two hosts', () => {
  it.each([
    ['/api/v1/health', /"type":"BadRequest"/],
    ['/v1.0/me', /"status":"BAD_REQUEST"/],
    ['/v1/users/me', /more than one host/],
    ['/v2/events', /\{"status":400,"message":"/],
    ['/api/v1/companies', /\{"message":"/],
    ['/admin/v1/organizations', /"title":"Bad Request"/],
    ['/', /"title":"Bad Request"/],
    ['/nothing', /"title":"Bad Request"/],
  ])('is refused in the words of %s', async (path, words) => {
    for (const other of ['Host: evil.example', 'HOST: localhost', 'host:']) {
      const answer = await answerTo(`GET ${path} HTTP/1.1`, 'Host: localhost', other);
      expect(answer).toMatch(/^HTTP\/1\.1 400 /);
      expect(answer).toMatch(words);
    }
    expect(await answerTo(`GET ${path} HTTP/1.1`, 'Host: localhost')).not.toMatch(/^HTTP\/1\.1 400 /);
  });
});

describe('every answer', () => {
  it('carries a request id, continues a trace, and tells browsers to guess nothing', async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    for (const path of ['/api/v1/health', '/nothing', '/api/v1/events', '/docs', '/assets/page.css']) {
      const { headers } = await call(`${app.url}${path}`, { headers: { traceparent } });
      expect(headers.get('x-request-id')).toBe('4bf92f3577b34da6a3ce929d0e0e4736');
      expect(headers.get('traceparent')).toMatch(/^00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-01$/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('strict-transport-security')).toContain('max-age=');
      expect(headers.get('permissions-policy')).toContain('camera=()');
    }
  });
});

describe('cross-origin requests', () => {
  const preflight = {
    method: 'OPTIONS',
    headers: { origin: 'https://app.example.org', 'access-control-request-method': 'PATCH' },
  };

  it('are allowed from nowhere by default', async () => {
    const answer = await call(`${app.url}/api/v1/events/x`, preflight);
    expect(answer.status).toBe(204);
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    const read = await call(`${app.url}/api/v1/health`, { headers: { origin: 'https://app.example.org' } });
    expect([read.status, read.headers.get('access-control-allow-origin')]).toEqual([200, null]);
  });

  it('are allowed from everywhere, without cookies, when CORS_ORIGINS says so', async () => {
    const open = await bootApp({ databaseUrl: app.databaseUrl, environment: { CORS_ORIGINS: '*' } });
    const answer = await call(`${open.url}/api/v1/events/x`, preflight);
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('access-control-allow-methods')).toContain('PATCH');
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    await open.close();
  });

  it('are allowed only from CORS_ORIGINS when that is set', async () => {
    const strict = await bootApp({
      databaseUrl: app.databaseUrl,
      environment: { CORS_ORIGINS: 'https://app.example.org' },
    });
    const ask = async (origin: string): Promise<string | null> =>
      (await call(`${strict.url}/api/v1/health`, { headers: { origin } })).headers.get(
        'access-control-allow-origin',
      );
    expect(await ask('https://app.example.org')).toBe('https://app.example.org');
    expect(await ask('https://evil.example.net')).toBeNull();
    await strict.close();
  });
});

describe('probes and figures', () => {
  it('tell that the process lives and can serve', async () => {
    expect((await call(`${app.url}/health/live`)).json).toEqual({ status: 'ok' });
    expect((await call(`${app.url}/health/ready`)).json).toEqual({ status: 'ok', database: 'ok' });
  });

  it('count requests by surface, route template and status, and show pool and event loop', async () => {
    await call(`${app.url}/api/v1/events/AAAAAAAAAAAAAAAAA`);
    const { text, headers } = await call(`${app.url}/metrics`);
    expect(headers.get('content-type')).toMatch(/^text\/plain/);
    expect(text).toMatch(
      /quintet_request_duration_seconds_count\{surface="training",method="GET",route="\/api\/v1\/events\/:event_id",status="401"\} [1-9]/,
    );
    expect(text).toContain('quintet_pool_connections{state="open"}');
    expect(text).toContain('nodejs_eventloop_lag_seconds');
    expect(text).not.toContain('AAAAAAAAAAAAAAAAA');
  });
});
