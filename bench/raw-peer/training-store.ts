import type { Pool } from 'pg';
import { Batch } from './batch.js';
import { CREATE, CREATE_MANY, FIND, FIND_MANY, PAGE, PAGE_MANY, type EventRow } from './statements.js';

/** A new event, with the columns of its row. */
export interface NewRow {
  readonly organization_id: number;
  readonly id: string;
  token: string;
  readonly name: string;
  readonly owner: string;
  readonly class_id: string;
  readonly availability: string;
  readonly description: string | null;
  readonly date_start: string;
  readonly date_end: string;
  readonly include_chat: boolean;
  readonly include_video: boolean;
  readonly tas: readonly string[];
  readonly trainees: readonly string[];
  readonly partner_id: string | null;
  readonly use_new_terminal: boolean;
}

/** Reads and writes training events. */
export interface TrainingStore {
  find(organization: number, id: string): Promise<EventRow | undefined>;
  page(organization: number, limit: number): Promise<readonly EventRow[]>;
  create(row: NewRow): Promise<EventRow | undefined>;
}

/** One statement for each request. */
export function plainStore(pool: Pool): TrainingStore {
  return {
    find: async (organization, id) =>
      (await pool.query<EventRow>({ name: 'find', text: FIND, values: [organization, id] })).rows[0],
    page: async (organization, limit) =>
      (await pool.query<EventRow>({ name: 'page', text: PAGE, values: [organization, limit] })).rows,
    create: async (row) =>
      (await pool.query<EventRow>({ name: 'create', text: CREATE, values: Object.values(row) })).rows[0],
  };
}

/** Statements under way of each kind; more make smaller batches. */
const RUNNING = 2;
const MOST_READS = 128;
const MOST_PAGES = 16;

type Numbered = EventRow & { readonly number: number };

/** One statement for the requests that are there together. */
export function batchedStore(pool: Pool): TrainingStore {
  const finds = new Batch<{ organization: number; id: string }, EventRow | undefined>(
    async (items) => {
      const values = [items.map(({ organization }) => organization), items.map(({ id }) => id)];
      return numbered(
        await pool.query<Numbered>({ name: 'find-many', text: FIND_MANY, values }),
        items.length,
      );
    },
    RUNNING,
    MOST_READS,
  );
  const pages = new Batch<{ organization: number; limit: number }, readonly EventRow[]>(
    async (items) => {
      const values = [items.map(({ organization }) => organization), items.map(({ limit }) => limit)];
      const { rows } = await pool.query<Numbered>({ name: 'page-many', text: PAGE_MANY, values });
      const lists: EventRow[][] = items.map(() => []);
      for (const row of rows) lists[row.number - 1]?.push(row);
      return lists;
    },
    RUNNING,
    MOST_PAGES,
  );
  const creates = new Batch<NewRow, EventRow | undefined>(
    async (rows) => {
      const values = [JSON.stringify(rows)];
      return numbered(
        await pool.query<Numbered>({ name: 'create-many', text: CREATE_MANY, values }),
        rows.length,
      );
    },
    RUNNING,
    MOST_READS,
  );
  return {
    find: (organization, id) => finds.add({ organization, id }),
    page: (organization, limit) => pages.add({ organization, limit }),
    create: (row) => creates.add(row),
  };
}

function numbered({ rows }: { rows: readonly Numbered[] }, count: number): (EventRow | undefined)[] {
  const found = new Array<EventRow | undefined>(count).fill(undefined);
  for (const row of rows) found[row.number - 1] = row;
  return found;
}
