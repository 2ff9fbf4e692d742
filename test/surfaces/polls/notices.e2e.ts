import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Encryption } from '../../../src/auth/encryption.js';
import { mailIn, type Mail } from '../../../src/mail/mail.js';
import type { Delivery } from '../../../src/outbox/delivery.entity.js';
import { bootApp, type TestApp } from '../../support/app.js';
import { aPoll, givenPollsClient, type PollsClient } from '../../support/polls.js';
import { until } from '../../support/smtp.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read responses as an untyped client does
type Json = any;

let app: TestApp;
let client: PollsClient;

beforeAll(async () => {
  app = await bootApp();
  client = await givenPollsClient(app);
});
afterAll(() => app.close());

const created = async (overrides: Record<string, unknown> = {}): Promise<Json> =>
  (await client('/events', { body: aPoll({ settings: null, ...overrides }) })).json;
const put = (event: Json, body: unknown): Promise<Json> =>
  client(`/events/${event._id}`, { method: 'PUT', body });
const vote = (event: Json, index: number, dates: Record<string, string>): Promise<Json> =>
  client(`/events/${event._id}/votes`, {
    method: 'PUT',
    body: { invitee: event.invitees[index]._id, dates },
  });
const decline = (event: Json, index: number): Promise<Json> =>
  client(`/events/${event._id}/decline`, { body: { invitee: event.invitees[index]._id } });
const say = (event: Json, index: number, body: string): Promise<Json> =>
  client(`/events/${event._id}/messages`, { body: { invitee: event.invitees[index]._id, body } });

/** Kind, receiver and minutes to wait of the event's notices. */
async function waiting(event: Json): Promise<[string, string, number][]> {
  const { rows } = await app.open.pool.query<{ kind: string; target: string; minutes: number }>(
    `SELECT payload->>'kind' AS kind, target, round(extract(epoch FROM due_at - now()) / 60)::integer AS minutes
       FROM outbox.deliveries WHERE kind = 'polls.notice' AND payload->>'event' = $1 AND state = 'waiting'`,
    [event._id],
  );
  const emailOf = (user: string): string =>
    event.invitees.find((invitee: Json) => invitee.user === user)?.email;
  return rows
    .map(({ kind, target, minutes }): [string, string, number] => [kind, emailOf(target), minutes])
    .sort();
}

/** Lets all notices of the event be due, and returns what is mailed then. */
async function whenDue(event: Json): Promise<Mail[]> {
  await app.open.pool.query(
    `UPDATE polls.notices SET changed_at = changed_at - interval '10 minutes' WHERE event_id = $1`,
    [event._id],
  );
  const notices = `kind = 'polls.notice' AND payload->>'event' = '${event._id}' AND state = 'waiting'`;
  await app.open.pool.query(`UPDATE outbox.deliveries SET due_at = now() WHERE ${notices}`);
  await until(async () => {
    const { rows } = await app.open.pool.query(`SELECT FROM outbox.deliveries WHERE ${notices}`);
    return rows.length === 0;
  });
  const { rows: mails } = await app.open.pool.query<Delivery>(
    `SELECT organization_id, target, payload FROM outbox.deliveries
      WHERE organization_id = $1 AND kind = 'mail' ORDER BY id`,
    [client.tenant.id],
  );
  return mails
    .map((row) => mailIn(row, app.app.get(Encryption)))
    .filter((mail) => mail.unsubscribe !== undefined && JSON.stringify(mail).includes(event._id));
}

