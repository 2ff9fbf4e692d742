import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { RequestMethod } from '@nestjs/common';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import fc from 'fast-check';
import { ADMIN_TOKEN, bootApp, type TestApp } from '../support/app.js';
import { call } from '../support/http.js';
import { plansOf, type Plan } from '../support/openapi/plans.js';
import { givenTenant } from '../support/tenant.js';
import { TestBed } from '../support/fixtures/test-bed.js';
import { FIXTURES } from '../support/fixtures/fixtures.js';

/** NUL, which PostgreSQL's `text` cannot store, and bytes that are not UTF-8. */
const UNSTORABLE = ['%00', 'a%00b', '%ED%A0%80', '%FF'];

/** Query parameters in which a product, or a similar one, reads a credential. */
const KEYS = ['api_key', 'access_token', 'oauth_consumer_key', 'oauth_token', 'key', 'token'];

const NAMES = Object.keys(FIXTURES);

describe('every operation, with NUL in a path or query parameter', () => {
  let testBed: TestBed;

  beforeAll(async () => {
    testBed = await TestBed.open(1_000_000);
  });
  afterAll(() => testBed.close());

  it.each(NAMES)(
    'answers as to any unknown value: %s',
    async (name) => {
      const { document, operations, fixture, caller } = await testBed.documentUnderTest(name);
      const failed: string[] = [];
      for (const operation of operations) {
        await fixture.before?.[operation.operationId]?.();
        const plans = plansOf(
          document,
          operation,
          fixture.references,
          fixture.bodies?.[operation.operationId],
        );
        const [planned] = fc.sample(plans, { seed: 7, numRuns: 1 });
        const sound: Plan = {
          ...(planned as Plan),
          unusualPath: undefined,
          unusualQuery: undefined,
          bodyError: undefined,
          unreadable: undefined,
          contentType: 'json',
        };
        const { parameters = [], template } = operation;
        const inPath = [...template.matchAll(/\{/g)].map((_, at) => ({
          unusualPath: { at, text: 'a\0b' },
        }));
        const inQuery = parameters
          .filter((parameter) => parameter.in === 'query')
          .map((_, at) => ({ unusualQuery: { at, values: ['a\0b'] } }));
        const faults: Partial<Plan>[] = [...inPath, ...inQuery];
        for (const fault of faults) {
          for (const credential of ['right', 'wrong', 'none'] as const) {
            const { sent, answer } = await caller.call(operation, { ...sound, ...fault, credential });
            if (answer.status >= 500) failed.push(`${sent.method} ${sent.path} ${answer.status}`);
          }
        }
      }
      expect(failed).toEqual([]);
    },
    120_000,
  );
});

/** A route as its controller declares it. */
interface Route {
  readonly method: string;
  readonly template: string;
}

/** Every route of every controller, also those of pages. */
function routesOf({ app: nest }: TestApp): Route[] {
  const scanner = new MetadataScanner();
  const said = (key: string, of: object): unknown => Reflect.getMetadata(key, of);
  return [...nest.get(ModulesContainer).values()].flatMap((module) =>
    [...module.controllers.values()].flatMap(({ metatype }) => {
      const { prototype } = metatype as { prototype: Record<string, object> };
      const base = String(said(PATH_METADATA, metatype as object));
      return scanner
        .getAllMethodNames(prototype)
        .map((name) => prototype[name] as object)
        .filter((handler) => Reflect.hasMetadata(METHOD_METADATA, handler))
        .map((handler) => ({
          method: RequestMethod[said(METHOD_METADATA, handler) as number] ?? 'GET',
          template: `/${base}/${String(said(PATH_METADATA, handler))}`.replace(/\/{2,}/g, '/'),
        }));
    }),
  );
}

describe('every route, with what cannot be stored', () => {
  let app: TestApp;
  let cookie: string;

  beforeAll(async () => {
    app = await bootApp({ environment: { POLLS_RATE_LIMIT: '0', COMPANIES_RATE_LIMIT: '0' } });
    cookie = await sessionOf(app);
  });
  afterAll(() => app.close());

  /** Those of these requests that got a server error. */
  async function failedAmong(
    requests: readonly (Route & { headers?: Record<string, string> })[],
  ): Promise<string[]> {
    const failed: string[] = [];
    for (const { method, template: path, headers = {} } of requests) {
      const { status } = await call(`${app.url}${path}`, { method, headers });
      if (status >= 500) failed.push(`${method} ${path} ${Object.keys(headers).join()} ${status}`);
    }
    return failed;
  }

  const filled = (template: string, at?: number, value = ''): string => {
    let index = 0;
    return template.replace(/:\w+/g, () => (index++ === at ? value : '1'));
  };

  it('in its path never fails on our side', async () => {
    const requests = routesOf(app).flatMap(({ method, template }) =>
      [...template.matchAll(/:\w+/g)].flatMap((_, at) =>
        UNSTORABLE.map((value) => ({ method, template: filled(template, at, value), headers: { cookie } })),
      ),
    );
    expect(requests.length).toBeGreaterThan(100);
    expect(await failedAmong(requests)).toEqual([]);
  });

  it('in a presented key or token never fails on our side', async () => {
    const requests = routesOf(app).flatMap(({ method, template }) =>
      KEYS.flatMap((key) =>
        UNSTORABLE.flatMap((value) => {
          const target = { method, template: `${filled(template)}?${key}=${value}` };
          return [target, { ...target, headers: { cookie } }];
        }),
      ),
    );
    expect(await failedAmong(requests)).toEqual([]);
  }, 120_000);

  it('in an OAuth parameter never fails on our side', async () => {
    const oauth = (name: string, value: string): string =>
      Object.entries({
        oauth_consumer_key: 'k',
        oauth_token: 't',
        oauth_signature_method: 'PLAINTEXT',
        oauth_signature: 's',
        oauth_nonce: 'n',
        oauth_callback: 'oob',
        oauth_verifier: 'v',
        [name]: value,
      })
        .map(([key, text]) => `${key}="${text}"`)
        .join(', ');
    const names = ['oauth_consumer_key', 'oauth_token', 'oauth_nonce', 'oauth_callback', 'oauth_verifier'];
    const requests = routesOf(app)
      .filter(({ template }) => template.startsWith('/v1/'))
      .flatMap(({ method, template }) =>
        names.map((name) => ({
          method,
          template: filled(template),
          headers: { authorization: `OAuth ${oauth(name, 'a%00b')}` },
        })),
      );
    expect(requests.length).toBeGreaterThan(10);
    expect(await failedAmong(requests)).toEqual([]);
  });
});

/** The cookie of a signed-in administrator. */
async function sessionOf(app: TestApp): Promise<string> {
  const { id, member } = await givenTenant(app);
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
  const path = `${app.url}/admin/v1/organizations/${id}/members/${member.id}`;
  await call(path, { method: 'PATCH', headers, body: { is_admin: true } });
  const { json } = await call(`${path}/sign-in`, { method: 'POST', headers });
  const token = new URL(json.url as string).searchParams.get('token') ?? '';
  const signedIn = await fetch(`${app.url}/sign-in`, {
    method: 'POST',
    body: new URLSearchParams({ token }),
  });
  return signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
}
