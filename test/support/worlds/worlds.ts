import { adminWorld } from './admin.world.js';
import { companiesWorld } from './companies.world.js';
import { pollsWorld } from './polls.world.js';
import { realmsWorld } from './realms.world.js';
import { spacesWorld } from './spaces.world.js';
import { trainingWorld } from './training.world.js';
import type { WorldMaker } from './world.js';

/** By document name; admin comes last, since it may delete any tenant. */
export const WORLDS: Readonly<Record<string, WorldMaker>> = {
  training: trainingWorld,
  spaces: spacesWorld,
  realms: realmsWorld,
  polls: pollsWorld,
  companies: companiesWorld,
  admin: adminWorld,
};
