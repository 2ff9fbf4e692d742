import { request as send } from 'node:http';
import { urlToHttpOptions } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seedDemo, type Demo } from '../../src/boot/demo.js';
import { bootApp, type TestApp } from '../support/app.js';
import type { Answer } from '../support/http.js';
import { call } from '../support/http.js';
import { visit, type Visit } from '../support/visit.js';

let app: TestApp;
let demo: Demo | undefined;

beforeAll(async () => {
  app = await bootApp({ readDemo: () => demo });
  demo = await seedDemo(app.app);
});
afterAll(() => app.close());

/** What a visitor gets: whether the page has the button, and the status of the demo credentials. */
async function offerFor(
  { headers = {}, remoteAddress = '127.0.0.1' }: Visit,
  to: TestApp = app,
): Promise<{ button: boolean; status: number; secrets: boolean }> {
  const ask = (path: string): Promise<Answer> =>
    visit(to, path, { headers: { host: 'localhost:3000', ...headers }, remoteAddress });
  const page = await ask('/docs');
  const told = await ask('/docs/demo.json');
  return {
    button: page.text.includes('data-demo='),
    status: told.status,
    secrets: `${page.text}${told.text}`.includes(
      (demo?.realms as { consumer_secret?: string }).consumer_secret ?? '',
    ),
  };
}

const OFFERED = { button: true, status: 200, secrets: true };
const REFUSED = { button: false, status: 404, secrets: false };

