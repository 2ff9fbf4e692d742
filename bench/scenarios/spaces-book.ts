import { Draw } from '../dataset/draw.js';
import { FREE_FROM } from '../dataset/spaces.js';
import type { Scenario } from './scenario.js';
import { postBooking } from './spaces-requests.js';

/** Only bookings of the bench have this name, by which they are deleted again. */
export const MARK = 'Made by the bench';
const HOUR = 3_600_000;

/** Deletes what was booked. */
export const UNBOOK = [
  `DELETE FROM spaces.events WHERE title LIKE '${MARK}%'`,
  'VACUUM spaces.events, spaces.holds, spaces.invitees',
  'CHECKPOINT',
];

/** Fields in which two bookings of one slot differ. */
export const VARYING = [
  'id',
  'uid',
  'invitees.0.id',
  'invitees.0.event_id',
  'invitees.0.created_at',
  'invitees.0.updated_at',
];

/** Start of a free slot, by its number. */
export function freeHour(number: number): number {
  return Date.parse(FREE_FROM) + number * HOUR;
}

export const spacesBook: Scenario = {
  name: 'spaces-book',
  title: 'spaces: book a free slot',
  kind: 'load',
  needs: ['spaces'],
  // No slot is used twice: each is as many hours after the first as there are requests before it.
  requests: ({ spaces: { organizations } }) => {
    const draw = new Draw(73);
    return Array.from({ length: 40_000 }, (_, index) => {
      const organization = draw.from(organizations);
      return postBooking(organization, draw.from(organization.spaceIds), `${MARK} ${index}`, freeHour(index));
    });
  },
  onlyOnce: true,
  varying: VARYING,
  cleanUp: UNBOOK,
  goals: [{ figure: 'share of raw', atLeast: 0.9 }],
};
