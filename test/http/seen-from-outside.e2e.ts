import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../support/app.js';
import { call } from '../support/http.js';

let app: TestApp;
const others: TestApp[] = [];

beforeAll(async () => {
  app = await bootApp();
});
afterEach(async () => {
  for (const other of others.splice(0)) await other.close();
});
afterAll(() => app.close());

/** The same service with other settings. */
async function bootWith(environment: Readonly<Record<string, string>>): Promise<TestApp> {
  const other = await bootApp({ databaseUrl: app.databaseUrl, environment });
  others.push(other);
  return other;
}

interface Seen {
  readonly status: number | undefined;
  readonly type: string | undefined;
  readonly body: string;
}

/** A request with a `Host` header of its own, which `fetch` does not send. */
function ask({ url }: TestApp, path: string, headers: Readonly<Record<string, string>> = {}): Promise<Seen> {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}${path}`, { headers, agent: false }, (response) => {
      text(response).then(
        (body) => resolve({ status: response.statusCode, type: response.headers['content-type'], body }),
        reject,
      );
    });
    sent.once('error', reject).end();
  });
}

describe('a host name that is not the service’s', () => {
  const SETTINGS = {
    PUBLIC_URL: 'https://events.example.org',
    ALLOWED_HOSTS: 'Events.example.net, other.test',
  };

  let strict: TestApp;

  beforeAll(async () => {
    strict = await bootApp({ databaseUrl: app.databaseUrl, environment: SETTINGS });
  });
  afterAll(() => strict.close());

  it('is served unless ALLOWED_HOSTS is set', async () => {
    expect((await ask(app, '/api/v1/health', { host: 'rebound.example' })).status).toBe(200);
  });

  it.each([
    ['/api/v1/health', /"type":"BadRequest"/],
    ['/v1.0/me', /"status":"BAD_REQUEST"/],
    ['/v1/users/me', /host name/],
    ['/v2/events', /\{"status":400,"message":"/],
    ['/api/v1/companies', /\{"message":"/],
    ['/admin/v1/organizations', /"title":"Bad Request"/],
    ['/docs', /"title":"Bad Request"/],
    ['/nothing', /"title":"Bad Request"/],
  ])('is refused in the words of %s when it is', async (path, words) => {
    for (const host of ['rebound.example', 'events.example.net.evil.example:443', '192.0.2.1']) {
      const answer = await ask(strict, path, { host });
      expect([answer.status, answer.body]).toEqual([400, expect.stringMatching(words)]);
    }
  });

  it('leaves those that are: the listed ones, that of PUBLIC_URL, and this machine', async () => {
    for (const host of [
      'events.example.net',
      'OTHER.test:8443',
      'events.example.org',
      'localhost',
      '[::1]:3000',
    ])
      expect((await ask(strict, '/api/v1/health', { host })).status).toBe(200);
  });

  it('is no matter to probes, which address each process', async () => {
    for (const path of ['/health/live', '/health/ready'])
      expect((await ask(strict, path, { host: '10.1.2.3:3000' })).status).toBe(200);
  });

  it('is judged as the client named it where a trusted proxy tells', async () => {
    const behind = await bootWith({ ...SETTINGS, TRUST_PROXY: '127.0.0.1' });
    const through = (name: string): Promise<Seen> =>
      ask(behind, '/api/v1/health', { host: 'inside:3000', 'x-forwarded-host': name });
    expect((await through('events.example.org')).status).toBe(200);
    expect((await through('rebound.example')).status).toBe(400);
  });
});

describe('the figures at /metrics', () => {
  const VISITOR = '203.0.113.7';

  it.each<[string, Record<string, string>]>([
    ['through a proxy on this machine', { 'x-forwarded-for': VISITOR }],
    ['through one that tells for whom only in its own way', { 'cf-connecting-ip': VISITOR }],
    ['for a page whose name was rebound to this machine', { host: 'rebound.example' }],
  ])('are not shown %s', async (_, headers) => {
    const answer = await ask(app, '/metrics', headers);
    expect([answer.status, answer.type]).toEqual([403, 'application/problem+json; charset=utf-8']);
    expect(answer.body).not.toContain('quintet_');
  });

  it('are shown to a monitor on this machine', async () => {
    const headers = { 'user-agent': 'Prometheus/3.5.0', 'x-prometheus-scrape-timeout-seconds': '10' };
    expect((await ask(app, '/metrics', headers)).body).toContain('quintet_statements_total');
  });

  it('are shown to the addresses of METRICS_FROM, of which a trusted proxy tells', async () => {
    const open = await bootWith({ METRICS_FROM: '203.0.113.0/28, 2001:db8::/32', TRUST_PROXY: '127.0.0.1' });
    const from = async (address: string): Promise<number | undefined> =>
      (await ask(open, '/metrics', { 'x-forwarded-for': address })).status;
    expect(await from(VISITOR)).toBe(200);
    expect(await from('2001:db8::7')).toBe(200);
    expect(await from('203.0.113.16')).toBe(403);
    expect(await from('2001:db9::7')).toBe(403);
  });

  it('are not shown to whom a proxy asks for that is not trusted, whatever its own address', async () => {
    const open = await bootWith({ METRICS_FROM: '127.0.0.0/8' });
    expect((await ask(open, '/metrics', { 'x-forwarded-for': VISITOR })).status).toBe(403);
    expect((await ask(open, '/metrics', { host: 'metrics.internal' })).status).toBe(200);
  });

  it('are shown to everybody with METRICS_FROM=*', async () => {
    const open = await bootWith({ METRICS_FROM: '*' });
    expect((await ask(open, '/metrics', { 'x-forwarded-for': VISITOR })).status).toBe(200);
  });
});

describe('/.well-known/security.txt', () => {
  it('is not there unless SECURITY_CONTACT is set', async () => {
    expect((await call(`${app.url}/.well-known/security.txt`)).status).toBe(404);
  });

  it('tells whom to write to, and never expires before it is read', async () => {
    const open = await bootWith({
      SECURITY_CONTACT: 'mailto:security@example.org, https://example.org/report',
      PUBLIC_URL: 'https://events.example.org',
    });
    const answer = await call(`${open.url}/.well-known/security.txt`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
    const lines = answer.text.trimEnd().split('\n');
    expect(lines.filter((line) => !line.startsWith('Expires: '))).toEqual([
      'Contact: mailto:security@example.org',
      'Contact: https://example.org/report',
      'Canonical: https://events.example.org/.well-known/security.txt',
    ]);
    const [expires = ''] = lines.flatMap((line) => /^Expires: (\d{4}-\d\d-\d\dT\S+Z)$/.exec(line)?.[1] ?? []);
    const days = (Date.parse(expires) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(7);
    expect(days).toBeLessThan(365);
  });
});
