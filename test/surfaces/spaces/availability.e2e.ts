import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../../support/app.js';
import {
  givenLocation,
  givenSpace,
  givenSpacesClient,
  times,
  type SpacesClient,
} from '../../support/spaces.js';
import type { Answer } from '../../support/http.js';

let app: TestApp;
let client: SpacesClient;

beforeAll(async () => {
  app = await bootApp();
  client = await givenSpacesClient(app);
});
afterAll(() => app.close());

type Json = Record<string, unknown>;

const place = (): Promise<number> => givenLocation(app, client.tenant, 'America/New_York');
const room = (location: number, differing: Parameters<typeof givenSpace>[3] = {}): Promise<number> =>
  givenSpace(app, client.tenant, location, differing);
const book = async (space: number, hour: number, length: number): Promise<void> => {
  const body = { title: 'x', ...times('2031-03-05', hour, length) };
  expect((await client(`/spaces/${space}/events`, { body })).status).toBe(201);
};
const spacesOf = ({ json }: Answer): unknown[] =>
  (json as { data: { space: Json }[] }).data.map(({ space }) => space.id);
const describeAs = (space: number, description: string): Promise<unknown> =>
  app.open.pool.query('UPDATE spaces.spaces SET description = $2 WHERE id = $1', [space, description]);

describe('the spaces of a location', () => {
  it('can be narrowed to a text in name or description, to types and to a number of people', async () => {
    const location = await place();
    const blue = await room(location, { name: 'Blue 100%', type: 'desk', capacity: 1 });
    const red = await room(location, { name: 'Red', type: 'hall', capacity: 90 });
    await describeAs(red, 'Next to the blue_ one');
    const ids = async (query: string): Promise<unknown> =>
      ((await client(`/locations/${location}/spaces?${query}`)).json as { data: Json[] }).data.map(
        ({ id }) => id,
      );
    expect(await ids('')).toEqual([blue, red]);
    expect(await ids('query=BLUE')).toEqual([blue, red]);
    expect(await ids('query=%25')).toEqual([blue]);
    expect(await ids('query=_')).toEqual([red]);
    expect(await ids('types=hall,tent')).toEqual([red]);
    expect(await ids('min_capacity=2')).toEqual([red]);
    expect(await ids('max_capacity=2')).toEqual([blue]);
    expect(await ids('query=blue&types=desk&min_capacity=-5&max_capacity=99999999999')).toEqual([blue]);
    expect((await client('/locations/1999999/spaces?query=x')).status).toBe(404);
  });

  it('have the includes that are asked for, with filters and below their location too', async () => {
    const location = await place();
    const [blue] = [await room(location, { name: 'Blue' }), await room(location, { name: 'Red' })];
    const words = 'include=state,calendar';
    const shown = (await client(`/spaces/${blue}?${words}`)).json.data as Json;
    expect(shown).toMatchObject({ state: { present: 0 }, calendar: { space_id: blue } });
    expect((await client(`/locations/${location}/spaces/${blue}?${words}`)).json.data).toEqual(shown);
    expect((await client(`/locations/${location}/spaces?${words}&query=blue`)).json.data).toEqual([shown]);
  });

  it('are shown below it, and below no other', async () => {
    const [one, other] = [await place(), await place()];
    const space = await room(one);
    expect((await client(`/locations/${one}/spaces/${space}`)).json.data).toEqual(
      (await client(`/spaces/${space}`)).json.data,
    );
    for (const path of [`/locations/${other}/spaces/${space}`, `/locations/x/spaces/${space}`])
      expect((await client(path)).status).toBe(404);
  });
});

