import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seedDemo, type Demo } from '../../../src/boot/demo.js';
import { SURFACE_NAMES } from '../../../src/core/surface-name.js';
import { bootApp, type TestApp } from '../../support/app.js';
import type { Answer } from '../../support/http.js';
import { givenConsumer, signed } from '../../support/realms.js';
import { givenTenant } from '../../support/tenant.js';
import { visit, type Visit } from '../../support/visit.js';
import type { RealmsConsumer } from '../../../src/surfaces/realms/realms.credential.js';

/** Routes that show the demo credentials to local clients. */
const SECRET_PATHS = ['docs/demo.json', 'docs', ''];

let app: TestApp;
let demo: Demo | undefined;
let consumer: RealmsConsumer;

beforeAll(async () => {
  app = await bootApp({ readDemo: () => demo });
  demo = await seedDemo(app.app);
  // A key of an organization other than the demo's.
  consumer = await givenConsumer(app, await givenTenant(app));
});
afterAll(() => app.close());

function multiget(request: unknown, { headers = {}, ...from }: Visit = {}): Promise<Answer> {
  const authorization = signed(
    consumer,
    `http://${headers.host ?? new URL(app.url).host}/v1/multiget`,
    'POST',
  );
  return visit(app, '/v1/multiget', { ...from, headers: { authorization, ...headers }, body: { request } });
}

const secrets = (): string[] =>
  SURFACE_NAMES.map((surface) => {
    const told = demo?.[surface] as { authorization?: string; consumer_secret?: string };
    return told.authorization ?? told.consumer_secret ?? 'none was made';
  });

/** Path traversals out of `/v1`. */
const TRAVERSALS: readonly string[] = [
  '/v1/../',
  '/v1/x/../../',
  '/v1/./../',
  '/v1/%2e%2e/',
  '/v1/.%2E/',
  '/v1/x/%2e%2e/%2E%2e/',
  '/v1/..\\',
  '/v1\\..\\',
  '/v1/..%5c',
  '/v1/..%2f',
  '/v1%2f..%2f',
  '/v1/%2e%2e%2f',
  '/v1/%252e%252e/',
  '/v1/%252e%252e%252f',
  '/v1/..;/',
  '/v1//../../',
  '/v1/..//',
  '/v1/\t../',
  '/v1/.\n./',
  '/v1/..\r/',
  '/v1/../\n',
  '\t/v1/../',
  ' /v1/../',
  '/v1/..#/',
  '/v1/..?/../',
  '//',
  '///',
  '//localhost/',
  '//v1/../',
  '/\\localhost/',
  '\\',
  'http://localhost/',
  'http://localhost:3000/v1/../',
  'HTTP:/',
  'http:/v1/../',
  'v1/../',
  '../',
  './',
  '/',
  '',
];

describe('a part of a multiget', () => {
  it.each(TRAVERSALS)('does not leave /v1 by %j', async (way) => {
    for (const path of SECRET_PATHS) {
      const response = await multiget([way + path]);
      for (const secret of secrets()) expect(response.text).not.toContain(secret);
      expect([way + path, response.status, response.json]).toEqual([
        way + path,
        400,
        expect.stringMatching(/^request must be a list of 1 to 50 paths below \/v1\//),
      ]);
    }
  });

  it('reaches no figures, probes, documents or pages', async () => {
    for (const path of ['metrics', 'health/ready', 'docs/admin.json', 'oauth/authorize', 'api/v1/health'])
      expect((await multiget([`/v1/../${path}`])).status).toBe(400);
  });

  it.each<[string, Visit]>([
    ['another machine', { remoteAddress: '203.0.113.7' }],
    ['behind a proxy', { headers: { 'x-forwarded-for': '203.0.113.7' } }],
    ['another name of this machine', { headers: { host: 'quintet.example.org' } }],
    ['this machine', {}],
  ])('tells nobody the credentials of the demo, asked from %s', async (_from, from) => {
    for (const path of SECRET_PATHS) {
      const { status, text } = await multiget([`/v1/../${path}`], from);
      for (const secret of secrets()) expect(text).not.toContain(secret);
      expect(status).toBe(400);
    }
  });

  it('may be written with slashes that fold, and with escapes that mean nothing else', async () => {
    const paths = ['/v1//users/999999/events/', '/v1/%75sers/999999/events?limit=1&note=%2e%2e/..%5c'];
    const { status, json } = await multiget(paths);
    expect([status, json.response.map((part: { response_code: number }) => part.response_code)]).toEqual([
      200,
      [404, 404],
    ]);
  });
});
