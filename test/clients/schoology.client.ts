import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRequire } from 'node:module';
import { bootApp, type TestApp } from '../support/app.js';
import { givenConsumer, givenRealmsClient } from '../support/realms.js';

/** What the tests use of the client, whose types need its own axios. */
interface SchoologyApi {
  getRequestToken(): Promise<{ oauth_token: string; oauth_token_secret: string }>;
  getConnectURL(returnUrl: string): string;
  makeRequest(method: string, path: string, data?: unknown): Promise<unknown>;
}

type SchoologyApiClass = new (
  consumerKey: string,
  consumerSecret: string,
  siteBase: string,
  apiHost: string,
) => SchoologyApi;

const { default: Schoology } = createRequire(import.meta.url)('schoology') as { default: SchoologyApiClass };

let app: TestApp;
let schoology: SchoologyApi;
let path: string;
let newClient: () => SchoologyApi;

beforeAll(async () => {
  app = await bootApp();
  const { consumer, section, tenant } = await givenRealmsClient(app);
  path = `/sections/${section}/events`;
  schoology = new Schoology(consumer.consumerKey, consumer.consumerSecret, app.url, app.url);
  const legged = await givenConsumer(app, tenant, undefined, undefined, {
    callbackHosts: ['app.example.org'],
    verifier: 'optional',
  });
  newClient = () => new Schoology(legged.consumerKey, legged.consumerSecret, app.url, app.url);
});
afterAll(() => app.close());

describe('schoology, as it comes from npm', () => {
  const event = { title: 'Parents meet teachers', start: '2031-05-04 16:30:00', end: '2031-05-04 18:30:00' };

  it('creates, lists, changes and deletes events, with the signature PLAINTEXT', async () => {
    const made = (await schoology.makeRequest('post', path, event)) as { id: number };
    expect(made).toMatchObject(event);
    expect(await schoology.makeRequest('get', path)).toMatchObject({ total: 1, event: [{ id: made.id }] });
    await schoology.makeRequest('put', `${path}/${made.id}`, { ...event, title: 'Other' });
    expect(await schoology.makeRequest('get', `${path}/${made.id}`)).toMatchObject({ title: 'Other' });
    await schoology.makeRequest('delete', `${path}/${made.id}`);
    await expect(schoology.makeRequest('get', `${path}/${made.id}`)).rejects.toMatchObject({
      response: { status: 404 },
    });
  });

  it('gets a request token and the page on which a member agrees', async () => {
    const client = newClient();
    const token = await client.getRequestToken();
    expect(token).toMatchObject({ oauth_token: expect.any(String), oauth_token_secret: expect.any(String) });
    expect(client.getConnectURL('https://app.example.org/back')).toBe(
      `${app.url}/oauth/authorize?oauth_token=${token.oauth_token}&return_url=https://app.example.org/back`,
    );
  });
});
