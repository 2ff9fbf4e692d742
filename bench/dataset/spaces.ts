import type { Client } from 'pg';
import { digestOf, lookupOf } from '../../src/auth/credentials/bearer-key.js';
import { secretOf256Bits } from '../../src/core/random-code.js';
import { CREATE_BOOKINGS, CREATE_PLACES } from './spaces.sql.js';

/** An organization with spaces, and the client of one of its members. */
export interface BenchSpaces {
  readonly organizationId: number;
  readonly key: string;
  readonly spaceIds: readonly number[];
}

export interface SpacesData {
  readonly organizations: readonly BenchSpaces[];
}

const ORGANIZATIONS = 25;
export const SPACES_EACH = 20;

/** Consecutive weeks from a Monday on, in which every space is booked alike; 09:00 in New York. */
export interface Season {
  readonly from: string;
  readonly weeks: number;
  readonly eventsADay: number;
}

/** 20 events a week and space. */
export const FULL_WEEKS: Season = { from: '2031-01-06T14:00:00Z', weeks: 7, eventsADay: 4 };
/** 10 events a week and space. */
export const CALM_WEEKS: Season = { from: '2031-03-03T14:00:00Z', weeks: 6, eventsADay: 2 };
/** Nothing is booked after this. */
export const FREE_FROM = '2032-01-05T14:00:00Z';

const DAY = 86_400_000;

/** The bounds of a week of a season: they include all events of the seven days from its Monday on. */
export function weekOf({ from }: Season, week: number): { readonly after: string; readonly before: string } {
  const monday = Date.parse(from) - (Date.parse(from) % DAY) + week * 7 * DAY;
  return { after: new Date(monday).toISOString(), before: new Date(monday + 7 * DAY).toISOString() };
}

/** 25 organizations with 20 spaces each, and 200 bookings in each space: 100,000. */
export async function loadSpaces(client: Client): Promise<SpacesData> {
  const organizations: BenchSpaces[] = [];
  for (let number = 1; number <= ORGANIZATIONS; number++) {
    const organization = await createPlaces(client, number, SPACES_EACH);
    for (const season of [FULL_WEEKS, CALM_WEEKS]) await book(client, organization, season);
    organizations.push(organization);
  }
  return { organizations };
}

/** An organization whose spaces are all free. */
export async function createPlaces(client: Client, number: number, spaces: number): Promise<BenchSpaces> {
  const key = secretOf256Bits();
  const { rows } = await client.query<{ organization_id: number; id: number }>(CREATE_PLACES, [
    `Building ${number}`,
    `building-${number}`,
    `ada@building-${number}.example`,
    `grace@building-${number}.example`,
    lookupOf(key),
    digestOf(key),
    spaces,
  ]);
  const [first] = rows;
  if (first === undefined) throw new Error('An insert answered no row.');
  return { organizationId: first.organization_id, key, spaceIds: rows.map(({ id }) => id) };
}

/** Books all spaces of an organization for a season. */
export async function book(client: Client, { organizationId }: BenchSpaces, season: Season): Promise<void> {
  await client.query(CREATE_BOOKINGS, [organizationId, season.from, season.weeks, season.eventsADay]);
}
