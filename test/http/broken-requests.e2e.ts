import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import { bootApp, type TestApp } from '../support/app.js';
import { call } from '../support/http.js';
import { givenSpacesClient, type SpacesClient } from '../support/spaces.js';

const LIMIT_MS = 1_500;
/** A secret that must not be in the log. */
const SECRET = 'S3cr3t-of-a-broken-request';

let app: TestApp;
let client: SpacesClient;

beforeAll(async () => {
  app = await bootApp({ environment: { REQUEST_TIMEOUT_MS: String(LIMIT_MS), LOG_LEVEL: 'trace' } });
  client = await givenSpacesClient(app);
});
afterAll(() => app.close());

interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  /** Milliseconds until the server closed the connection. */
  readonly took: number;
}

/** Sends raw text, then a byte from time to time, until the server closes the connection. */
async function send(text: string, drip?: string): Promise<RawAnswer> {
  const began = performance.now();
  const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(text);
  const dripping = drip === undefined ? undefined : setInterval(() => socket.write(drip), 100);
  let received = '';
  socket.on('data', (bytes) => (received += bytes.toString()));
  await new Promise<void>((over) => socket.once('end', over).once('close', () => over()));
  clearInterval(dripping);
  socket.destroy();
  const [head = '', ...body] = received.split('\r\n\r\n');
  const [line = '', ...fields] = head.split('\r\n');
  const headers = new Headers(
    fields.map((field): [string, string] => [
      field.slice(0, field.indexOf(':')),
      field.slice(field.indexOf(':') + 1).trim(),
    ]),
  );
  return {
    status: Number(line.split(' ')[1]),
    headers,
    body: body.join('\r\n\r\n'),
    took: performance.now() - began,
  };
}

/** How each surface formats a status, with one of its paths. */
const SHAPES: readonly [string, (status: number) => unknown][] = [
  [
    '/api/v1/events',
    () => ({ result: 'failure', error: { type: expect.any(String), message: expect.any(String) } }),
  ],
  [
    '/v1.0/events',
    (status) => ({
      meta: {
        status_code: status,
        status: expect.stringMatching(/^[A-Z_]+$/),
        message: expect.any(String),
        more_info: {},
      },
      data: {},
    }),
  ],
  ['/v1/users/me/events', () => expect.any(String)],
  ['/v2/events', (status) => ({ status, message: expect.any(String) })],
  ['/api/v1/acme/events', () => expect.objectContaining({ message: expect.any(String) })],
  [
    '/admin/v1/organizations',
    (status) => expect.objectContaining({ type: 'about:blank', status, title: expect.any(String) }),
  ],
  [
    '/nothing',
    (status) => expect.objectContaining({ type: 'about:blank', status, title: expect.any(String) }),
  ],
];

function isRefused(answer: RawAnswer, status: number, shape: (status: number) => unknown): void {
  expect([answer.status, answer.headers.get('connection')]).toEqual([status, 'close']);
  expect(answer.headers.get('content-length')).toBe(String(Buffer.byteLength(answer.body)));
  expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f]{32}$/);
  expect(JSON.parse(answer.body)).toEqual(shape(status));
}

function lineOf({ headers }: RawAnswer): Record<string, unknown> | undefined {
  return app.log.find(
    ({ msg, request_id }) => msg === 'request' && request_id === headers.get('x-request-id'),
  );
}

describe('a request that drips in', () => {
  it.each(SHAPES)('is given up at the limit and told so in the words of %s', async (path, shape) => {
    const head = `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 9999\r\n\r\n{`;
    const answer = await send(head, ' ');
    isRefused(answer, 408, shape);
    expect(answer.took).toBeGreaterThan(LIMIT_MS - 100);
    expect(answer.took).toBeLessThan(LIMIT_MS + 1_000);
    expect(lineOf(answer)).toMatchObject({ method: 'POST', path, status: 408 });
  });

  it.each(['POST', 'GET'])(
    'is closed at the limit where nobody waits for its body, as a %s',
    async (method) => {
      const head = `${method} /v1.0/events HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n`;
      const answer = await send(`${head}content-length: 99999999\r\n\r\n{`, ' ');
      expect([answer.status, answer.took < LIMIT_MS + 1_000]).toEqual([method === 'POST' ? 413 : 405, true]);
    },
  );

  it('is given up in its headers as well, with a message alone, since nobody knows where it was to go', async () => {
    const answer = await send('GET /v1.0/me HTTP/1.1\r\nhost: localhost\r\nx-drip: ', 'x');
    isRefused(answer, 408, () => ({ message: 'The request took too long to arrive.' }));
    expect(answer.took).toBeLessThan(LIMIT_MS + 1_000);
    expect(lineOf(answer)).toMatchObject({ surface: 'house', status: 408 });
  });

  it('on a connection that was used before is given up as well', async () => {
    const first = `GET /v1.0/me HTTP/1.1\r\nhost: localhost\r\nauthorization: ${client.authorization}\r\n\r\n`;
    const answer = await send(`${first}GET /v1.0/me HTTP/1.1\r\nx-drip: `, 'x');
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('HTTP/1.1 408 Request Timeout\r\n');
    expect(answer.took).toBeLessThan(LIMIT_MS + 1_000);
  });

  it('in time is served', async () => {
    const body = JSON.stringify({ title: 'x' });
    const head = `POST /v1.0/spaces/${client.spaceId}/events HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n`;
    const answer = await send(
      `${head}authorization: ${client.authorization}\r\ncontent-type: application/json\r\ncontent-length: ${body.length + 5}\r\n\r\n${body}`,
      ' ',
    );
    expect([answer.status, Object.keys(JSON.parse(answer.body).meta.more_info)]).toEqual([
      400,
      ['start', 'end'],
    ]);
  });

  it('leaves nothing in the log that was opened ahead and asked nothing', async () => {
    const before = app.log.length;
    const answer = await send('');
    expect([answer.status, answer.took < LIMIT_MS + 1_000]).toEqual([NaN, true]);
    expect(app.log.slice(before).filter(({ msg }) => msg === 'request')).toEqual([]);
  });
});

