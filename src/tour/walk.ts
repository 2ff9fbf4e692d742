import type { SurfaceName } from '../core/surface-name.js';
import { companiesStory } from './companies.js';
import { Guide } from './guide.js';
import { keyOf } from './keys.js';
import { pollsStory } from './polls.js';
import { realmsStory } from './realms.js';
import { spacesStory } from './spaces.js';
import type { Route } from './route.js';
import type { Leftover, Story } from './story.js';
import type { Teller } from './teller.js';
import { trainingStory } from './training.js';

const CHAPTERS: readonly (readonly [SurfaceName, string, Story])[] = [
  ['training', 'Training events, as clients of Strigo know them', trainingStory],
  ['spaces', 'Space bookings, as clients of Robin know them', spacesStory],
  ['realms', 'Realm calendars, as clients of Schoology know them', realmsStory],
  ['polls', 'Poll-scheduled events, as clients of Vyte know them', pollsStory],
  ['companies', 'Company events, as clients of Animo know them', companiesStory],
];

/** Walks through all products; throws where one answers otherwise than its story goes. */
export async function walk({ address, demo, demoFile }: Route, teller: Teller): Promise<void> {
  const leftovers: Leftover[] = [];
  for (const [surface, title, story] of CHAPTERS) {
    const key = keyOf(surface, demo[surface], demoFile);
    teller.chapter(title, key.preparation);
    const leftover = await story({ guide: new Guide(address, key, teller), demo });
    if (leftover !== undefined) leftovers.push(leftover);
  }
  teller.end('What to try next', [
    ...leftovers.map(({ text, path }) => [text, address + path] as const),
    ['Every call of every product, in the browser:', `${address}/docs`],
    ['The client that you have: give it this address and a credential of', demoFile],
  ]);
}
