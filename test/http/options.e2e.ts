import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../support/app.js';
import { call, type Answer } from '../support/http.js';

let app: TestApp;

beforeAll(async () => {
  app = await bootApp();
});
afterAll(() => app.close());

const options = (path: string, headers: Record<string, string> = {}): Promise<Answer> =>
  call(`${app.url}${path}`, { method: 'OPTIONS', headers });

/** A path of every API with the methods that it supports. */
const PATHS: readonly [string, string][] = [
  ['/api/v1/events', 'GET, HEAD, OPTIONS, POST'],
  ['/api/v1/classes/AAAAAAAAAAAAAAAAA', 'DELETE, GET, HEAD, OPTIONS, PATCH'],
  ['/v1.0/free-busy/spaces', 'GET, HEAD, OPTIONS, POST'],
  ['/v1/users/me/events', 'GET, HEAD, OPTIONS, POST'],
  ['/v2/events', 'GET, HEAD, OPTIONS, POST'],
  ['/api/v1/companies', 'GET, HEAD, OPTIONS'],
  ['/api/v1/acme/events/x/cohosts', 'OPTIONS, POST'],
  ['/admin/v1/organizations', 'GET, HEAD, OPTIONS, POST'],
];

describe('OPTIONS that is no preflight', () => {
  it.each(PATHS)('says without a credential which methods %s answers', async (path, allow) => {
    const answer = await options(path);
    expect([answer.status, answer.headers.get('allow'), answer.text]).toEqual([204, allow, '']);
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f]{32}$/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each([[{ origin: 'https://app.example.org' }], [{ 'access-control-request-method': 'PATCH' }]])(
    'is also answered with one of the two headers of a preflight: %j',
    async (headers) => {
      const answer = await options('/v2/events', headers as Record<string, string>);
      expect([answer.status, answer.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS, POST']);
    },
  );

  it.each([
    ['/api/v1/events/a/b', { result: 'failure', error: { type: 'NotFound', message: expect.any(String) } }],
    ['/api/v1/health/events', { result: 'failure', error: expect.anything() }],
    ['/v1.0/nothing', { meta: expect.objectContaining({ status_code: 404 }), data: {} }],
    ['/v2/nothing', { status: 404, message: expect.any(String) }],
    ['/api/v1/acme/nothing', { message: expect.any(String) }],
    ['/admin/v1/nothing', expect.objectContaining({ type: 'about:blank', status: 404 })],
    ['/nothing', expect.objectContaining({ type: 'about:blank', status: 404 })],
  ])('is 404 for %s, in the words of its API', async (path, body) => {
    const answer = await options(path);
    expect([answer.status, answer.headers.get('allow')]).toEqual([404, null]);
    expect(answer.json).toEqual(body);
  });

  it('is 404 without a body for a path that realms do not have', async () => {
    const answer = await options('/v1/users/me/events/1/2/3');
    expect([answer.status, answer.text]).toEqual([404, '']);
  });

  it('is counted for nobody: a wrong credential neither hinders it nor is refused', async () => {
    const answer = await options('/v2/events', { authorization: 'wrong' });
    expect([answer.status, answer.headers.get('x-ratelimit-remaining')]).toEqual([204, null]);
  });
});

describe('a method that a path does not answer', () => {
  it.each(PATHS)('is 405 with the methods that OPTIONS tells of %s', async (path, allow) => {
    const answer = await call(`${app.url}${path}`, { method: 'PUT' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow]);
  });

  it('is 404 where only a path of another API has it', async () => {
    expect((await call(`${app.url}/api/v1/health/events`, { method: 'PUT' })).status).toBe(404);
  });
});
