import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import { ADMIN_TOKEN, bootApp, type TestApp } from '../support/app.js';
import { call } from '../support/http.js';
import { anEvent, givenTrainingClient, type TrainingClient } from '../support/training.js';

/** Must not be in the log. */
const NO_EVENT = 'hungUpBeforeItEnd';

let app: TestApp;
let client: TrainingClient;

beforeAll(async () => {
  app = await bootApp({ environment: { LOG_LEVEL: 'trace' } });
  client = await givenTrainingClient(app);
});
afterAll(() => app.close());

/** The log lines of one request, by the id in its response. */
function linesOf({ headers }: { headers: Headers }): Record<string, unknown>[] {
  const id = headers.get('x-request-id');
  expect(id).toMatch(/^[0-9a-f]{32}$/);
  return app.log.filter((line) => line.request_id === id);
}

/** The whole log, as text. */
const written = (): string => app.log.map((line) => JSON.stringify(line)).join('\n');

describe('the line of a request', () => {
  it('has surface, method, path, route template, status, duration and who asked', async () => {
    const answer = await client('/events/none?x=1');
    expect(linesOf(answer)).toEqual([
      expect.objectContaining({
        msg: 'request',
        surface: 'training',
        method: 'GET',
        path: '/api/v1/events/none?x=1',
        route: '/api/v1/events/:event_id',
        status: 404,
        duration_ms: expect.any(Number),
        organization_id: client.tenant.id,
        credential_id: expect.any(Number),
      }),
    ]);
  });

  it('names the surface of a path without a route, and nobody where nobody is known', async () => {
    const [line] = linesOf(await call(`${app.url}/api/v1/events/a/b/c`));
    expect(line).toMatchObject({ surface: 'training', route: 'unmatched', status: 404 });
    expect(line).not.toHaveProperty('organization_id');
  });

  it('is written for a path that cannot be decoded as well', async () => {
    for (const path of ['/api/v1/events/%zz', `/api/v1/events/${'a'.repeat(600)}`]) {
      const answer = await call(`${app.url}${path}`);
      expect(answer.status).toBe(404);
      expect(linesOf(answer)).toEqual([expect.objectContaining({ surface: 'training', status: 404 })]);
    }
  });

  it('continues the trace of the caller', async () => {
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    const answer = await client('/members', {
      headers: { traceparent: `00-${trace}-00f067aa0ba902b7-01` },
    });
    expect(answer.headers.get('x-request-id')).toBe(trace);
    expect(answer.headers.get('traceparent')).toMatch(
      new RegExp(`^00-${trace}-(?!00f067aa0ba902b7)[0-9a-f]{16}-01$`),
    );
    expect(linesOf(answer)).toHaveLength(1);
  });

  it('is written for a client that hangs up before its answer ends', async () => {
    const before = app.log.length;
    const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
    await new Promise<void>((done) => socket.once('connect', () => done()));
    const holder = await app.open.pool.connect();
    await holder.query('BEGIN; LOCK TABLE training.events');
    socket.write(
      `GET /api/v1/events/${NO_EVENT} HTTP/1.1\r\nhost: localhost\r\nauthorization: ${client.authorization}\r\n\r\n`,
    );
    await new Promise((resume) => setTimeout(resume, 100));
    socket.destroy();
    await new Promise((resume) => setTimeout(resume, 100));
    await holder.query('ROLLBACK');
    holder.release();
    await new Promise((resume) => setTimeout(resume, 200));
    const lines = app.log.slice(before).filter(({ path }) => path === `/api/v1/events/${NO_EVENT}`);
    expect(lines).toEqual([expect.objectContaining({ msg: 'request', surface: 'training', status: 499 })]);
  });
});

