import type { Scenario } from './scenario.js';
import { freeHour, MARK, UNBOOK, VARYING } from './spaces-book.js';
import { postBooking } from './spaces-requests.js';

export const spacesBookOne: Scenario = {
  name: 'spaces-book-one',
  title: 'spaces: 64 clients book free slots of the same space',
  kind: 'load',
  needs: ['spaces'],
  connections: 64,
  requests: ({ spaces: { organizations } }) => {
    const [organization] = organizations;
    const space = organization?.spaceIds[0];
    if (organization === undefined || space === undefined) throw new Error('There is no space.');
    return Array.from({ length: 40_000 }, (_, index) =>
      postBooking(organization, space, `${MARK} ${index}`, freeHour(index)),
    );
  },
  onlyOnce: true,
  varying: VARYING,
  cleanUp: UNBOOK,
  goals: [{ figure: 'p99 ms', below: 250 }],
};
