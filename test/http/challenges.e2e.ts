import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../support/app.js';
import { call } from '../support/http.js';

let app: TestApp;

beforeAll(async () => {
  app = await bootApp();
});
afterAll(() => app.close());

async function challengeOf(path: string, authorization?: string): Promise<string | null> {
  const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
  const answer = await call(`${app.url}${path}`, { headers });
  expect(answer.status).toBe(401);
  return answer.headers.get('www-authenticate');
}

describe('a 401', () => {
  it.each([
    ['/api/v1/events', 'Bearer realm="Quintet"'],
    ['/v1.0/me', 'Access-Token realm="Quintet", Bearer realm="Quintet"'],
    ['/v1/users/me/events', 'OAuth realm="Quintet"'],
    ['/v2/events', 'ApiKey realm="Quintet"'],
    ['/api/v1/companies', 'Bearer realm="Quintet"'],
  ])('of %s says how to authenticate: %s', async (path, challenge) => {
    expect(await challengeOf(path)).toBe(challenge);
  });

  it.each([
    ['/api/v1/events', 'Bearer acme:wrong', 'Bearer realm="Quintet", error="invalid_token"'],
    ['/api/v1/events', 'Bearer wrong', 'Bearer realm="Quintet", error="invalid_token"'],
    ['/api/v1/events', 'Basic YTpi', 'Bearer realm="Quintet"'],
    [
      '/v1.0/me',
      'Access-Token wrong',
      'Access-Token realm="Quintet", Bearer realm="Quintet", error="invalid_token"',
    ],
    [
      '/v1.0/me',
      'Bearer wrong',
      'Access-Token realm="Quintet", Bearer realm="Quintet", error="invalid_token"',
    ],
    ['/v2/events', 'wrong', 'ApiKey realm="Quintet"'],
    ['/api/v1/companies', 'Bearer wrong', 'Bearer realm="Quintet", error="invalid_token"'],
  ])('of %s to %j says whether a token was presented', async (path, authorization, challenge) => {
    expect(await challengeOf(path, authorization)).toBe(challenge);
  });

  it('counts a token in the query as presented', async () => {
    expect(await challengeOf('/v1.0/me?access_token=wrong')).toMatch(/error="invalid_token"$/);
    expect(await challengeOf('/v1.0/me?access_token=')).not.toContain('error');
  });

  it('is the only answer that carries a challenge', async () => {
    for (const path of ['/api/v1/nothing', '/v1.0/nothing', '/nothing']) {
      expect((await call(`${app.url}${path}`)).headers.get('www-authenticate')).toBeNull();
    }
  });
});