describe('the demo credentials on the documents page', () => {
  it.each([
    ['localhost', {}],
    ['127.0.0.1', { headers: { host: '127.0.0.1:3000' } }],
    ['[::1]', { headers: { host: '[::1]:3000' }, remoteAddress: '::1' }],
    ['its own page', { headers: { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' } }],
  ] satisfies [string, Visit][])('are offered to who comes by %s', async (_by, visit) => {
    expect(await offerFor(visit)).toEqual(OFFERED);
  });

  it('are the ones of the demo organization, for nobody to keep', async () => {
    const { json, headers } = await call(`${app.url}/docs/demo.json`);
    expect(json).toEqual(demo);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect((await call(`${app.url}/docs`)).headers.get('cache-control')).toBe('no-store');
  });

  it('are refused to a request that the service makes to itself', async () => {
    const told = await app.app.inject({ url: '/docs/demo.json', headers: { host: 'localhost:3000' } });
    expect(told.statusCode).toBe(404);
  });

  it.each(['203.0.113.7', '192.168.1.7', '172.17.0.1', '::ffff:10.0.0.1', '2001:db8::1'])(
    'are refused to the peer %s',
    async (remoteAddress) => {
      expect(await offerFor({ remoteAddress })).toEqual(REFUSED);
    },
  );

  it.each([
    'quintet.example.org',
    'localhost.evil.example',
    '192.168.1.7:3000',
    '127.0.0.1.nip.io',
    '0.0.0.0',
  ])('are refused under the Host %j', async (host) => {
    expect(await offerFor({ headers: { host } })).toEqual(REFUSED);
  });

  it.each([
    ['forwarded', 'for=127.0.0.1'],
    ['x-forwarded-for', '127.0.0.1'],
    ['x-forwarded-host', 'localhost'],
    ['x-forwarded-proto', 'http'],
    ['x-real-ip', '127.0.0.1'],
    ['via', '1.1 proxy'],
    ['cf-connecting-ip', '127.0.0.1'],
    ['cdn-loop', 'cloudflare'],
    ['x-envoy-external-address', '127.0.0.1'],
    ['x-amzn-trace-id', 'Root=1-0-0'],
  ])('are refused when %s came', async (name, value) => {
    expect(await offerFor({ headers: { [name]: value } })).toEqual(REFUSED);
  });

  it.each([
    ['origin', 'https://evil.example'],
    ['origin', 'null'],
    ['sec-fetch-site', 'cross-site'],
    ['sec-fetch-site', 'same-site'],
  ])('are refused to another page, told by %s: %s', async (name, value) => {
    expect(await offerFor({ headers: { [name]: value } })).toEqual(REFUSED);
  });

  it.each(['true', '127.0.0.1'])('are refused to everybody with TRUST_PROXY=%s', async (TRUST_PROXY) => {
    const { databaseUrl } = app;
    const proxied = await bootApp({ databaseUrl, environment: { TRUST_PROXY }, readDemo: () => demo });
    expect(await offerFor({}, proxied)).toEqual(REFUSED);
    await proxied.close();
  });

  it('are refused to everybody on a database of their own', async () => {
    const own = await bootApp({ databaseUrl: app.databaseUrl });
    expect(await offerFor({}, own)).toEqual(REFUSED);
    await own.close();
  });

  it('are refused while there is no demo', async () => {
    const { databaseUrl } = app;
    const bare = await bootApp({ databaseUrl, readDemo: () => undefined });
    expect(await offerFor({}, bare)).toEqual(REFUSED);
    await bare.close();
  });
});

describe('the documents page', () => {
  it('runs no script but from files of ours, and is framed by nobody', async () => {
    const { text, headers } = await call(`${app.url}/docs`);
    expect(headers.get('content-security-policy')).toMatch(
      /default-src 'none';script-src 'self';.*connect-src 'self';.*frame-ancestors 'none'/,
    );
    for (const [tag] of text.matchAll(/<script[^>]*>[^<]*/g)) expect(tag).toMatch(/ src="\/docs\/[^"]+">$/);
    expect(text).not.toMatch(/ on\w+=|<style/);
    expect(text).not.toMatch(/(?:src|href)="(?!\/)/);
  });

  it('finds every file that it names, and that those name', async () => {
    const { text } = await call(`${app.url}/docs`);
    const named = [...text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path ?? '');
    const asked = new Set<string>();
    while (named.length > 0) {
      const path = named.pop() ?? '';
      if (asked.has(path)) continue;
      asked.add(path);
      const answer = await call(`${app.url}${path}`);
      expect([path, answer.status]).toEqual([path, 200]);
      if (!/^\/docs\/(?:page|lib)\/.*\.js$/.test(path)) continue;
      for (const [, module = ''] of answer.text.matchAll(/^import .*? from ['"]([^'"]+)['"]/gm))
        named.push(new URL(module, `${app.url}${path}`).pathname);
    }
    expect([...asked]).toEqual(expect.arrayContaining(['/docs/page/signing.js', '/docs/lib/hashes/_md.js']));
  });

  it.each([
    '/docs/lib/package.json',
    '/docs/lib/hashes/sha2.js',
    '/docs/lib/hashes/../../package.json',
    '/docs/ui/index.html',
    '/docs/ui/swagger-ui-bundle.js.map',
    '/docs/page/',
    '/docs/page/..%2fexplorer.ts',
    '/docs/page/nothing.js',
  ])('serves no other file: %s', async (path) => {
    expect((await app.app.inject({ url: path })).statusCode).toBe(404);
  });

  it.each([
    '/docs/ui/../../package.json',
    '/docs/ui/%2e%2e/%2e%2e/package.json',
    '/docs/ui/..%2f..%2fpackage.json',
    '/docs/ui/..\\..\\package.json',
    '/docs/ui/%2e%2e%5c%2e%2e%5cpackage.json',
    '/docs/ui/..%00/package.json',
    '/docs/ui/./swagger-ui.css',
    '/docs/ui/%252e%252e/package.json',
    '/docs/lib/hashes/../../package.json',
    '/docs/page/../server.js',
    '/docs/page/%00',
    `/docs/page/${'a'.repeat(400)}.js`,
  ])('leads out of none of its folders, however that is spelt: %s', async (path) => {
    // `fetch` and `inject` would normalize such a path.
    const status = await new Promise((resolve, reject) => {
      send({ ...urlToHttpOptions(new URL(app.url)), path }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(404);
  });
});
