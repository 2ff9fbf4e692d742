import type { Surface } from '../auth/surface.js';
import { companiesSurface } from './companies/companies.surface.js';
import { pollsSurface } from './polls/polls.surface.js';
import { realmsSurface } from './realms/realms.surface.js';
import { spacesSurface } from './spaces/spaces.surface.js';
import { trainingSurface } from './training/training.surface.js';

/** The products spoken here. Modules, parsers, documents and the filter are wired from this list: one line each. */
export const SURFACES: readonly Surface[] = [
  trainingSurface,
  spacesSurface,
  realmsSurface,
  pollsSurface,
  companiesSurface,
];