describe('the organiser', () => {
  it('is told once, after ten minutes, who answered what and how many are missing', async () => {
    const event = await created({
      title: 'Digest',
      invitees: [
        { email: 'grace@example.com', full_name: 'Grace' },
        { email: 'a@x.org' },
        { email: 'b@x.org' },
      ],
    });
    const [first, second] = event.dates.map(({ _id }: Json) => _id);
    await vote(event, 1, { [first]: 'yes', [second]: 'no' });
    await decline(event, 2);
    expect(await waiting(event)).toEqual([['votes', 'creator@example.com', 10]]);
    const [mail, ...others] = await whenDue(event);
    expect(others).toEqual([]);
    expect(mail).toMatchObject({ to: 'creator@example.com', subject: 'Answers: Digest' });
    expect(mail).not.toHaveProperty('reply_to');
    expect(mail?.text).toMatch(/Grace\nYes: Wednesday, July 16, 2031.*\nNo: Thursday, July 17, 2031/);
    expect(mail?.text).toContain('a@x.org: Not taking part');
    expect(mail?.text).toContain('Answers still missing: 1');
    const key = event.key_store.hash[client.pollsId];
    expect(mail?.text).toContain(`https://quintet.test/poll/${event._id}?key=${key}\n`);
  });

  it('is told of what comes later in another mail', async () => {
    const event = await created({ title: 'Twice' });
    const [first] = event.dates.map(({ _id }: Json) => _id);
    await vote(event, 1, { [first]: 'yes' });
    expect(await whenDue(event)).toHaveLength(1);
    await vote(event, 2, { [first]: 'yes' });
    const [, mail] = await whenDue(event);
    expect(mail?.text).toContain('alan@example.com');
    expect(mail?.text).not.toContain('Grace Hopper\n');
  });

  it('is not told of own votes, of what was taken back, or of a cancelled event', async () => {
    const own = await created();
    await vote(own, 0, { [own.dates[0]._id]: 'no' });
    expect(await waiting(own)).toEqual([]);
    const declined = await created();
    await decline(declined, 1);
    await vote(declined, 1, {});
    expect(await whenDue(declined)).toEqual([]);
    const cancelled = await created();
    await decline(cancelled, 1);
    await client(`/events/${cancelled._id}/cancel`, { method: 'POST' });
    expect(await whenDue(cancelled)).toEqual([]);
  });

  it('is told who declines after the confirmation', async () => {
    const event = await created();
    await client(`/events/${event._id}/confirm`, { method: 'POST' });
    await decline(event, 1);
    const [mail] = await whenDue(event);
    expect(mail?.text).toContain('Grace Hopper: Not taking part');
  });
});

describe('the invited', () => {
  const NEW_DATE = { date: '2031-09-01T09:00:00', end_date: '2031-09-01T10:00:00' };

  it('are told of new dates and places, unless they declined', async () => {
    const event = await created({ title: 'Wider' });
    await decline(event, 2);
    await put(event, { dates: [...event.dates, NEW_DATE], places: [{ name: 'Garden' }] });
    const mails = (await whenDue(event)).filter(({ subject }) => subject === 'New dates to vote on: Wider');
    expect(mails.map(({ to }) => to)).toEqual(['grace@example.com']);
    expect(mails[0]?.text).toContain('September 1, 2031');
    expect(mails[0]?.text).toContain('Garden');
    expect(mails[0]?.text).not.toContain('July');
    expect(mails[0]?.reply_to).toEqual({ name: 'Jean Dupont', address: 'creator@example.com' });
  });

  it('are told ten minutes after the last change of the lists', async () => {
    const event = await created();
    await put(event, { dates: [...event.dates, NEW_DATE] });
    await app.open.pool.query(
      `UPDATE outbox.deliveries SET due_at = now() WHERE kind = 'polls.notice' AND payload->>'event' = $1`,
      [event._id],
    );
    await until(async () => (await waiting(event)).every(([, , minutes]) => minutes === 10));
    expect(await waiting(event)).toHaveLength(2);
    expect(await whenDue(event)).toHaveLength(2);
  });

  it('are told of new dates after the confirmed one went, and not of such that were settled meanwhile', async () => {
    const event = await created();
    await client(`/events/${event._id}/confirm`, { method: 'POST' });
    await put(event, { dates: [NEW_DATE] });
    expect((await waiting(event)).map(([kind, to]) => [kind, to])).toEqual([
      ['dates', 'alan@example.com'],
      ['dates', 'grace@example.com'],
    ]);
    await client(`/events/${event._id}/confirm`, { method: 'POST' });
    expect(await whenDue(event)).toEqual([]);
  });

  it('are told what others say, in one mail, and not what they said themselves', async () => {
    const event = await created({ title: 'Talk' });
    await say(event, 1, 'Hello');
    await say(event, 2, 'Good day');
    const mails = await whenDue(event);
    const texts = new Map(mails.map(({ to, text }) => [to, text]));
    expect([...texts.keys()].sort()).toEqual([
      'alan@example.com',
      'creator@example.com',
      'grace@example.com',
    ]);
    expect(texts.get('creator@example.com')).toMatch(/Grace Hopper: Hello\n\nalan@example\.com: Good day/);
    expect(texts.get('grace@example.com')).not.toContain('Hello\n');
  });
});

