import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { bootApp, type TestApp } from './support/app.js';
import { givenPollsClient, type PollsClient } from './support/polls.js';
import { until } from './support/smtp.js';

/** What every connection of the service is called; those of the test are not. */
const OURS = `datname = current_database() AND application_name LIKE 'quintet%'`;

let app: TestApp;
let client: PollsClient;
let outside: pg.Client;
let receiver: Server;
let address: string;
/** How often each message was received. */
const received = new Map<string, number>();

beforeAll(async () => {
  receiver = createServer((request, response) => {
    request.resume();
    const id = String(request.headers['webhook-id']);
    received.set(id, (received.get(id) ?? 0) + 1);
    setTimeout(() => response.writeHead(204).end(), 20);
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  app = await bootApp({ environment: { HOOKS_ALLOW_INTERNAL: 'true', STATEMENT_TIMEOUT_MS: '500' } });
  client = await givenPollsClient(app);
  outside = new pg.Client({ connectionString: app.databaseUrl, application_name: 'a test' });
  await outside.connect();
});
afterAll(async () => {
  await outside.end();
  await app.close();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});

async function hooks(count: number): Promise<string[]> {
  const made: string[] = [];
  for (let n = 0; n < count; n++) {
    const { json } = await client('/hooks', { body: { url: address, events: ['event.voted'] } });
    made.push((json as { _id: string })._id);
  }
  return made;
}

async function write(targets: readonly string[], ofEach: number): Promise<void> {
  await outside.query(
    `INSERT INTO outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
     SELECT $1, 'polls.hook', hook, '{}', now(), now() FROM unnest($2::text[]) AS hook, generate_series(1, $3::integer)`,
    [client.tenant.id, targets, ofEach],
  );
}

async function countOf(state: string, targets: readonly string[]): Promise<number> {
  const { rows } = await outside.query<{ count: number }>(
    'SELECT count(*)::integer FROM outbox.deliveries WHERE state = $1 AND target = ANY ($2)',
    [state, targets],
  );
  return rows[0]?.count ?? 0;
}

/** Waits until all that was received is written down, and nothing more comes. */
async function settled(targets: readonly string[]): Promise<void> {
  for (let size = -1; size !== received.size;) {
    size = received.size;
    await sleep(1_500);
    await until(async () => (await countOf('delivered', targets)) === received.size, 20_000);
  }
}

describe('a delivery that went out', () => {
  it('is written down once PostgreSQL can be written to again, and does not go out twice', async () => {
    const targets = await hooks(3);
    await write(targets, 1);
    await until(() => received.size > 0);
    await outside.query('BEGIN; LOCK TABLE outbox.deliveries IN ACCESS EXCLUSIVE MODE');
    await sleep(2_500);
    await outside.query('COMMIT');
    await until(async () => (await countOf('delivered', targets)) === 3, 5_000);
    expect([...received.values()]).toEqual([1, 1, 1]);
  });

  it('is not sent twice for connections that PostgreSQL ends meanwhile', async () => {
    received.clear();
    const targets = await hooks(5);
    const ofEach = 60;
    await write(targets, ofEach);
    for (let round = 0; round < 25; round++) {
      await sleep(100);
      await outside.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${OURS}`);
    }
    // What went out is written down before its lease ends, however slow this machine is.
    await settled(targets);
    // What was claimed by a statement whose answer was lost comes back after its lease; the test does not wait a minute.
    await outside.query(`UPDATE outbox.deliveries SET due_at = now() WHERE state = 'waiting'`);
    await until(async () => (await countOf('delivered', targets)) === targets.length * ofEach);
    expect(received.size).toBe(targets.length * ofEach);
    expect([...received.values()].filter((times) => times > 1)).toEqual([]);
  }, 60_000);
});
