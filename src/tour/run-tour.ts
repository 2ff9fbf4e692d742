import type { SurfaceName } from '../core/surface-name.js';
import { TourClient } from './client.js';
import { companiesTour } from './companies.js';
import { keyOf } from './keys.js';
import { pollsTour } from './polls.js';
import type { TourPrinter } from './printer.js';
import type { PageLink, ProductTour } from './product-tour.js';
import { realmsTour } from './realms.js';
import { spacesTour } from './spaces.js';
import type { TourTarget } from './target.js';
import { trainingTour } from './training.js';

const PRODUCT_TOURS: readonly (readonly [SurfaceName, string, ProductTour])[] = [
  ['training', 'Training events, as clients of Strigo know them', trainingTour],
  ['spaces', 'Space bookings, as clients of Robin know them', spacesTour],
  ['realms', 'Realm calendars, as clients of Schoology know them', realmsTour],
  ['polls', 'Poll-scheduled events, as clients of Vyte know them', pollsTour],
  ['companies', 'Company events, as clients of Animo know them', companiesTour],
];

/** Runs the tours of all products, one after the other; throws at the first unexpected status. */
export async function runTour({ address, demo, demoFile }: TourTarget, printer: TourPrinter): Promise<void> {
  const pages: PageLink[] = [];
  for (const [surface, title, productTour] of PRODUCT_TOURS) {
    const key = keyOf(surface, demo[surface], demoFile);
    printer.section(title, key.setup);
    const page = await productTour({ client: new TourClient(address, key, printer), demo });
    if (page !== undefined) pages.push(page);
  }
  printer.nextSteps('What to try next', [
    ...pages.map(({ text, path }) => [text, address + path] as const),
    ['Every call of every product, in the browser:', `${address}/docs`],
    ['The client that you have: give it this address and a credential of', demoFile],
  ]);
}
