import { execFile } from 'node:child_process';
import { request as send } from 'node:http';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seedDemo, type Demo } from '../../src/boot/demo.js';
import { SURFACE_NAMES } from '../../src/core/surface-name.js';
import { bootApp, type TestApp } from '../support/app.js';
import { call } from '../support/http.js';
import { linesOf } from '../support/landing.js';

/** An address on which nothing listens; the commands are redirected to the application under test. */
const PUBLIC_URL = 'http://localhost:1';

let app: TestApp;
let demo: Demo | undefined;

beforeAll(async () => {
  app = await bootApp({ environment: { PUBLIC_URL }, readDemo: () => demo });
  demo = await seedDemo(app.app);
});
afterAll(() => app.close());

/** The page for a request with these headers; `fetch` would not send another `Host`. */
async function landingFor(headers: Record<string, string> = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = send(`${app.url}/`, { headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => (text += part));
      answer.on('end', () => resolve(text));
    });
    asked.on('error', reject).end();
  });
}

function secretsOf(seeded: Demo | undefined): string[] {
  return SURFACE_NAMES.map((surface) => {
    const told = seeded?.[surface] as unknown as { authorization?: string; consumer_secret?: string };
    return told.authorization ?? told.consumer_secret ?? '';
  });
}

async function paste(line: string): Promise<{ status: string; body: string }> {
  const led = `--connect-to localhost:1:${new URL(app.url).host} --silent --write-out '\\n%{http_code}'`;
  const { stdout } = await promisify(execFile)('sh', ['-c', `${line} ${led}`]);
  const end = stdout.lastIndexOf('\n');
  return { status: stdout.slice(end + 1), body: stdout.slice(0, end) };
}

describe('the landing page', () => {
  it('says what this is, that it is healthy and which version', async () => {
    const answer = await call(`${app.url}/`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(answer.text).toContain('speaks the events APIs of five products');
    expect(answer.text).toContain('Healthy');
    expect(answer.text).toMatch(/Version \d+\.\d+\.\d+/);
  });

  it('lets nothing run, nothing be sent, nobody frame it and nobody keep it', async () => {
    const { headers, text } = await call(`${app.url}/`);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none';style-src 'self';img-src 'self';base-uri 'none';form-action 'none';frame-ancestors 'none'",
    );
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(text).not.toMatch(/<script|style=| on\w+=/);
  });

  it('leads to the document of each surface', async () => {
    const { text } = await call(`${app.url}/`);
    for (const title of ['Training%20events', 'Realm%20calendars', 'Admin']) {
      expect(text).toContain(`href="/docs?urls.primaryName=${title}"`);
    }
  });

  it('gives a local visitor a line for each surface that works when it is pasted, again and again', async () => {
    const lines = linesOf(await landingFor());
    expect(lines).toHaveLength(5);
    for (const line of [...lines, ...lines]) {
      const { status, body } = await paste(line);
      expect([line, status]).toEqual([line, '200']);
      expect(() => JSON.parse(body) as unknown).not.toThrow();
    }
  });

  it.each([
    ['another host name', { host: 'quintet.example.org' }],
    ['a proxy', { 'x-forwarded-for': '203.0.113.7' }],
    ['a page of another origin', { origin: 'https://evil.example' }],
    ['a frame of another site', { 'sec-fetch-site': 'cross-site' }],
  ])('shows placeholders to who comes by %s', async (_by, headers) => {
    const text = await landingFor(headers as Record<string, string>);
    for (const secret of secretsOf(demo)) expect(text).not.toContain(secret);
    expect(linesOf(text)).toEqual([
      `curl -H 'Authorization: Bearer ORGANIZATION:KEY' ${PUBLIC_URL}/api/v1/classes`,
      `curl -H 'Authorization: Access-Token TOKEN' ${PUBLIC_URL}/v1.0/me/events`,
      expect.stringMatching(
        /^curl -H "Authorization: OAuth oauth_consumer_key=\\"CONSUMER_KEY\\", .*oauth_signature=\\"CONSUMER_SECRET%26\\"" \S+\/v1\/users\/me\/calendar$/,
      ),
      `curl -H 'Authorization: KEY' ${PUBLIC_URL}/v2/events`,
      `curl -H 'Authorization: Bearer KEY' ${PUBLIC_URL}/api/v1/companies`,
    ]);
  });

  it('shows placeholders to everybody on a database of their own, and behind a trusted proxy', async () => {
    const own = await bootApp({ databaseUrl: app.databaseUrl });
    const proxied = await bootApp({
      databaseUrl: app.databaseUrl,
      environment: { TRUST_PROXY: '127.0.0.1' },
      readDemo: () => demo,
    });
    for (const { url } of [own, proxied]) {
      const { text } = await call(`${url}/`);
      expect(text).toContain('ORGANIZATION:KEY');
      for (const secret of secretsOf(demo)) expect(text).not.toContain(secret);
    }
    await own.close();
    await proxied.close();
  });
});
