import { Draw } from '../dataset/draw.js';
import { getCalendar, SIGNING_CLEAN_UP, type RealmsMediaType } from './realms-requests.js';
import type { Scenario } from './scenario.js';

const PER_PAGE = 20;

export const realmsListJson = listIn('application/json', 'JSON');
export const realmsListXml = listIn('text/xml', 'XML');

function listIn(type: RealmsMediaType, word: string): Scenario {
  return {
    name: `realms-list-${word.toLowerCase()}`,
    title: `realm calendars: list of ${PER_PAGE} in ${word}`,
    kind: 'load',
    needs: ['realms'],
    requests: ({ realms: { schools, eventsEach } }) => {
      const draw = new Draw(71);
      return Array.from({ length: 5_000 }, () => {
        const start = PER_PAGE * draw.below(eventsEach / PER_PAGE);
        return getCalendar(draw, draw.from(schools), type, `?start=${start}&limit=${PER_PAGE}`);
      });
    },
    rows: PER_PAGE,
    cleanUp: SIGNING_CLEAN_UP,
    goals: [{ figure: 'share of raw', atLeast: 0.9 }],
  };
}
