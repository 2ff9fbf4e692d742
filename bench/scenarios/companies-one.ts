import { Draw } from '../dataset/draw.js';
import { getEvents } from './companies-requests.js';
import type { Scenario } from './scenario.js';

export const companiesOne: Scenario = {
  name: 'companies-one',
  title: 'company events: one with its page and cohosts',
  kind: 'load',
  needs: ['companies'],
  requests: ({ companies: { companies, eventsEach } }) => {
    const draw = new Draw(62);
    return Array.from({ length: 20_000 }, () =>
      getEvents(draw.from(companies), `/meet-up-${1 + draw.below(eventsEach)}`),
    );
  },
  goals: [{ figure: 'share of raw', atLeast: 0.9 }],
};
