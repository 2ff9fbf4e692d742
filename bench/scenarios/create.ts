import { Draw } from '../dataset/draw.js';
import type { Scenario } from './scenario.js';
import { post } from './training-requests.js';

/** Only created events have this name, by which they are deleted again. */
const MARK = 'Made by the bench';

export const create: Scenario = {
  name: 'create',
  title: 'create',
  kind: 'load',
  needs: ['training'],
  requests: ({ training }) => {
    const draw = new Draw(16);
    return Array.from({ length: 10_000 }, (_, index) => {
      const organization = draw.from(training.organizations);
      const start = Date.UTC(2031, 0, 1, 8) + draw.below(5_000) * 900_000;
      return post(organization, {
        name: `${MARK}, day ${1 + (index % 5)}`,
        owner: organization.owner,
        class_id: organization.classId,
        date_start: new Date(start).toISOString(),
        date_end: new Date(start + 8 * 3_600_000).toISOString(),
        include_chat: index % 2 === 0,
        ...(index % 3 === 0 && {
          description: 'Bring a laptop. We start with a tour of the "lab" → then pairs.',
        }),
        ...(index % 4 === 0 && { tas: [`tim.${index}@academy.example`] }),
      });
    });
  },
  varying: ['id', 'token', 'event_link'],
  cleanUp: [`DELETE FROM training.events WHERE name LIKE '${MARK}%'`, 'VACUUM training.events', 'CHECKPOINT'],
  batched: true,
  goals: [
    { figure: 'share of batched', atLeast: 0.8 },
    { figure: 'share of raw', atLeast: 0.9 },
  ],
};
