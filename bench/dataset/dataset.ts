import type { Client } from 'pg';
import { loadCompanies } from './companies.js';
import { loadPolls } from './polls.js';
import { loadRealms } from './realms.js';
import { loadSpaces } from './spaces.js';
import { loadTraining } from './training.js';

/** The data that scenarios request; surfaces add their own. */
const LOADERS = {
  training: loadTraining,
  companies: loadCompanies,
  spaces: loadSpaces,
  polls: loadPolls,
  realms: loadRealms,
};

export type DatasetPart = keyof typeof LOADERS;
export type Dataset = { readonly [Part in DatasetPart]: Awaited<ReturnType<(typeof LOADERS)[Part]>> };

export const DATASET_PARTS = Object.keys(LOADERS) as DatasetPart[];

/** Fills the freshly migrated database and leaves it as one that has been running for a while. */
export async function loadDataset(client: Client, parts: ReadonlySet<DatasetPart>): Promise<Dataset> {
  const dataset = {};
  for (const part of DATASET_PARTS) {
    const loaded = parts.has(part) ? await LOADERS[part](client) : undefined;
    Object.defineProperty(dataset, part, {
      get: () => {
        if (loaded === undefined)
          throw new Error(`A scenario uses ${part} and does not say that it needs them.`);
        return loaded;
      },
    });
  }
  await client.query('VACUUM (ANALYZE)');
  await client.query('CHECKPOINT');
  return dataset as Dataset;
}
