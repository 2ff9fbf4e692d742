import type { Instant } from '../../../core/instant.js';
import type { Page } from '../../../core/page.js';
import { spokenCode } from '../../../core/random-code.js';
import { invalidField, type Failure } from '../../../core/failure.js';
import { batchedRead } from '../../../database/batched-read.js';
import { batchedWrite } from '../../../database/batched-write.js';
import {
  columnNames,
  columnTypes,
  selectList,
  setFromJson,
  type Nullable,
} from '../../../database/columns.js';
import { whenRefused } from '../../../database/failures.js';
import { pageExtent, pageSizeFor } from '../../../database/kept-page.js';
import { statement, type Statement } from '../../../database/statement.js';
import type { StreamedRows, Reader } from '../../../database/streams.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import { tellSubscriptions } from '../subscriptions/training-subscription.deliveries.js';
import { classNotFound, ownerUnknown } from '../training.failures.js';
import { TrainingEvent } from './training-event.entity.js';
import type { TrainingEventStatus } from './training-event.lifecycle.js';

/** An event with its owner, as returned by all statements below. */
export type TrainingEventRow = Readonly<Omit<TrainingEvent, 'organization_id' | 'owner_id'>> & {
  readonly owner_email: string;
  readonly owner_training_id: string;
};

/** A new event. `owner` is an e-mail address. */
export type TrainingEventDraft = Readonly<Omit<TrainingEvent, 'organization_id' | 'token' | 'owner_id'>> & {
  readonly owner: string;
};

/** `undefined` leaves a field unchanged; `null` clears it. */
export type TrainingEventChange = {
  readonly [Field in Exclude<keyof TrainingEventDraft, 'id' | 'use_new_terminal'>]:
    TrainingEventDraft[Field] | undefined;
};

export interface TrainingEventFilter {
  readonly status?: TrainingEventStatus | undefined;
  readonly class_id?: string | undefined;
  readonly owner?: string | undefined;
  readonly date_from?: Instant | undefined;
  readonly date_to?: Instant | undefined;
}

const OWN_COLUMNS = selectList(TrainingEvent, 'e', { without: ['organization_id', 'owner_id'] });

/** The columns of a `TrainingEventRow`, from an event `e` and its owner `o`. */
export const EVENT_COLUMNS = `${OWN_COLUMNS}, o.email::text AS owner_email, o.training_id AS owner_training_id`;

export const EVENT_OWNER = `JOIN tenancy.members o ON o.organization_id = e.organization_id AND o.id = e.owner_id`;

const OWNER_NAMED = `(SELECT m.id FROM tenancy.members m WHERE m.organization_id = :organization_id AND m.email = :owner::citext)`;

const FIND = batchedRead<TrainingEventRow>(
  'training.event.find',
  { organization_id: 'integer', id: 'text' },
  `SELECT input.n, ${EVENT_COLUMNS}
     FROM {input}
     JOIN training.events e ON e.organization_id = input.organization_id AND e.id = input.id ${EVENT_OWNER}`,
);

const COLUMN_TYPES = Object.fromEntries(columnTypes(TrainingEvent));

/** Whether owner and class of a new event exist; without its columns if it was not inserted. */
type CreateRow = Nullable<TrainingEventRow> & { readonly has_owner: boolean; readonly has_class: boolean };

const CREATED_COLUMNS = `${OWN_COLUMNS}, r.owner_email, r.owner_training_id`;
const CREATED = 'r.organization_id = e.organization_id AND r.id = e.id';

// An event with an unknown owner or class, or a token that is taken, is not inserted, so that it does not fail others.
const CREATE = batchedWrite<CreateRow>(
  'training.event.create',
  { ...COLUMN_TYPES, owner: 'citext', now: 'timestamptz' },
  `WITH r AS MATERIALIZED (
     SELECT input.*, m.id AS member_id, m.email::text AS owner_email, m.training_id AS owner_training_id,
            c.id AS known_class
       FROM {input}
       LEFT JOIN tenancy.members m ON m.organization_id = input.organization_id AND m.email = input.owner
       LEFT JOIN training.classes c ON c.organization_id = input.organization_id AND c.id = input.class_id),
   e AS (
     INSERT INTO training.events (${columnNames(TrainingEvent).join(', ')})
     SELECT ${columnNames(TrainingEvent)
       .map((name) => (name === 'owner_id' ? 'member_id' : name))
       .join(', ')}
       FROM r WHERE member_id IS NOT NULL AND known_class IS NOT NULL ORDER BY organization_id, token, n
     ON CONFLICT ON CONSTRAINT uq_events_token DO NOTHING
     RETURNING *),
   told AS (${tellSubscriptions('event.create', { columns: CREATED_COLUMNS, from: `e JOIN r ON ${CREATED}`, alias: 'e', at: 'r.now' })})
   SELECT r.n, r.member_id IS NOT NULL AS has_owner, r.known_class IS NOT NULL AS has_class, ${CREATED_COLUMNS}
     FROM r LEFT JOIN e ON ${CREATED}`,
);

