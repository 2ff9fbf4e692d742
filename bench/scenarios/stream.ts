import { CROWDED_EVENTS } from '../dataset/training.js';
import type { Scenario } from './scenario.js';
import { get } from './training-requests.js';

export const stream: Scenario = {
  name: 'stream',
  title: '100,000 events in one answer',
  kind: 'stream',
  needs: ['training'],
  requests: ({ training }) => [get(training.crowded)],
  rows: CROWDED_EVENTS,
  goals: [
    { figure: 'first byte ms', below: 50 },
    { figure: 'memory over idle MB', below: 15 },
    { figure: 'share of raw', atLeast: 0.9 },
  ],
};
