import { Draw } from '../dataset/draw.js';
import { CALM_WEEKS, SPACES_EACH, weekOf } from '../dataset/spaces.js';
import type { Scenario } from './scenario.js';
import { getSpaces } from './spaces-requests.js';

export const spacesFreeBusy: Scenario = {
  name: 'spaces-free-busy',
  title: 'spaces: free/busy of 20 spaces over a week with 200 events',
  kind: 'load',
  needs: ['spaces'],
  requests: ({ spaces: { organizations } }) => {
    const draw = new Draw(72);
    return Array.from({ length: 2_000 }, () => {
      const organization = draw.from(organizations);
      const { after, before } = weekOf(CALM_WEEKS, draw.below(CALM_WEEKS.weeks));
      const query = `after=${after}&before=${before}&space_ids=${organization.spaceIds.join(',')}`;
      return getSpaces(organization, `/free-busy/spaces?${query}&per_page=${SPACES_EACH}`);
    });
  },
  rows: SPACES_EACH,
  goals: [{ figure: 'share of raw', atLeast: 0.9 }],
};