/** Told rows of a CTE `e`. */
const WITH_OWNER = { columns: EVENT_COLUMNS, from: `e ${EVENT_OWNER}`, alias: 'e' };

const CHANGEABLE = [
  'name',
  'owner_id',
  'class_id',
  'availability',
  'description',
  'date_start',
  'date_end',
  'include_chat',
  'include_video',
  'tas',
  'trainees',
  'partner_id',
] as const;

// The condition excludes live events. If no row is returned, the caller checks whether the event exists.
const CHANGE = statement<TrainingEventRow>(
  'training.event.change',
  `WITH e AS (
     UPDATE training.events old SET ${setFromJson(TrainingEvent, CHANGEABLE, {
       owner_id: `CASE WHEN :owner::citext IS NULL THEN old.owner_id ELSE ${OWNER_NAMED} END`,
     })}
       FROM (SELECT * FROM training.events WHERE organization_id = :organization_id AND id = :id FOR NO KEY UPDATE) before
      WHERE old.organization_id = before.organization_id AND old.id = before.id
        AND NOT (old.date_start <= :now AND old.date_end > :now)
     RETURNING old.*, old.* IS DISTINCT FROM before.* AS is_changed),
   told AS (${tellSubscriptions('event.update', { ...WITH_OWNER, where: 'e.is_changed' })})
   SELECT ${EVENT_COLUMNS} FROM e ${EVENT_OWNER}`,
);

const DELETE_READY = statement<{ id: string }>(
  'training.event.delete_ready',
  `WITH e AS (
     DELETE FROM training.events WHERE organization_id = :organization_id AND id = :id AND date_start > :now
     RETURNING *),
   told AS (${tellSubscriptions('event.delete', WITH_OWNER)})
   SELECT id FROM e`,
);

/** SQL conditions of the list filters. */
const CONDITIONS = {
  ready: 'e.date_start > :now',
  live: 'e.date_start <= :now AND e.date_end > :now',
  done: 'e.date_end <= :now',
  class_id: 'e.class_id = :class_id',
  owner: 'o.email = :owner::citext',
  date_from: 'e.date_start >= :date_from',
  date_to: 'e.date_start < :date_to',
} as const;

/** Four characters are enough for a million events. Each retry after a collision adds one character. */
const MAX_TOKEN_LENGTH = 12;

/** Training events. Every statement is limited to one organization. */
export class TrainingEventsRepository extends StatementRepository<TrainingEvent> {
  static readonly entity = TrainingEvent;

  async findEvent(organization_id: number, id: string): Promise<TrainingEventRow | undefined> {
    return (await this.readBatched(FIND, [organization_id, id]))[0];
  }

  /** One page, sorted by start and id. */
  list(
    organization_id: number,
    filter: TrainingEventFilter,
    now: Instant,
    page: Page,
  ): Promise<TrainingEventRow[]> {
    return this.all(pageStatement(filter, page), { organization_id, now, ...filter, ...page });
  }

  /** All events in batches, in the same order, from one snapshot. */
  listAll(
    reader: Reader,
    filter: TrainingEventFilter,
    now: Instant,
  ): Promise<StreamedRows<TrainingEventRow>> {
    const values = { organization_id: reader.organizationId, now, ...filter };
    return this.database.stream(
      listStatement('training.event.list', filter, 'all', wholeList),
      values,
      reader,
    );
  }

