import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../../support/app.js';
import { givenRealmsClient, XML } from '../../support/realms.js';

let app: TestApp;
let client: Awaited<ReturnType<typeof givenRealmsClient>>;

beforeAll(async () => {
  app = await bootApp();
  client = await givenRealmsClient(app);
});
afterAll(() => app.close());

const READ = ['GET', 'HEAD', 'OPTIONS'];

describe('a client that asks for the methods of several paths', () => {
  it('gets them in the order of its question', async () => {
    const request = [
      '/v1/sections/12/events?limit=1',
      '/v1/nothing',
      '/v1/users/me',
      '/v1/oauth/request_token',
      '/v1//sections/12/events/7/',
    ];
    const { status, json } = await client('/multioptions', { body: { request } });
    expect([status, json]).toEqual([
      200,
      {
        response: [
          { location: request[0], response_code: 200, body: { methods: [...READ, 'POST'] } },
          { location: request[1], response_code: 404, body: '' },
          { location: request[2], response_code: 200, body: { methods: READ } },
          { location: request[3], response_code: 200, body: { methods: [...READ, 'POST'] } },
          {
            location: request[4],
            response_code: 200,
            body: { methods: ['DELETE', ...READ, 'PUT'] },
          },
        ],
      },
    ]);
  });

  it('may ask and be answered in XML', async () => {
    const body = '<requests><request> /v1/schools </request><request>/v1/nothing</request></requests>';
    const { text } = await client('/multioptions', { headers: XML, body });
    expect(text).toContain(
      '<result><response><location>/v1/schools</location><response_code>200</response_code><body>' +
        '<methods>GET</methods><methods>HEAD</methods><methods>OPTIONS</methods></body></response>' +
        '<response><location>/v1/nothing</location><response_code>404</response_code><body /></response></result>',
    );
  });

  it('may ask for 1 to 50 paths below /v1', async () => {
    for (const request of [[], ['/v2/events'], ['/v1/../docs'], Array(51).fill('/v1/users')])
      expect((await client('/multioptions', { body: { request } })).status).toBe(400);
    const { json } = await client('/multioptions', { body: { request: Array(50).fill('/v1/users') } });
    expect(json.response).toHaveLength(50);
  });

  it('cannot do so within a multiget, nor send a multiget there', async () => {
    const request = ['/v1/multioptions', '/v1/multiget', '/v1/oauth/request_token'];
    const { json } = await client('/multiget', { body: { request } });
    expect(json.response.map((part: { response_code: number }) => part.response_code)).toEqual([
      405, 405, 401,
    ]);
  });
});
