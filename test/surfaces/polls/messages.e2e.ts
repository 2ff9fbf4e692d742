import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../../support/app.js';
import { startHookReceiver, type HookReceiver } from '../../support/hook-receiver.js';
import type { Answer } from '../../support/http.js';
import { aPoll, givenPollsClient, type PollsClient } from '../../support/polls.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read responses as an untyped client does
type Json = any;

let app: TestApp;
let receiver: HookReceiver;
let client: PollsClient;

beforeAll(async () => {
  app = await bootApp({ environment: { POLLS_RATE_LIMIT: '1000000', HOOKS_ALLOW_INTERNAL: 'true' } });
  receiver = await startHookReceiver();
  client = await givenPollsClient(app);
});
afterAll(async () => {
  await app.close();
  await receiver.close();
});

/** `said 1`, `said 2` … */
const numbered = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `said ${from + index}`);
const bodies = (event: Json): string[] => event.messages.map(({ body }: Json) => body);
const keyOf = (event: Json, index: number): string => event.key_store.hash[event.invitees[index].user];

async function givenEvent(messageCount: number, overrides: Record<string, unknown> = {}): Promise<Json> {
  const all = numbered(1, messageCount).map((body) => ({ body }));
  const { json } = await client('/events', { body: aPoll({ messages: all.slice(0, 100), ...overrides }) });
  let event = json;
  for (let at = 100; at < all.length; at += 100)
    event = (
      await client(`/events/${json._id}`, { method: 'PUT', body: { messages: all.slice(at, at + 100) } })
    ).json;
  return event;
}
const postMessage = (event: Json, body: string): Promise<Answer> =>
  client(`/events/${event._id}/messages`, {
    body: { key: keyOf(event, 1), body },
    headers: { authorization: '' },
  });
const listed = async (event: Json): Promise<Json> =>
  (await client('/events')).json.find(({ _id }: Json) => _id === event._id);

describe('the messages of an event', () => {
  it('are all shown with it, in the order in which they were said', async () => {
    const event = await givenEvent(120);
    expect([bodies(event), event.messages_length]).toEqual([numbered(1, 120), 120]);
    expect((await client(`/events/${event._id}`)).json).toEqual(event);
    const response = (await postMessage(event, 'said 121')).json;
    expect([bodies(response), response.messages_length]).toEqual([numbered(1, 121), 121]);
    const page = await (await fetch(`${app.url}/poll/${event._id}?key=${keyOf(event, 2)}`)).text();
    expect([...page.matchAll(/said \d+/g)].map(([body]) => body)).toEqual(numbered(1, 121));
  });

  it('are at most 500: the next is refused by every way, and all else goes on', async () => {
    const event = await givenEvent(499);
    expect((await postMessage(event, 'said 500')).status).toBe(200);
    const refusals = [
      await postMessage(event, 'said 501'),
      await client(`/events/${event._id}/messages`, {
        body: { invitee: event.invitees[1]._id, body: 'said 501' },
      }),
      await client(`/events/${event._id}`, {
        method: 'PUT',
        body: { title: 'x', messages: { body: 'said 501' } },
      }),
    ];
    const refusal = { status: 409, message: expect.stringContaining('500') };
    for (const { status, json } of refusals) expect([status, json]).toEqual([409, refusal]);
    const form = new URLSearchParams({ key: keyOf(event, 1), body: 'said 501' });
    const posted = await fetch(`${app.url}/poll/${event._id}/messages`, { method: 'POST', body: form });
    expect(posted.status).toBe(409);
    const vote = { key: keyOf(event, 1), dates: { [event.dates[0]._id]: 'yes' } };
    expect((await client(`/events/${event._id}/votes`, { method: 'PUT', body: vote })).status).toBe(200);
    const { json } = await client(`/events/${event._id}`);
    expect([json.title, bodies(json), json.messages_length]).toEqual(['Kick-off', numbered(1, 500), 500]);
    expect(await listed(event)).toMatchObject({ messages_length: 500 });
  });

  it.each([0, 1, 50, 51, 130])(
    'stand in lists up to the newest 50 of %i, with their number',
    async (count) => {
      const event = await givenEvent(count);
      const { messages, messages_length, ...rest } = await listed(event);
      expect(messages).toEqual(event.messages.slice(-50));
      expect(messages_length).toBe(count);
      expect(rest).toEqual({
        ...event,
        messages: undefined,
        messages_length: undefined,
        key_store: event.key_store._id,
      });
    },
  );

  it('reach hooks as lists show them', async () => {
    const hook = (await client('/hooks', { body: { url: receiver.address, events: ['event.updated'] } }))
      .json;
    const event = await givenEvent(100);
    await postMessage(event, 'said 101');
    const { rows } = await app.open.pool.query<{ payload: Json }>(
      `SELECT payload FROM outbox.deliveries WHERE kind = 'polls.hook' AND target = $1 ORDER BY id`,
      [hook._id],
    );
    const hookEvent = rows.at(-1)?.payload.data;
    expect([bodies(hookEvent), hookEvent.messages_length]).toEqual([numbered(52, 101), 101]);
    await client(`/hooks/${hook._id}`, { method: 'DELETE' });
  });

  it('are all kept when many are said at a time', async () => {
    const event = await givenEvent(3);
    const texts = numbered(4, 30);
    const responses = await Promise.all(texts.map((body) => postMessage(event, body)));
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]));
    for (const { json } of responses) expect(json.messages).toHaveLength(json.messages_length);
    const { json } = await client(`/events/${event._id}`);
    expect(bodies(json).slice(0, 3)).toEqual(numbered(1, 3));
    expect(bodies(json).slice(3).sort()).toEqual(texts.sort());
    const { rows } = await app.open.pool.query(
      'SELECT array_agg(position ORDER BY position) AS positions FROM polls.event_messages WHERE event_id = $1',
      [event._id],
    );
    expect(rows).toEqual([{ positions: Array.from({ length: 30 }, (_, index) => index + 1) }]);
  });

  it('cost neither the event nor a list of events another statement', async () => {
    const event = await givenEvent(60);
    for (const path of [`/events/${event._id}`, '/events?limit=20']) {
      const costs: number[] = [];
      for (let attempt = 0; attempt < 10; attempt++) {
        const before = app.open.database.statementCount;
        expect((await client(path)).status).toBe(200);
        costs.push(app.open.database.statementCount - before);
      }
      // The credential cache may expire during the test, which costs one more statement.
      expect(Math.min(...costs)).toBe(1);
    }
  });
});
