import { Draw } from '../dataset/draw.js';
import type { Scenario } from './scenario.js';
import { get } from './training-requests.js';

export const list20: Scenario = {
  name: 'list20',
  title: 'list of 20',
  kind: 'load',
  needs: ['training'],
  requests: ({ training }) => {
    const draw = new Draw(20);
    return Array.from({ length: 5_000 }, () => get(draw.from(training.organizations), '?limit=20'));
  },
  rows: 20,
  batched: true,
  goals: [
    { figure: 'share of batched', atLeast: 0.85 },
    { figure: 'share of raw', atLeast: 0.9 },
  ],
};
