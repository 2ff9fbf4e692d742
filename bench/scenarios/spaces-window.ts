import { Draw } from '../dataset/draw.js';
import { FULL_WEEKS, weekOf } from '../dataset/spaces.js';
import type { Scenario } from './scenario.js';
import { getSpaces } from './spaces-requests.js';

export const spacesWindow: Scenario = {
  name: 'spaces-window',
  title: 'spaces: 20 events of one space in 7 days',
  kind: 'load',
  needs: ['spaces'],
  requests: ({ spaces: { organizations } }) => {
    const draw = new Draw(71);
    return Array.from({ length: 20_000 }, () => {
      const organization = draw.from(organizations);
      const { after, before } = weekOf(FULL_WEEKS, draw.below(FULL_WEEKS.weeks));
      const window = `after=${after}&before=${before}&per_page=20`;
      return getSpaces(organization, `/spaces/${draw.from(organization.spaceIds)}/events?${window}`);
    });
  },
  rows: 20,
  goals: [{ figure: 'share of raw', atLeast: 0.9 }],
};