describe('a request that is no HTTP', () => {
  const long = 'x'.repeat(20_000);

  it.each(SHAPES)('with headers without end is refused in the words of %s', async (path, shape) => {
    const answer = await send(
      `GET ${path}?access_token=${SECRET} HTTP/1.1\r\nhost: localhost\r\nx-long: ${long}\r\n\r\n`,
    );
    isRefused(answer, 431, shape);
    expect(lineOf(answer)).toMatchObject({ method: 'GET', path, route: 'unmatched', status: 431 });
  });

  it('with far more headers than are read gets its answer before the connection is closed', async () => {
    for (let n = 0; n < 20; n++) {
      const answer = await send(`GET /v1.0/me HTTP/1.1\r\nx-long: ${'x'.repeat(2_000_000)}\r\n\r\n`);
      expect(answer.status).toBe(431);
    }
  });

  it.each(SHAPES)('with a faulty header is refused in the words of %s', async (path, shape) => {
    const answer = await send(`GET ${path} HTTP/1.1\r\nhost: localhost\r\nx y: ${SECRET}\r\n\r\n`);
    isRefused(answer, 400, shape);
    expect(lineOf(answer)).toMatchObject({ path, status: 400 });
  });

  it('with a faulty chunk in its body is refused in the words of its path', async () => {
    const head = 'POST /v1.0/events HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n';
    const answer = await send(`${head}transfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n`);
    isRefused(answer, 400, SHAPES[1]?.[1] ?? String);
    expect(lineOf(answer)).toMatchObject({ path: '/v1.0/events', status: 400 });
  });

  it.each([
    `${SECRET} / HTTP/1.1\r\n\r\n`,
    `GET http://user:${SECRET}@localhost/ HTTP/9.9\r\n\r\n`,
    `\x16\x03\x01${SECRET}\r\n\r\n`,
  ])('such as %j is refused with a message alone', async (text) => {
    const answer = await send(text);
    isRefused(answer, 400, () => ({ message: 'The request is not valid HTTP.' }));
    expect(lineOf(answer)).toMatchObject({ surface: 'house', status: 400 });
  });

  it('of an unknown method is refused in the words of its path', async () => {
    const answer = await send(`BREW /v2/events?token=${SECRET} HTTP/1.1\r\n\r\n`);
    isRefused(answer, 400, (status) => ({ status, message: expect.any(String) }));
  });

  it.each(SHAPES)('with a target without end is refused in the words of %s', async (path, shape) => {
    isRefused(await send(`GET ${path}?q=${long}`), 431, shape);
    isRefused(await send(`GET ${path}/${long} HTTP/1.1\r\n\r\n`), 431, shape);
  });

  it('whose request line came long before is refused with a message alone', async () => {
    const answer = await send(`GET /v2/events HTTP/1.1\r\nx-long: `, 'x'.repeat(2_000));
    isRefused(answer, 431, () => ({ message: 'The headers are larger than 16 KiB.' }));
  });

  it('behind a valid one lets that one be done and answered, and ends the connection', async () => {
    const path = `/v1.0/spaces/${client.spaceId}/presence`;
    await client(`/spaces/${client.spaceId}/presence`, { method: 'POST', body: {} });
    const head = `DELETE ${path} HTTP/1.1\r\nhost: x\r\nauthorization: ${client.authorization}\r\n`;
    const answer = await send(
      `${head}content-type: application/json\r\ncontent-length: 0\r\n\r\n{"title":"x"}`,
    );
    expect([answer.status, answer.headers.get('connection')]).toEqual([200, 'close']);
    expect(JSON.parse(answer.body)).toMatchObject({ meta: { status_code: 200 }, data: {} });
    expect((await client(`/spaces/${client.spaceId}/presence`)).json.data).toEqual([]);
  });

  it('is answered as a page to a browser, and in its own way where a product has two', async () => {
    const accept = (type: string): string => `HTTP/1.1\r\naccept: ${type}\r\nx-long: ${long}\r\n\r\n`;
    const page = await send(`GET /nothing ${accept('text/html')}`);
    expect([page.status, page.headers.get('content-type')]).toEqual([431, 'text/html; charset=utf-8']);
    const text = await send(`GET /v1/users/me/events ${accept('text/xml')}`);
    expect([text.status, text.headers.get('content-type')]).toEqual([431, 'text/plain; charset=utf-8']);
  });

  it('is counted, and leaves no secret behind', async () => {
    const { text } = await call(`${app.url}/metrics`);
    const counted = (labels: string): RegExp => new RegExp(`_count\\{${labels}\\} [1-9]`);
    expect(text).toMatch(counted('surface="spaces",method="GET",route="unmatched",status="431"'));
    expect(text).toMatch(counted('surface="house",method="unknown",route="unmatched",status="400"'));
    expect(text).toMatch(counted('surface="spaces",method="POST",route="/v1.0/events",status="408"'));
    expect(text).not.toContain(SECRET);
    expect(app.log.map((line) => JSON.stringify(line)).join('\n')).not.toContain(SECRET);
  });
});
