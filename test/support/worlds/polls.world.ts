import fc, { type Arbitrary } from 'fast-check';
import type { TestApp } from '../app.js';
import { RowOf, Rows } from '../openapi/rows.js';
import { aPoll, givenPollsClient } from '../polls.js';
import { bearing, one, ZONES, type World } from './world.js';

export async function pollsWorld(app: TestApp, hookAddress: string): Promise<World> {
  const client = await givenPollsClient(app);
  const rows = new Rows();
  const { json } = await client('/hooks', { body: { url: hookAddress } });
  rows.add('/v2/hooks/{}', [json._id], true);
  const cancelled = (await client('/events', { body: aPoll() })).json._id as string;
  await client(`/events/${cancelled}/cancel`, { method: 'POST' });
  rows.add('/v2/events/{}', [cancelled]);
  const rowOf = (path: string): Arbitrary<unknown> => fc.nat(20).map((index) => new RowOf(path, index));
  return {
    rows,
    credentials: bearing(client.key),
    wrongCredentials: bearing(`${client.key.slice(1)}x`),
    references: {
      // Nothing is sent to anybody else.
      url: one(hookAddress),
      user: one(client.pollsId),
      email: one('creator@example.com', 'grace@example.com', 'alan@example.com', 'ada@example.org'),
      _id: one(null),
      key: one(null),
      invitee: rowOf('/v2/events/{}/invitees/{}'),
      d: rowOf('/v2/events/{}/dates/{}'),
      p: rowOf('/v2/events/{}/places/{}'),
    },
    steered: {
      timezone: ZONES,
      date: one('2031-07-16T09:00:00', '2031-07-16T09:00:00+02:00', '2031-07-17'),
      end_date: one('2031-07-18T10:00:00', '2031-07-19T10:00:00Z'),
    },
    bodies: {
      createPollEvent: fc.constant({
        created_by: { email: 'creator@example.com' },
        dates: [{ date: '2031-07-16T09:00:00', end_date: '2031-07-16T10:00:00' }],
        places: [{ name: 'Room 3' }],
      }),
      voteOnPollEvent: fc.constant({ dates: {}, places: {} }),
    },
    exampleExceptions: { voteOnPollEvent: { dates: {}, places: {} } },
    endings: ['cancelPollEvent', 'deletePollInviteeByPost'],
  };
}
