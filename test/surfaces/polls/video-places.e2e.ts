import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../../support/app.js';
import { aPoll, givenPollsClient, type PollsClient } from '../../support/polls.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read responses as an untyped client does
type Json = any;

let app: TestApp;
let client: PollsClient;

beforeAll(async () => {
  app = await bootApp({ environment: { POLLS_VIDEO_URL: 'https://meet.example.org/{room}?lang=en' } });
  client = await givenPollsClient(app);
});
afterAll(() => app.close());

const placesOf = async (of: PollsClient, places: unknown): Promise<Json> =>
  (await of('/events', { body: aPoll({ places }) })).json;

describe('a place that is a video call', () => {
  it('gets an address with a room that cannot be guessed, one for each place', async () => {
    const { places } = await placesOf(client, [
      { name: 'Call', source: 'zoom' },
      { name: 'Call', source: 'zoom' },
    ]);
    const addresses = places.map(({ address }: Json) => address as string);
    for (const address of addresses) {
      expect(address).toMatch(/^https:\/\/meet\.example\.org\/[0-9a-z]{20}\?lang=en$/);
    }
    expect(new Set(addresses).size).toBe(2);
  });

  it('keeps it in a PUT that brings none, by id and by name', async () => {
    const event = await placesOf(client, [{ name: 'Call', source: 'zoom' }]);
    const [{ _id, address }] = event.places;
    for (const place of [
      { _id, name: 'Call' },
      { name: 'Call', source: 'zoom' },
    ]) {
      const { json } = await client(`/events/${event._id}`, { method: 'PUT', body: { places: [place] } });
      expect(json.places).toMatchObject([{ _id, address, source: 'zoom' }]);
    }
  });

  it('has the address that is given; other places have none', async () => {
    const { places } = await placesOf(client, [
      { name: 'Call', source: 'meet', address: 'https://meet.google.com/abc' },
      { name: 'Room' },
      { name: 'Café', source: 'app' },
    ]);
    expect(places.map(({ address }: Json) => address)).toEqual(['https://meet.google.com/abc', null, null]);
  });

  it('is named in calendar files by its address too', async () => {
    const event = await placesOf(client, [{ name: 'Call', source: 'zoom' }]);
    await client(`/events/${event._id}/confirm`, { method: 'POST' });
    const key = event.key_store.hash[event.created_by.user];
    const file = await (await fetch(`${app.url}/poll/${event._id}/event.ics?key=${key}`)).text();
    expect(file.replaceAll('\r\n ', '')).toContain(`\r\nURL:${event.places[0].address}\r\n`);
  });

  it('has an empty address where no setting says how calls are made', async () => {
    const other = await bootApp();
    const { places } = await placesOf(await givenPollsClient(other), [{ name: 'Call', source: 'zoom' }]);
    await other.close();
    expect(places[0].address).toBe('');
  });
});
