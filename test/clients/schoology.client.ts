import { beforeAll, describe, expect, it } from '@jest/globals';
import { createRequire } from 'node:module';
import {
  agree,
  makeMember,
  makeOrganization,
  serviceUrl,
  type ConsumerRow,
  type MemberRow,
  type Organization,
} from './service.js';

interface Token {
  readonly oauth_token: string;
  readonly oauth_token_secret: string;
}

/** What the tests use of the client, whose types need its own axios. */
interface SchoologyApi {
  getRequestToken(): Promise<Token>;
  getConnectURL(returnUrl: string): string;
  getAccessToken(requestToken?: Token): Promise<Token>;
  getUserInfo(accessToken?: Token): Promise<{ api_uid: number; web_session_timestamp: number }>;
  makeRequest(method: string, path: string, data?: unknown): Promise<unknown>;
}

type SchoologyApiClass = new (
  consumerKey: string,
  consumerSecret: string,
  siteBase: string,
  apiHost: string,
) => SchoologyApi;

const { default: Schoology } = createRequire(import.meta.url)('schoology') as { default: SchoologyApiClass };

const RETURN_URL = 'https://app.example.org/back';
const event = { title: 'Parents meet teachers', start: '2031-05-04 16:30:00', end: '2031-05-04 18:30:00' };

let organization: Organization;
let member: MemberRow;
let section: number;
let otherSection: number;

beforeAll(async () => {
  organization = await makeOrganization();
  member = await makeMember(organization, 'ada@example.org');
  [section, otherSection] = [await makeSection('Biology 9b'), await makeSection('Physics 9b')];
  const membership = { member: member.email, admin: true };
  await organization.make(`/realms/section/${section}/members`, membership);
});

async function makeSection(name: string): Promise<number> {
  return (await organization.make<{ id: number }>('/realms', { kind: 'section', name })).id;
}

/** A client with a key of its own. */
async function newClient(key: object = {}): Promise<SchoologyApi> {
  const body = { surface: 'realms', ...key };
  const { consumer_key, consumer_secret } = await organization.make<ConsumerRow>('/credentials', body);
  return new Schoology(consumer_key, consumer_secret, serviceUrl, serviceUrl);
}

const newThreeLeggedClient = (): Promise<SchoologyApi> =>
  newClient({ callback_hosts: ['app.example.org'], verifier: 'optional' });

async function writesEvents(client: SchoologyApi, path: string): Promise<void> {
  const made = (await client.makeRequest('post', path, event)) as { id: number };
  expect(made).toMatchObject(event);
  expect(await client.makeRequest('get', path)).toMatchObject({ total: 1, event: [{ id: made.id }] });
  await client.makeRequest('put', `${path}/${made.id}`, { ...event, title: 'Other' });
  expect(await client.makeRequest('get', `${path}/${made.id}`)).toMatchObject({ title: 'Other' });
  await client.makeRequest('delete', `${path}/${made.id}`);
  await expect(client.makeRequest('get', `${path}/${made.id}`)).rejects.toMatchObject({
    response: { status: 404 },
  });
}

describe('schoology, as it comes from npm, with two legs', () => {
  it('creates, lists, changes and deletes events, with the signature PLAINTEXT', async () => {
    await writesEvents(await newClient(), `/sections/${section}/events`);
  });
});

describe('schoology, as it comes from npm, with three legs', () => {
  it('acts as the member who agreed on the page, and knows who that is', async () => {
    const client = await newThreeLeggedClient();
    const requestToken = await client.getRequestToken();
    const page = client.getConnectURL(RETURN_URL);
    expect(page).toBe(
      `${serviceUrl}/oauth/authorize?oauth_token=${requestToken.oauth_token}&return_url=${RETURN_URL}`,
    );
    const back = new URL(await agree(organization, member, page));
    expect(back.origin + back.pathname).toBe(RETURN_URL);
    expect(back.searchParams.get('oauth_token')).toBe(requestToken.oauth_token);
    const accessToken = await client.getAccessToken();
    expect(accessToken.oauth_token).not.toBe(requestToken.oauth_token);
    expect(await client.getUserInfo()).toEqual({
      api_uid: member.ids.realms,
      web_session_timestamp: expect.any(Number),
    });
    expect(await client.makeRequest('get', '/users/me')).toMatchObject({ primary_email: member.email });
    expect(await client.makeRequest('get', '/users/me/sections')).toMatchObject({
      section: [{ id: section, admin: 1 }],
    });
    await writesEvents(client, `/sections/${section}/events`);
    const elsewhere = client.makeRequest('get', `/sections/${otherSection}/events`);
    await expect(elsewhere).rejects.toMatchObject({ response: { status: 403 } });
  });

  it('takes up a token that it stored', async () => {
    const client = await newThreeLeggedClient();
    const requestToken = await client.getRequestToken();
    await agree(organization, member, client.getConnectURL(RETURN_URL));
    const stored = { ...(await client.getAccessToken({ ...requestToken })) };
    await client.getRequestToken();
    expect(await client.getUserInfo(stored)).toMatchObject({ api_uid: member.ids.realms });
  });

  it('gets no access token before the member agreed', async () => {
    const client = await newThreeLeggedClient();
    await client.getRequestToken();
    await expect(client.getAccessToken()).rejects.toMatchObject({ response: { status: 401 } });
  });
});
