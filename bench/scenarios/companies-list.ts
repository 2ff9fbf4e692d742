import { Draw } from '../dataset/draw.js';
import { getEvents } from './companies-requests.js';
import type { Scenario } from './scenario.js';

export const companiesList: Scenario = {
  name: 'companies-list',
  title: 'company events: list of 15 with venue and cohosts',
  kind: 'load',
  needs: ['companies'],
  requests: ({ companies: { companies } }) => {
    const draw = new Draw(61);
    return Array.from({ length: 5_000 }, () => getEvents(draw.from(companies), `?page=${1 + draw.below(5)}`));
  },
  rows: 15,
  goals: [{ figure: 'share of raw', atLeast: 0.9 }],
};
