import type { Scenario } from './scenario.js';
import { admin } from './scenarios/admin.js';
import { kills } from './scenarios/kills.js';
import { hostileValues } from './scenarios/hostile-values.js';
import { races } from './scenarios/races.js';
import { replays } from './scenarios/replays.js';
import { slowPeers } from './scenarios/slow-peers.js';
import { soak } from './scenarios/soak.js';
import { tenants } from './scenarios/tenants.js';

/** By the name that `--only` takes, in the order in which they run. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  races,
  replays,
  tenants,
  admin,
  hostile: hostileValues,
  'slow-peers': slowPeers,
  soak,
  kills,
};