describe('notices', () => {
  it('are switched off for an event, and its settings show what was given', async () => {
    const settings = { notify_votes: false, notify_messages: false };
    const event = await created({ settings });
    expect(event.settings).toEqual(settings);
    await decline(event, 1);
    await say(event, 2, 'Hello');
    expect(await waiting(event)).toEqual([]);
    const changed = await put(event, { settings: { notify_dates: false, notify_messages: true } });
    expect(changed.json.settings).toEqual({
      notify_votes: false,
      notify_dates: false,
      notify_messages: true,
    });
    await say(event, 2, 'Hello');
    expect(await waiting(event)).toEqual([['messages', 'creator@example.com', 10]]);
  });

  it('are not sent where no mails are', async () => {
    const event = await created({ settings: { no_emails: true } });
    expect(event.settings).toEqual({ no_emails: true });
    await decline(event, 1);
    expect(await waiting(event)).toEqual([]);
  });

  it('that were given up are told with the next thing of their kind', async () => {
    const event = await created({ title: 'Given up' });
    await say(event, 1, 'Hello');
    await app.open.pool.query(
      `UPDATE outbox.deliveries SET state = 'given up', attempts = 16, done_at = now(), trouble = 'x'
        WHERE kind = 'polls.notice' AND payload->>'event' = $1 AND target = $2`,
      [event._id, event.invitees[2].user],
    );
    await say(event, 1, 'Again');
    expect((await waiting(event)).map(([kind, to]) => [kind, to])).toEqual([
      ['messages', 'alan@example.com'],
      ['messages', 'creator@example.com'],
    ]);
    const mails = (await whenDue(event)).filter(({ to }) => to === 'alan@example.com');
    expect(mails.map(({ text }) => text)).toEqual([
      expect.stringMatching(/Grace Hopper: Hello\n\nGrace Hopper: Again/),
    ]);
    await say(event, 1, 'Once more');
    expect(await waiting(event)).toHaveLength(2);
  });

  it('can be refused by each person on the page that they link to', async () => {
    const event = await created();
    await say(event, 2, 'Hello');
    const [mail] = (await whenDue(event)).filter(({ to }) => to === 'grace@example.com');
    const key = event.key_store.hash[event.invitees[1].user];
    expect(mail?.unsubscribe).toBe(`https://quintet.test/poll/${event._id}?key=${key}#notices`);
    expect(mail?.text).toContain(`\n${mail?.unsubscribe}\n`);
    const page = async (): Promise<string> => (await fetch(`${app.url}/poll/${event._id}?key=${key}`)).text();
    expect(await page()).toContain('Tell me nothing more of answers');
    const submit = (notices: string): Promise<Response> =>
      fetch(`${app.url}/poll/${event._id}/notices`, {
        method: 'POST',
        body: new URLSearchParams({ key, notices }),
        redirect: 'manual',
      });
    expect((await submit('off')).status).toBe(303);
    expect(await page()).toContain('Tell me of answers');
    await say(event, 2, 'Again');
    expect((await waiting(event)).map(([, to]) => to)).toEqual(['creator@example.com']);
    await submit('on');
    await say(event, 2, 'And again');
    expect((await waiting(event)).map(([, to]) => to)).toContain('grace@example.com');
  });

  it.each([
    ['POLLS_NOTICES', 'false', []],
    ['POLLS_NOTICE_MINUTES', '0', [['votes', 0]]],
  ])('follow the setting %s=%s', async (name, value, expected) => {
    const other = await bootApp({ environment: { [name]: value } });
    const theirs = await givenPollsClient(other);
    const event = (await theirs('/events', { body: aPoll({ settings: null }) })).json;
    await theirs(`/events/${event._id}/decline`, { body: { invitee: event.invitees[1]._id } });
    const { rows } = await other.open.pool.query<Json>(
      `SELECT payload->>'kind' AS kind, extract(epoch FROM due_at - created_at)::integer AS seconds
         FROM outbox.deliveries WHERE kind = 'polls.notice' AND organization_id = $1`,
      [theirs.tenant.id],
    );
    await other.close();
    expect(rows.map(({ kind, seconds }: Json) => [kind, Math.max(0, Math.round(seconds / 60))])).toEqual(
      expected,
    );
  });
});
