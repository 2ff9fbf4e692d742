import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Encryption } from '../../../src/auth/encryption.js';
import { mailIn } from '../../../src/mail/mail.js';
import type { Delivery } from '../../../src/outbox/delivery.entity.js';
import { bootApp, type TestApp } from '../../support/app.js';
import { call } from '../../support/http.js';
import { aPoll, givenPollsClient, type PollsClient } from '../../support/polls.js';
import { until } from '../../support/smtp.js';

let app: TestApp;
let client: PollsClient;

beforeAll(async () => {
  app = await bootApp();
  client = await givenPollsClient(app);
});
afterAll(() => app.close());

/** All that the database holds of events and deliveries. */
async function stored(): Promise<string> {
  const { rows } = await app.open.pool.query<{ row: string }>(
    `SELECT e::text AS row FROM polls.events e UNION ALL SELECT d::text FROM outbox.deliveries d`,
  );
  return rows.map(({ row }) => row).join('\n');
}

async function mails(): Promise<Delivery[]> {
  const { rows } = await app.open.pool.query<Delivery>(
    `SELECT * FROM outbox.deliveries WHERE kind = 'mail' AND organization_id = $1 ORDER BY id`,
    [client.tenant.id],
  );
  return rows;
}

describe('voting keys', () => {
  it('are shown, open the page and vote, but stand nowhere in the database, also not in mails', async () => {
    const body = aPoll({ title: 'Sealed', settings: null, invitees: [{ email: 'grace@example.com' }] });
    const { json: event } = await client('/events', { body });
    const keys = Object.values<string>(event.key_store.hash);
    expect(keys).toHaveLength(2);
    expect((await client(`/events/${event._id}`)).json.key_store.hash).toEqual(event.key_store.hash);
    for (const key of keys) expect((await call(`${app.url}/poll/${event._id}?key=${key}`)).status).toBe(200);
    const vote = { key: keys[1], dates: { [event.dates[0]._id]: 'yes' } };
    expect((await client(`/events/${event._id}/votes`, { method: 'PUT', body: vote })).status).toBe(200);
    const written = await mails();
    expect(written.length).toBeGreaterThan(0);
    const texts = written.map((row) => mailIn(row, app.app.get(Encryption)).text);
    expect(texts.join()).toContain(`key=${keys[1]}`);
    const rows = await stored();
    for (const key of keys) expect(rows).not.toContain(key);
  });

  it('are read for their own event only: moved to another one they open nothing', async () => {
    const [one, other] = await Promise.all(
      ['One', 'Other'].map(async (title) => (await client('/events', { body: aPoll({ title }) })).json),
    );
    await app.open.pool.query(
      `UPDATE polls.events SET sealed_keys = (SELECT sealed_keys FROM polls.events WHERE id = $1) WHERE id = $2`,
      [one._id, other._id],
    );
    const key = Object.values<string>(one.key_store.hash)[0];
    expect((await call(`${app.url}/poll/${other._id}?key=${key}`)).status).toBe(500);
  });

  it('and mails of an older version still work, and are encrypted when the service starts', async () => {
    const body = aPoll({ title: 'Older', settings: null, invitees: [{ email: 'alan@example.com' }] });
    const { json: event } = await client('/events', { body });
    const hash: Record<string, string> = event.key_store.hash;
    const key = Object.values(hash)[1] ?? '';
    await app.open.pool.query('UPDATE polls.events SET keys = $1, sealed_keys = NULL WHERE id = $2', [
      JSON.stringify(hash),
      event._id,
    ]);
    const mail = (await mails()).at(-1);
    if (mail === undefined) throw new Error('There is no mail.');
    const clear = mailIn(mail, app.app.get(Encryption));
    await app.open.pool.query('UPDATE outbox.deliveries SET payload = $1 WHERE id = $2', [
      JSON.stringify(clear),
      mail.id,
    ]);
    expect(await stored()).toContain(key);
    expect((await client(`/events/${event._id}`)).json.key_store.hash).toEqual(hash);
    expect((await call(`${app.url}/poll/${event._id}?key=${key}`)).status).toBe(200);
    const changed = await client(`/events/${event._id}/messages`, { body: { key, body: 'Hello' } });
    expect(changed.status).toBe(200);

    await app.open.pool.query('UPDATE polls.events SET keys = $1, sealed_keys = NULL WHERE id = $2', [
      JSON.stringify(hash),
      event._id,
    ]);
    const second = await bootApp({ databaseUrl: app.databaseUrl });
    try {
      await until(async () => !(await stored()).includes(key));
    } finally {
      await second.close();
    }
    expect((await client(`/events/${event._id}`)).json.key_store.hash).toEqual(hash);
    const sealed = (await mails()).find(({ id }) => id === mail.id);
    expect(sealed && mailIn(sealed, app.app.get(Encryption))).toEqual(clear);
  });
});
