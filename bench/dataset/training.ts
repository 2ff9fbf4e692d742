import type { Client } from 'pg';
import { digestOf, lookupOf } from '../../src/auth/credentials/bearer-key.js';
import { publicId, secretOf256Bits } from '../../src/core/random-code.js';
import { CREATE_EVENTS } from './training-events.sql.js';

/** An organization and its client. */
export interface TrainingOrganization {
  readonly id: number;
  readonly key: string;
  readonly classId: string;
  readonly owner: string;
}

export interface TrainingData {
  readonly organizations: readonly TrainingOrganization[];
  /** Some of their events, in random order. */
  readonly events: readonly { readonly organization: TrainingOrganization; readonly id: string }[];
  /** The organization whose list is long enough to be streamed. */
  readonly crowded: TrainingOrganization;
}

const ORGANIZATIONS = 100;
const EVENTS_EACH = 1_000;
export const CROWDED_EVENTS = 100_000;
const SAMPLE = 30_000;

/** 100 organizations of 1,000 events each, and one of 100,000. */
export async function loadTraining(client: Client): Promise<TrainingData> {
  const organizations: TrainingOrganization[] = [];
  for (let number = 1; number <= ORGANIZATIONS + 1; number++) {
    organizations.push(await loadOrganization(client, number));
  }
  const crowded = organizations.pop();
  if (crowded === undefined) throw new Error('There is no organization.');
  for (const organization of organizations) await loadEvents(client, organization, EVENTS_EACH);
  await loadEvents(client, crowded, CROWDED_EVENTS);
  return { organizations, crowded, events: await sampleEvents(client, organizations) };
}

export async function loadOrganization(client: Client, number: number): Promise<TrainingOrganization> {
  const owner = `host@academy-${number}.example`;
  const key = secretOf256Bits();
  const classId = publicId();
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO tenancy.organizations (name, slug, created_at) VALUES ($1, $2, now()) RETURNING id`,
    [`Academy ${number}`, `academy-${number}`],
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('An insert answered no row.');
  await client.query(
    `WITH m AS (
       INSERT INTO tenancy.members (organization_id, training_id, polls_id, email, name, created_at)
       VALUES ($1, $2, $3, $4, 'Ada Lovelace', now()) RETURNING organization_id, id),
     c AS (
       INSERT INTO training.classes
         (organization_id, id, name, owner_id, description, resources, presentation_notes, created_at, updated_at)
       SELECT organization_id, $5, 'Kubernetes', id, NULL, '[]', '[]', now(), now() FROM m)
     INSERT INTO tenancy.credentials (organization_id, surface, lookup, secret_sha256, label, created_at)
     VALUES ($1, 'training', $6, $7, 'bench', now())`,
    [id, publicId(), publicId(), owner, classId, lookupOf(key), digestOf(key)],
  );
  return { id, key, classId, owner };
}

export async function loadEvents(client: Client, { id }: TrainingOrganization, count: number): Promise<void> {
  await client.query(CREATE_EVENTS, [id, count]);
}

async function sampleEvents(
  client: Client,
  organizations: readonly TrainingOrganization[],
): Promise<TrainingData['events']> {
  const { rows } = await client.query<{ organization_id: number; id: string }>(
    `SELECT organization_id, id FROM training.events WHERE organization_id = ANY ($1) ORDER BY md5(id) LIMIT $2`,
    [organizations.map(({ id }) => id), SAMPLE],
  );
  const byId = new Map(organizations.map((organization) => [organization.id, organization]));
  return rows.flatMap((row) => {
    const organization = byId.get(row.organization_id);
    return organization === undefined ? [] : [{ organization, id: row.id }];
  });
}
