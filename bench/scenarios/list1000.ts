import { Draw } from '../dataset/draw.js';
import type { Scenario } from './scenario.js';
import { get } from './training-requests.js';

export const list1000: Scenario = {
  name: 'list1000',
  title: 'list of 1,000',
  kind: 'load',
  needs: ['training'],
  requests: ({ training }) => {
    const draw = new Draw(1_000);
    return Array.from({ length: 5_000 }, () => get(draw.from(training.organizations)));
  },
  rows: 1_000,
  goals: [],
};
