import { Draw } from '../dataset/draw.js';
import { postToCalendar, SIGNING_CLEAN_UP, type RealmsMediaType } from './realms-requests.js';
import type { Scenario } from './scenario.js';

/** Only created events have this name, by which they are deleted again. */
const MARK = 'Made by the bench';

/** The fields of the product's own sample. */
interface NewEvent {
  readonly title: string;
  readonly description: string;
  readonly start: string;
  readonly has_end: string;
  readonly end: string;
  readonly type: string;
}

export const realmsCreateJson = createIn('application/json', 'JSON', JSON.stringify);
export const realmsCreateXml = createIn('text/xml', 'XML', xmlOf);

function createIn(type: RealmsMediaType, word: string, write: (event: NewEvent) => string): Scenario {
  return {
    name: `realms-create-${word.toLowerCase()}`,
    title: `realm calendars: create in ${word}`,
    kind: 'load',
    needs: ['realms'],
    requests: ({ realms: { schools } }) => {
      const draw = new Draw(72);
      return Array.from({ length: 10_000 }, (_, index) => {
        const day = `2031-05-${String(1 + draw.below(28)).padStart(2, '0')}`;
        const event = {
          title: `${MARK}, part ${1 + (index % 5)}`,
          description: index % 2 === 0 ? '' : 'Bring "pen" & paper; x < y will be explained.',
          start: `${day} 16:30:00`,
          has_end: '1',
          end: `${day} 18:30:00`,
          type: 'event',
        };
        return postToCalendar(draw, draw.from(schools), type, write(event));
      });
    },
    varying: ['id', 'links'],
    cleanUp: [
      `DELETE FROM realms.events WHERE title LIKE '${MARK}%'`,
      'VACUUM realms.events',
      ...SIGNING_CLEAN_UP,
      'CHECKPOINT',
    ],
    goals: [{ figure: 'share of raw', atLeast: 0.9 }],
  };
}

function xmlOf(event: NewEvent): string {
  const fields = Object.entries(event).map(
    ([name, value]: [string, string]) =>
      `  <${name}>${value.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</${name}>`,
  );
  return ['<?xml version="1.0" encoding="utf-8"?>', '<body>', ...fields, '</body>'].join('\n');
}
