import type { Scenario } from './scenario.js';
import { get } from './training-requests.js';

export const one: Scenario = {
  name: 'one',
  title: 'one event',
  kind: 'load',
  needs: ['training'],
  requests: ({ training }) => training.events.map(({ organization, id }) => get(organization, `/${id}`)),
  batched: true,
  goals: [
    { figure: 'share of batched', atLeast: 0.8 },
    { figure: 'share of raw', atLeast: 0.9 },
  ],
};
