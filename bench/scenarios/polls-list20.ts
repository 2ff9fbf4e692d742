import { Draw } from '../dataset/draw.js';
import { getPolls } from './polls-requests.js';
import type { Scenario } from './scenario.js';

const PAGE = 20;

export const pollsList20: Scenario = {
  name: 'polls-list20',
  title: 'poll-scheduled events: list of 20 with dates, places, people, votes and messages',
  kind: 'load',
  needs: ['polls'],
  requests: ({ polls: { organizations, eventsEach } }) => {
    const draw = new Draw(51);
    return Array.from({ length: 5_000 }, () =>
      getPolls(draw.from(organizations), `?limit=${PAGE}&page=${1 + draw.below(eventsEach / PAGE)}`),
    );
  },
  rows: PAGE,
  goals: [{ figure: 'share of raw', atLeast: 0.9 }],
};