describe('free and busy', () => {
  const WINDOW = 'after=2031-03-05T09:00:00-05:00&before=2031-03-05T17:00:00-05:00';
  const BOUNDS = { from: '2031-03-05T09:00:00-05:00', to: '2031-03-05T17:00:00-05:00' };

  it('lists only spaces with a gap of the asked length inside the window', async () => {
    const location = await place();
    const [open, early, late, middle, full] = [
      await room(location),
      await room(location),
      await room(location),
      await room(location),
      await room(location),
    ];
    // Gaps of 9 to 10, 16 to 17 and 12 to 13; the last space is taken from before to after the window.
    await book(early, 10, 8);
    await book(late, 8, 8);
    await book(middle, 9, 3);
    await book(middle, 13, 4);
    await book(full, 7, 12);
    const ids = async (duration: string): Promise<unknown> =>
      spacesOf(await client(`/free-busy/spaces?location_ids=${location}&${WINDOW}&duration=${duration}`));
    const withAnHour = [open, early, late, middle];
    for (const hour of ['60', 'PT60M', 'PT1H', 'PT3600S'])
      expect([hour, await ids(hour)]).toEqual([hour, withAnHour]);
    expect(await ids('61')).toEqual([open]);
    expect(await ids('PT8H')).toEqual([open]);
    expect(await ids('P1D')).toEqual([]);
    expect(await ids('1')).toEqual(withAnHour);
    expect(await ids('60&per_page=2&page=2')).toEqual([late, middle]);
    for (const duration of [60, '60', 'PT1H'])
      expect(
        spacesOf(
          await client('/free-busy/spaces', {
            body: { scope: { location_ids: [location] }, view_options: { bounds: BOUNDS, duration } },
          }),
        ),
      ).toEqual(withAnHour);
  });

  it.each(['0', '-5', 'x', 'P', 'PT', 'PT0M', 'P400D', '1.5', '999999'])(
    'with a duration of %s is refused by 400',
    async (duration) => {
      const asked = await client(`/free-busy/spaces?duration=${duration}`);
      expect([asked.status, Object.keys(asked.json.meta.more_info)]).toEqual([400, ['duration']]);
      const posted = await client('/free-busy/spaces', { body: { view_options: { duration } } });
      expect([posted.status, Object.keys(posted.json.meta.more_info)]).toEqual([400, ['view_options']]);
    },
  );

  it('lists only spaces with the asked text in name or description', async () => {
    const location = await place();
    const [blue, red] = [await room(location, { name: 'Blue' }), await room(location, { name: 'Red' })];
    await describeAs(red, 'Has a beamer');
    const ids = async (query: string): Promise<unknown> =>
      spacesOf(await client(`/free-busy/spaces?location_ids=${location}&query=${query}`));
    expect(await ids('bLUE')).toEqual([blue]);
    expect(await ids('Beamer')).toEqual([red]);
    expect(await ids('green')).toEqual([]);
    const body = { scope: { location_ids: [location] }, filters: { query: 'beamer' } };
    expect(spacesOf(await client('/free-busy/spaces', { body }))).toEqual([red]);
  });

  it('lists only spaces that have all of the asked amenities', async () => {
    const location = await place();
    const [both, one] = [await room(location), await room(location)];
    const { rows } = await app.open.pool.query<{ id: number }>(
      `INSERT INTO spaces.amenities (organization_id, name, created_at, updated_at)
       VALUES ($1, 'Screen', now(), now()), ($1, 'Window', now(), now()) RETURNING id`,
      [client.tenant.id],
    );
    const [screen = 0, window = 0] = rows.map(({ id }) => id);
    await app.open.pool.query(
      `INSERT INTO spaces.space_amenities (organization_id, space_id, amenity_id)
       VALUES ($1, $2, $4), ($1, $2, $5), ($1, $3, $4)`,
      [client.tenant.id, both, one, screen, window],
    );
    const asked = async (...ids: number[]): Promise<unknown[]> => {
      const query = `/free-busy/spaces?location_ids=${location}&amenity_ids=${ids.join(',')}`;
      const byQuery = spacesOf(await client(query));
      const body = { scope: { location_ids: [location] }, filters: { amenity_ids: ids } };
      expect(spacesOf(await client('/free-busy/spaces', { body }))).toEqual(byQuery);
      return byQuery;
    };
    expect(await asked()).toEqual([both, one]);
    expect(await asked(screen)).toEqual([both, one]);
    expect(await asked(window, screen, window)).toEqual([both]);
    expect(await asked(screen, 1_999_999)).toEqual([]);
  });

  it('shows spaces out of service, unless they are not wanted', async () => {
    const location = await place();
    const [open, closed] = [await room(location), await room(location, { isDisabled: true })];
    const ids = async (filters: Json): Promise<unknown> =>
      spacesOf(await client('/free-busy/spaces', { body: { scope: { location_ids: [location] }, filters } }));
    expect(await ids({})).toEqual([open, closed]);
    expect(await ids({ include_unbookable: null })).toEqual([open, closed]);
    expect(await ids({ include_unbookable: true })).toEqual([open, closed]);
    expect(await ids({ include_unbookable: false })).toEqual([open]);
    const refused = await client('/free-busy/spaces', { body: { filters: { include_unbookable: 'no' } } });
    expect([refused.status, Object.keys(refused.json.meta.more_info)]).toEqual([400, ['filters']]);
  });

  it('ignores how a client wants its rows prioritized', async () => {
    for (const prioritization_type of ['least_used', 7, null])
      expect(
        (await client('/free-busy/spaces', { body: { view_options: { prioritization_type } } })).status,
      ).toBe(200);
  });
});