  /** Inserts an event with a token that is unique in the organization. */
  async insertEvent(
    organization_id: number,
    draft: TrainingEventDraft,
    now: Instant,
  ): Promise<TrainingEventRow> {
    for (let length = 4; length <= MAX_TOKEN_LENGTH; length++) {
      const row = { organization_id, token: spokenCode(length), ...draft, now };
      const created = await whenRefused(this.writeBatched(CREATE, row), REFUSALS);
      if (created === undefined) throw new Error('An insert answered no row.');
      if (!created.has_owner) throw ownerUnknown();
      if (!created.has_class) throw classNotFound();
      if (isInserted(created)) return created;
    }
    throw new Error('No token is free.');
  }

  /** The changed event, or `undefined` if it does not exist or is live. */
  changeEvent(
    organization_id: number,
    id: string,
    now: Instant,
    { owner, ...change }: TrainingEventChange,
  ): Promise<TrainingEventRow | undefined> {
    const write = this.one(CHANGE, { organization_id, id, now, owner, change: JSON.stringify(change) });
    return whenRefused(write, {
      ...REFUSALS,
      ck_events_ends_after_start: () =>
        change.date_end === undefined
          ? invalidField('date_start', 'date_start must be before date_end')
          : invalidField('date_end', 'date_end must be after date_start'),
    });
  }

  /** Deletes an event that has not started. Returns whether a row was deleted. */
  async deleteReady(organization_id: number, id: string, now: Instant): Promise<boolean> {
    return (await this.one(DELETE_READY, { organization_id, id, now })) !== undefined;
  }
}

function isInserted(row: Nullable<TrainingEventRow>): row is TrainingEventRow {
  return row.id !== null;
}

/** Errors for constraint violations. The owner is checked before the class. */
const REFUSALS: Readonly<Record<string, () => Failure>> = {
  'not null: owner_id': ownerUnknown,
  fk_events_class: classNotFound,
};

/** Most rows of a page, see `kept-page.ts`. */
const PAGE_SIZES = [20, 100, 1001];

/** Statements are named by their filters and extent, so that each combination has its own plan. There are at most 448. */
const LISTS = new Map<string, Statement<TrainingEventRow>>();

function pageStatement(filter: TrainingEventFilter, { limit, offset }: Page): Statement<TrainingEventRow> {
  const most = pageSizeFor(limit, PAGE_SIZES);
  return offset === 0
    ? listStatement('training.event.list', filter, String(most), (conditions) => firstPage(conditions, most))
    : listStatement('training.event.page', filter, String(most), (conditions) =>
        laterPage(`${filter.owner === undefined ? '' : EVENT_OWNER} WHERE ${conditions}`, most),
      );
}

function wholeList(conditions: string): string {
  return `SELECT ${EVENT_COLUMNS} FROM training.events e ${EVENT_OWNER} WHERE ${conditions}
           ORDER BY e.date_start, e.id`;
}

function firstPage(conditions: string, most: number): string {
  return `SELECT * FROM (${wholeList(conditions)} LIMIT ${most}) page ORDER BY date_start, id LIMIT :limit`;
}

/** The rows before the page are skipped in the index alone, where each costs a tenth of a row that is read. */
function laterPage(where: string, most: number): string {
  return `SELECT ${EVENT_COLUMNS}
    FROM (SELECT e.organization_id, e.id, e.date_start FROM training.events e ${where}
           ORDER BY e.date_start, e.id ${pageExtent(most)}) page
    JOIN training.events e ON e.organization_id = page.organization_id AND e.id = page.id ${EVENT_OWNER}
   ORDER BY page.date_start, page.id LIMIT :limit`;
}

function listStatement(
  prefix: string,
  { status, ...fields }: TrainingEventFilter,
  extent: string,
  text: (conditions: string) => string,
): Statement<TrainingEventRow> {
  const given = (['class_id', 'owner', 'date_from', 'date_to'] as const).filter(
    (field) => fields[field] !== undefined,
  );
  const filters = status === undefined ? given : [status, ...given];
  const name = [prefix, ...filters, extent].join('.');
  const known = LISTS.get(name);
  if (known !== undefined) return known;
  const conditions = ['e.organization_id = :organization_id', ...filters.map((filter) => CONDITIONS[filter])];
  const made = statement<TrainingEventRow>(name, text(conditions.join(' AND ')));
  LISTS.set(name, made);
  return made;
}
