import fc from 'fast-check';
import type { TestApp } from '../app.js';
import { Rows } from '../openapi/rows.js';
import { givenSpace, givenSpacesClient } from '../spaces.js';
import { bearing, one, ZONES, type World } from './world.js';

/** Hours in a span of three years, without an offset. */
const hours = fc.nat(3 * 365 * 24).map((hour) => {
  const at = (add: number): string => new Date(Date.UTC(2031, 0, 1, hour + add)).toISOString().slice(0, 19);
  return [at(0), at(1)] as const;
});

export async function spacesWorld(app: TestApp): Promise<World> {
  const client = await givenSpacesClient(app);
  const { tenant, spaceId, locationId } = client;
  await app.open.pool.query('UPDATE tenancy.members SET is_admin = true WHERE id = $1', [tenant.member.id]);
  const rows = new Rows();
  rows.add('/v1.0/spaces/{}', [spaceId]);
  rows.add('/v1.0/locations/{}', [locationId]);
  rows.add('/v1.0/users/{}', [tenant.member.id]);
  rows.add('/v1.0/organizations/{}', [tenant.id]);
  rows.add('/v1.0/organizations/{}', [tenant.slug]);
  /** A booking that starts now, so that check-in is possible. */
  const bookNow = async (): Promise<string> => {
    const space = await givenSpace(app, tenant, locationId);
    const at = (minutes: number): object => ({
      date_time: new Date(Date.now() + minutes * 60_000).toISOString(),
    });
    const { json } = await client(`/spaces/${space}/events`, {
      body: { title: 'Now', start: at(-1), end: at(60) },
    });
    rows.add('/v1.0/events/{}', [json.data.id], true);
    return json.data.id as string;
  };
  const checkIn = (id: string): Promise<unknown> =>
    client(`/events/${id}/confirmation`, { method: 'PUT', body: {} });
  const people = one(tenant.member.id);
  const bookings = hours.map(([start, end]) => ({
    space_id: spaceId,
    start: { date_time: start, time_zone: 'America/New_York' },
    end: { date_time: end, time_zone: 'America/New_York' },
    started_at: undefined,
    ended_at: undefined,
  }));
  return {
    rows,
    credentials: bearing(client.authorization),
    wrongCredentials: bearing(`${client.authorization}x`),
    references: {
      space_id: one(await givenSpace(app, tenant, locationId)),
      space_ids: one(String(spaceId)),
      location_ids: one(String(locationId)),
      organizer_id: people,
      creator_id: people,
      user_id: people,
    },
    steered: {
      remote_event_id: fc.stringMatching(/^[a-z0-9]{12}$/),
      recurrence: one(null, [], ['RRULE:FREQ=YEARLY;COUNT=2']),
      time_zone: ZONES,
      after: one('2031-03-05T00:00:00Z'),
      before: one('2031-03-09T00:00:00Z'),
    },
    bodies: { createSpaceEvent: bookings, createEvent: bookings, changeEvent: bookings },
    // The latest event is one occurrence of the series that was created.
    exampleExceptions: {
      changeEvent: { space_id: await givenSpace(app, tenant, locationId), recurrence: undefined },
    },
    before: {
      getConfirmation: async () => checkIn(await bookNow()),
      confirmEventByPost: bookNow,
      // Earlier ones already have a check-in.
      confirmEvent: async () => {
        for (let count = 0; count < 5; count++) await bookNow();
      },
    },
  };
}
