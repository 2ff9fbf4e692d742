import { beforeAll, describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { createRequire } from 'node:module';
import { call, type Answer } from '../support/http.js';
import { makeOrganization, serviceUrl, type ConsumerRow } from './service.js';

interface Signer {
  authorize(request: { url: string; method: string; data?: object }): object;
  toHeader(signed: object): { Authorization: string };
}

type SignerClass = new (options: object) => Signer;

const OAuth = createRequire(import.meta.url)('oauth-1.0a') as SignerClass;

let consumer: ConsumerRow;
let section: number;

beforeAll(async () => {
  const organization = await makeOrganization();
  const realm = { kind: 'section', name: 'Biology 9b' };
  ({ id: section } = await organization.make<{ id: number }>('/realms', realm));
  consumer = await organization.make('/credentials', { surface: 'realms' });
});

describe.each(['HMAC-SHA1', 'PLAINTEXT'])('a script on oauth-1.0a from npm that signs by %s', (method) => {
  const signer = (secret = consumer.consumer_secret): Signer =>
    new OAuth({
      consumer: { key: consumer.consumer_key, secret },
      signature_method: method,
      hash_function: (base: string, key: string) =>
        method === 'PLAINTEXT' ? key : createHmac('sha1', key).update(base).digest('base64'),
    });

  async function ask(verb: string, path: string, body?: object, by = signer()): Promise<Answer> {
    const url = `${serviceUrl}/v1${path}`;
    const headers = { authorization: by.toHeader(by.authorize({ url, method: verb })).Authorization };
    return call(url, { method: verb, headers, ...(body !== undefined && { body }) });
  }

  it('creates an event, reads it in a page, changes and deletes it', async () => {
    const path = `/sections/${section}/events`;
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
