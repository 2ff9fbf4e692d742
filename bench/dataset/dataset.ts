import type { Client } from 'pg';
import { loadCompanies, type CompaniesData } from './companies.js';
import { loadRealms, type RealmsData } from './realms.js';
import { loadTraining, type TrainingData } from './training.js';

/** What scenarios may ask for; a surface adds its own beside `training`. */
export interface Dataset {
  readonly training: TrainingData;
  readonly companies: CompaniesData;
  readonly realms: RealmsData;
}

/** Fills the freshly migrated database and leaves it as one that has been running for a while. */
export async function loadDataset(client: Client): Promise<Dataset> {
  const training = await loadTraining(client);
  const companies = await loadCompanies(client);
  const realms = await loadRealms(client);
  await client.query('VACUUM (ANALYZE)');
  await client.query('CHECKPOINT');
  return { training, companies, realms };
}