describe('a secret', () => {
  const secret = 'S3cr3t-that-must-not-be-seen';

  it('in a query is never logged, however its name is written', async () => {
    const names = [
      'api_key',
      'access_token',
      'apikey',
      'oauth_token',
      'oauth_verifier',
      'oauth_signature',
      'oauth_consumer_key',
      'key',
      'token',
    ];
    const spellings = [...names, ...names.map((name) => name.toUpperCase()), 'api%5Fkey', 'a=1&to%6Ben'];
    for (const name of spellings) {
      for (const path of [
        `/api/v1/events?${name}=${secret}`,
        `/api/v1//events/?${name}=${secret}&page=1`,
        `/event/none?${name}=${secret}`,
        `/v2/events?${name}=${secret}`,
        `/v1/users/me/events?x=1&${name}=${secret}`,
        `/nowhere/?${name}=${secret}`,
        `/docs?${name}=${secret}`,
        `/%?${name}=${secret}`,
      ]) {
        await call(`${app.url}${path}`);
      }
    }
    expect(written()).toContain('token=[redacted]');
    expect(written()).not.toContain(secret);
  });

  it('in a header, a cookie or a body is never logged', async () => {
    const headers = {
      authorization: `Bearer 1:${secret}`,
      cookie: `session=${secret}`,
      referer: `https://example.org/?token=${secret}`,
      'x-api-key': secret,
    };
    await call(`${app.url}/api/v1/events`, { headers });
    await call(`${app.url}/admin/v1/organizations`, { headers });
    await client('/events', { body: `{"name": "${secret}", ` });
    await client('/events', { body: { name: secret, owner: secret, date_start: secret } });
    await client('/events', { body: anEvent(client, { name: secret, owner: `${secret}@example.org` }) });
    await client('/events', { headers: { 'content-type': `text/${secret}` }, body: secret });
    await client('/events', { headers: { 'content-type': 'application/json' }, body: `"${secret}"` });
    // Not HTTP at all.
    await new Promise<void>((over) => {
      const socket = connect(Number(new URL(app.url).port), '127.0.0.1', () =>
        socket.end(`GET /?token=${secret} HTTP/9.9\r\nauthorization: Bearer 1:${secret}\r\n\r\n`),
      );
      socket.on('close', () => over()).resume();
    });
    expect(written()).not.toContain(secret);
    expect(written()).not.toContain(client.authorization.split(':')[1]);
    expect(written()).not.toContain(ADMIN_TOKEN);
    expect(written()).not.toContain(new URL(app.databaseUrl).password);
  });
});

describe('an unexpected failure', () => {
  const secret = 'V4lue-that-PostgreSQL-quotes';
  let own: TestApp | undefined;

  afterAll(() => own?.close());

  it('is logged with the id that the answer carries, and the answer shows nothing else', async () => {
    const other = (own = await bootApp());
    const its = await givenTrainingClient(other);
    // Every way in which a real database error quotes values.
    await other.open.pool.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'no event called %', NEW.name USING DETAIL = NEW.name, HINT = NEW.name; END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON training.events FOR EACH ROW EXECUTE FUNCTION refuse();
    `);
    const raised = await its('/events', { body: anEvent(its, { name: secret }) });
    await other.open.pool.query(`
      DROP TRIGGER refuse ON training.events;
      ALTER TABLE training.events ADD CONSTRAINT ck_events_surprise CHECK (name <> '${secret}');
    `);
    const checked = await its('/events', { body: anEvent(its, { name: secret }) });
    await other.open.pool.query(`
      ALTER TABLE training.events DROP CONSTRAINT ck_events_surprise;
      ALTER TABLE training.events ADD COLUMN number integer GENERATED ALWAYS AS (name::integer) STORED;
    `);
    const cast = await its('/events', { body: anEvent(its, { name: secret }) });
    await other.open.pool.query('DROP TABLE training.events CASCADE');
    const missing = await its(`/events/${NO_EVENT}`);

    for (const answer of [raised, checked, cast, missing]) {
      expect(answer.status).toBe(500);
      expect(answer.json).toEqual({
        result: 'failure',
        error: { type: 'InternalServerError', message: 'Something went wrong on our side.' },
      });
      const id = answer.headers.get('x-request-id');
      const lines = other.log.filter((line) => line.request_id === id);
      expect(lines).toEqual([
        expect.objectContaining({
          level: 50,
          msg: 'unexpected failure',
          err: expect.objectContaining({ code: expect.any(String) }),
        }),
        expect.objectContaining({ msg: 'request', status: 500 }),
      ]);
    }
    const text = other.log.map((line) => JSON.stringify(line)).join('\n');
    expect(text).not.toContain(secret);
  });
});
