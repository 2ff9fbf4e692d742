import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import { bootApp, type TestApp } from '../../support/app.js';
import { aPoll, givenPollsClient, type PollsClient } from '../../support/polls.js';

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
  (await client('/events', { body: aPoll(overrides) })).json;
const keyOf = (event: Json, index: number): string => event.key_store.hash[event.invitees[index].user];
const browse = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${app.url}${path}`, { redirect: 'manual', ...init, headers: { accept: 'text/html' } });
const open = async (event: Json, index = 1, query = ''): Promise<string> =>
  (await browse(`/poll/${event._id}?key=${keyOf(event, index)}${query}`)).text();
const submit = (event: Json, what: string, fields: Record<string, string>): Promise<Response> =>
  browse(`/poll/${event._id}/${what}`, { method: 'POST', body: new URLSearchParams(fields) });

describe('the page of an event', () => {
  it('shows nothing but "not found" to someone without the right key', async () => {
    const [event, other] = [await created(), await created()];
    const responses = await Promise.all(
      [
        `/poll/${event._id}`,
        `/poll/${event._id}?key=`,
        `/poll/${event._id}?key=0000000000000000`,
        `/poll/${event._id}?key=${keyOf(other, 0)}`,
        `/poll/ffffffffffffffffffffffff?key=${keyOf(event, 1)}`,
        `/poll/${event._id}/event.ics?key=x`,
      ].map(async (path) => {
        const response = await browse(path);
        return [response.status, (await response.text()).includes('Kick-off')];
      }),
    );
    expect(responses).toEqual(Array(6).fill([404, false]));
    expect((await submit(event, 'votes', { key: 'x' })).status).toBe(404);
    expect((await client(`/events/${event._id}`)).json).toEqual(event);
  });

  it('sends no referrer, is not kept, and loads nothing from elsewhere', async () => {
    const event = await created();
    const response = await browse(`/poll/${event._id}?key=${keyOf(event, 1)}`);
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.text()).not.toMatch(/(?:src|href)="https?:/);
    expect(app.log.some((line) => JSON.stringify(line).includes(keyOf(event, 1)))).toBe(false);
  });

  it('escapes what people wrote', async () => {
    const evil = '<script>alert("x")</script>';
    const event = await created({
      title: evil,
      places: [{ name: evil, address: `https://x.org/"onclick=` }],
      messages: [{ body: evil }],
    });
    const page = await open(event);
    expect(page).not.toContain('<script>alert');
    expect(page).not.toContain('"onclick');
  });

  it('takes votes from a form, shows who voted what, and keeps them', async () => {
    const event = await created();
    const [first, second] = event.dates;
    const response = await submit(event, 'votes', {
      key: keyOf(event, 1),
      zone: 'Asia/Tokyo',
      [`date-${first._id}`]: 'yes',
      [`date-${second._id}`]: 'no',
      [`place-${event.places[0]._id}`]: 'yes',
      'date-ffffffffffffffffffffffff': 'yes',
    });
    expect([response.status, response.headers.get('location')]).toEqual([
      303,
      `/poll/${event._id}?key=${keyOf(event, 1)}&zone=Asia%2FTokyo`,
    ]);
    const page = await open(event);
    expect(page).toContain(`name="date-${first._id}" value="yes" checked`);
    expect(page).toContain(`name="date-${second._id}" value="no" checked`);
    expect(page).toContain('Yes (2): Jean Dupont, Grace Hopper');
    expect(await open(event, 2)).not.toContain(`name="date-${first._id}" value="yes" checked`);
    const { json } = await client(`/events/${event._id}`);
    expect(json.invitees[1].stats.voted).toEqual({ dates: true, places: true });
  });

  it('lets the first who comes propose dates where there are none, in their zone, and nobody after', async () => {
    const event = await created({ dates: [], places: [] });
    expect(await open(event)).toContain('No date has been proposed yet.');
    const response = await submit(event, 'dates', {
      key: keyOf(event, 1),
      zone: 'Asia/Tokyo',
      'start-0': '2031-07-16T18:00',
      'length-0': '90',
      'start-1': '',
      'length-1': '60',
      'start-2': '2031-07-17T18:00',
      'length-2': '30',
      'start-3': 'tomorrow',
      'length-3': '60',
    });
    expect([response.status, response.headers.get('location')]).toEqual([
      303,
      `/poll/${event._id}?key=${keyOf(event, 1)}&zone=Asia%2FTokyo`,
    ]);
    const { json } = await client(`/events/${event._id}`);
    const guest = json.invitees[1].user;
    expect(
      json.dates.map(({ date, end_date, created_by, votes }: Json) => [
        date,
        end_date,
        created_by.user,
        votes.yes.map((vote: Json) => vote.created_by.user),
      ]),
    ).toEqual([
      ['2031-07-16T09:00:00.000Z', '2031-07-16T10:30:00.000Z', guest, [guest]],
      ['2031-07-17T09:00:00.000Z', '2031-07-17T09:30:00.000Z', guest, [guest]],
    ]);
    expect(json.invitees.map(({ stats }: Json) => stats.voted.dates)).toEqual([true, true, false]);
    expect(json.version).toBe(event.version + 1);
    const page = await open(event, 2);
    expect(page).not.toContain('No date has been proposed yet.');
    expect(page).toContain('Yes (1): Grace Hopper');
    await submit(event, 'dates', { key: keyOf(event, 2), 'start-0': '2031-08-01T09:00', 'length-0': '60' });
    expect((await client(`/events/${event._id}`)).json.dates).toHaveLength(2);
  });

  it('keeps one proposal of those that come together', async () => {
    const event = await created({ dates: [] });
    const responses = await Promise.all(
      [0, 1, 2].map((index) =>
        submit(event, 'dates', {
          key: keyOf(event, index),
          'start-0': `2031-08-0${index + 1}T09:00`,
          'length-0': '60',
        }),
      ),
    );
    expect(responses.map(({ status }) => status)).toEqual([303, 303, 303]);
    expect((await client(`/events/${event._id}`)).json.dates).toHaveLength(1);
  });

  it('takes no proposal without the right key or one that says no date', async () => {
    const event = await created({ dates: [] });
    const fields = { 'start-0': '2031-08-01T09:00', 'length-0': '60' };
    expect((await submit(event, 'dates', { ...fields, key: 'x' })).status).toBe(404);
    const faulty = [{}, { ...fields, 'length-0': '-60' }, { ...fields, 'start-0': '2031-02-30T09:00' }];
    for (const proposal of faulty) {
      expect((await submit(event, 'dates', { ...proposal, key: keyOf(event, 1) })).status).toBe(303);
    }
    expect((await client(`/events/${event._id}`)).json).toEqual(event);
  });

  it('takes a decline and messages from forms', async () => {
    const event = await created();
    await submit(event, 'decline', { key: keyOf(event, 1) });
    await submit(event, 'messages', { key: keyOf(event, 2), body: 'Shall we?\nReally?' });
    await submit(event, 'messages', { key: keyOf(event, 2), body: '   ' });
    const page = await open(event);
    expect(page).toContain('<li>Grace Hopper</li>');
    expect(page).toContain('Shall we?<br>Really?');
    expect((await client(`/events/${event._id}`)).json.messages).toHaveLength(1);
  });

  it('spells dates in the visitor’s zone, and in the event’s where they differ', async () => {
    const event = await created({ timezone: 'America/New_York' });
    const page = await open(event, 1, '&zone=Asia/Tokyo');
    expect(page).toContain('Times in Asia/Tokyo');
    expect(page).toMatch(/10:00\s–\s11:00\sPM GMT\+9/);
    expect(page).toContain('America/New_York: Wednesday, July 16, 2031, 9:00');
    expect(await open(event, 1, '&zone=America/New_York')).not.toContain('America/New_York:');
    expect(await open(event, 1, '&zone=Nowhere/Land')).toContain('Times in America/New_York');
  });

  it.each([
    ['fr', 'Enregistrer mes réponses'],
    ['en', 'Save my answers'],
    ['es', 'Guardar mis respuestas'],
    ['it', 'Salva le mie risposte'],
    ['pt', 'Guardar as minhas respostas'],
    ['de', 'Antworten speichern'],
    ['sv', 'Spara mina svar'],
    ['nl', 'Mijn antwoorden opslaan'],
  ])('speaks %s', async (lang, words) => {
    const page = await open(await created({ lang, locale: lang }));
    expect(page).toContain(`<html lang="${lang}">`);
    expect(page).toContain(words);
  });

  it('shows what was decided, with a calendar file', async () => {
    const event = await created();
    expect((await browse(`/poll/${event._id}/event.ics?key=${keyOf(event, 1)}`)).status).toBe(404);
    await client(`/events/${event._id}/confirm`, { method: 'POST' });
    expect(await open(event)).toContain('Add to calendar');
    const file = await browse(`/poll/${event._id}/event.ics?key=${keyOf(event, 1)}`);
    expect(file.headers.get('content-type')).toContain('text/calendar');
    const calendar = new ICAL.Component(ICAL.parse(await file.text()) as unknown[]);
    expect(calendar.getFirstPropertyValue('method')).toBe('PUBLISH');
    expect(String(calendar.getFirstSubcomponent('vevent')?.getFirstPropertyValue('dtstart'))).toBe(
      '2031-07-16T07:00:00Z',
    );
  });

  it('says that an event is cancelled and takes nothing any more', async () => {
    const event = await created();
    await client(`/events/${event._id}/cancel`, { method: 'POST' });
    const page = await open(event);
    expect(page).toContain('This event has been called off.');
    expect(page).not.toContain('method="post"');
    expect((await submit(event, 'votes', { key: keyOf(event, 1) })).status).toBe(409);
  });
});
