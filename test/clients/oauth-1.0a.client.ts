import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { createRequire } from 'node:module';
import { bootApp, type TestApp } from '../support/app.js';
import { call, type Answer } from '../support/http.js';
import { givenRealmsClient } from '../support/realms.js';

interface Signer {
  authorize(request: { url: string; method: string; data?: object }): object;
  toHeader(signed: object): { Authorization: string };
}

type SignerClass = new (options: object) => Signer;

const OAuth = createRequire(import.meta.url)('oauth-1.0a') as SignerClass;

let app: TestApp;
let client: Awaited<ReturnType<typeof givenRealmsClient>>;

beforeAll(async () => {
  app = await bootApp();
  client = await givenRealmsClient(app);
});
afterAll(() => app.close());

describe.each(['HMAC-SHA1', 'PLAINTEXT'])('a script on oauth-1.0a from npm that signs by %s', (method) => {
  const signer = (secret = client.consumer.consumerSecret): Signer =>
    new OAuth({
      consumer: { key: client.consumer.consumerKey, secret },
      signature_method: method,
      hash_function: (base: string, key: string) =>
        method === 'PLAINTEXT' ? key : createHmac('sha1', key).update(base).digest('base64'),
    });

  async function ask(verb: string, path: string, body?: object, by = signer()): Promise<Answer> {
    const url = `${app.url}/v1${path}`;
    const headers = { authorization: by.toHeader(by.authorize({ url, method: verb })).Authorization };
    return call(url, { method: verb, headers, ...(body !== undefined && { body }) });
  }

  it('creates an event, reads it in a page, changes and deletes it', async () => {
    const path = `/sections/${client.section}/events`;
    const made = await ask('POST', path, { title: 'Sports day', start: '2031-05-04 09:00:00' });
    expect(made.status).toBe(201);
    const { id } = made.json as { id: number };
    const page = await ask('GET', `${path}?start=0&limit=5&start_date=2031-05-01&end_date=2031-05-31`);
    expect(page.json).toMatchObject({ total: 1, event: [{ id, title: 'Sports day' }] });
    const change = { title: 'Sports day, indoors', start: '2031-05-04 09:00:00' };
    expect((await ask('PUT', `${path}/${id}`, change)).status).toBeLessThan(300);
    expect((await ask('DELETE', `${path}/${id}`)).status).toBeLessThan(300);
    expect((await ask('GET', `${path}/${id}`)).status).toBe(404);
  });

  it('is told of a wrong secret with a challenge', async () => {
    const answer = await ask('GET', '/users/me/calendar', undefined, signer('wrong'));
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'OAuth realm="Quintet"']);
  });
});
