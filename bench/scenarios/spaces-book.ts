import { Draw } from '../dataset/draw.js';
import { FREE_FROM } from '../dataset/spaces.js';
import type { Scenario } from './scenario.js';
import { postBooking } from './spaces-requests.js';

/** Only these bookings are called so; that is how they are found again and taken away. */
const MARK = 'Made by the bench';
const HOUR = 3_600_000;

/** Takes away what `spaces-book` and its relatives have booked. */
export const UNBOOK = [
  `DELETE FROM spaces.events WHERE title LIKE '${MARK}%'`,
  'VACUUM spaces.events, spaces.holds, spaces.invitees',
  'CHECKPOINT',
];

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
      const start = Date.parse(FREE_FROM) + index * HOUR;
      return postBooking(organization, draw.from(organization.spaceIds), `${MARK} ${index}`, start);
    });
  },
  onlyOnce: true,
  varying: [
    'id',
    'uid',
    'invitees.0.id',
    'invitees.0.event_id',
    'invitees.0.created_at',
    'invitees.0.updated_at',
  ],
  cleanUp: UNBOOK,
  goals: [{ figure: 'throughput ratio', atLeast: 0.9 }],
};
