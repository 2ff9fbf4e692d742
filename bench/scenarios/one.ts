import type { Scenario } from './scenario.js';
import { get } from './training-requests.js';

export const one: Scenario = {
  name: 'one',
  title: 'one event',
  kind: 'load',
  needs: ['training'],
  requests: ({ training }) => training.events.map(({ organization, id }) => get(organization, `/${id}`)),
  goals: [{ figure: 'throughput ratio', atLeast: 1 }],
};
