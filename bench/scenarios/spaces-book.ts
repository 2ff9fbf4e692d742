import { Draw } from '../dataset/draw.js';
import { FREE_FROM } from '../dataset/spaces.js';
import type { Scenario } from './scenario.js';
import { postBooking } from './spaces-requests.js';

/** Only bookings of the bench are called so; that is how they are found again and taken away. */
export const MARK = 'Made by the bench';
const HOUR = 3_600_000;

/** Takes away what was booked. */
export const UNBOOK = [
  `DELETE FROM spaces.events WHERE title LIKE '${MARK}%'`,
  'VACUUM spaces.events, spaces.holds, spaces.invitees',
  'CHECKPOINT',
];

/** Fields that two bookings of one slot differ in. */
export const VARYING = [
  'id',
  'uid',
  'invitees.0.id',
  'invitees.0.event_id',
  'invitees.0.created_at',
  'invitees.0.updated_at',
];

/** Where the hours of free slots begin, by their number. */
export function freeHour(number: number): number {
  return Date.parse(FREE_FROM) + number * HOUR;
}

export const spacesBook: Scenario = {
  name: 'spaces-book',
  title: 'spaces: book a free slot',
  kind: 'load',
  needs: ['spaces'],
  // No slot comes twice: each is as many hours after the first as there are requests before it.
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
  goals: [{ figure: 'throughput ratio', atLeast: 0.9 }],
};
