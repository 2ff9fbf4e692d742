import { Injectable } from '@nestjs/common';
import type { Instant } from '../../../core/instant.js';
import type { Page } from '../../../core/page.js';
import { spokenCode } from '../../../core/random-code.js';
import { Database } from '../../../database/database.js';
import { refusedBy, whenRefused } from '../../../database/failures.js';
import { invalidField, type Failure } from '../../../core/failure.js';
import { classNotFound } from '../training.failures.js';
import { batchedRead } from '../../../database/batched-read.js';
import { statement, type Statement } from '../../../database/statement.js';
import type { LongAnswer, Reader } from '../../../database/streams.js';
import type { Availability, TrainingEventStatus } from './training-event.lifecycle.js';

/** An event with its owner, as every statement here answers it. */
export interface TrainingEventRow {
  readonly id: string;
  readonly token: string;
  readonly name: string;
  readonly class_id: string;
  readonly availability: Availability;
  readonly description: string | null;
  readonly date_start: Instant;
  readonly date_end: Instant;
  readonly include_chat: boolean;
  readonly include_video: boolean;
  readonly tas: string[];
  readonly trainees: string[];
  readonly partner_id: string | null;
  readonly use_new_terminal: boolean;
  readonly owner_email: string;
  readonly owner_id: string;
}

/** A new event; its owner is named by e-mail address. */
export interface TrainingEventDraft {
  readonly id: string;
  readonly name: string;
  readonly owner: string;
  readonly class_id: string;
  readonly availability: Availability;
  readonly description: string | null;
  readonly date_start: Instant;
  readonly date_end: Instant;
  readonly include_chat: boolean;
  readonly include_video: boolean;
  readonly tas: readonly string[];
  readonly trainees: readonly string[];
  readonly partner_id: string | null;
  readonly use_new_terminal: boolean;
}

/** What a change leaves alone is `undefined`; `null` clears. */
export interface TrainingEventChange {
  readonly name: string | undefined;
  readonly owner: string | undefined;
  readonly class_id: string | undefined;
  readonly availability: Availability | undefined;
  readonly description: string | null | undefined;
  readonly date_start: Instant | undefined;
  readonly date_end: Instant | undefined;
  readonly include_chat: boolean | undefined;
  readonly include_video: boolean | undefined;
  readonly tas: readonly string[] | undefined;
  readonly trainees: readonly string[] | undefined;
  readonly partner_id: string | null | undefined;
}

export interface TrainingEventFilter {
  readonly status?: TrainingEventStatus | undefined;
  readonly class_id?: string | undefined;
  readonly owner?: string | undefined;
  readonly date_from?: Instant | undefined;
  readonly date_to?: Instant | undefined;
}

const COLUMNS = `e.id, e.token, e.name, e.class_id, e.availability, e.description, e.date_start, e.date_end,
  e.include_chat, e.include_video, e.tas, e.trainees, e.partner_id, e.use_new_terminal,
  o.email::text AS owner_email, o.training_id AS owner_id`;

const OWNER = `JOIN tenancy.members o ON o.organization_id = e.organization_id AND o.id = e.owner_id`;

const FIND = batchedRead<TrainingEventRow>(
  'training.event.find',
  { organization_id: 'integer', id: 'text' },
  `SELECT asked.n, ${COLUMNS}
     FROM {asked}
     JOIN training.events e ON e.organization_id = asked.organization_id AND e.id = asked.id ${OWNER}`,
);

// An owner that is no member leaves owner_id null, and the column refuses that.
const CREATE = statement<TrainingEventRow>(
  'training.event.create',
  `WITH e AS (
     INSERT INTO training.events
       (organization_id, id, token, name, owner_id, class_id, availability, description, date_start, date_end,
        include_chat, include_video, tas, trainees, partner_id, use_new_terminal)
     VALUES ($1, $2, $3, $4, (SELECT id FROM tenancy.members WHERE organization_id = $1 AND email = $5::citext),
             $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
     RETURNING *)
   SELECT ${COLUMNS} FROM e ${OWNER}`,
);

// A live event is left alone by the condition; the caller finds out which of the two it was.
const CHANGE = statement<TrainingEventRow>(
  'training.event.change',
  `WITH e AS (
     UPDATE training.events SET
       name = coalesce($4, name),
       owner_id = CASE WHEN $5::citext IS NULL THEN owner_id
                       ELSE (SELECT m.id FROM tenancy.members m WHERE m.organization_id = $1 AND m.email = $5) END,
       class_id = coalesce($6, class_id),
       availability = coalesce($7, availability),
       description = CASE WHEN $8::boolean THEN $9 ELSE description END,
       date_start = coalesce($10, date_start),
       date_end = coalesce($11, date_end),
       include_chat = coalesce($12, include_chat),
       include_video = coalesce($13, include_video),
       tas = coalesce($14, tas),
       trainees = coalesce($15, trainees),
       partner_id = CASE WHEN $16::boolean THEN $17 ELSE partner_id END
     WHERE organization_id = $1 AND id = $2 AND NOT (date_start <= $3 AND date_end > $3)
     RETURNING *)
   SELECT ${COLUMNS} FROM e ${OWNER}`,
);

const DELETE_READY = statement<{ id: string }>(
  'training.event.delete_ready',
  `DELETE FROM training.events WHERE organization_id = $1 AND id = $2 AND date_start > $3 RETURNING id`,
);

/** Conditions of the list's filters; `?` stands for the filter's own parameter, `$2` for now. */
const CONDITIONS = {
  ready: 'e.date_start > $2',
  live: 'e.date_start <= $2 AND e.date_end > $2',
  done: 'e.date_end <= $2',
  class_id: 'e.class_id = ?',
  owner: 'o.email = ?::citext',
  date_from: 'e.date_start >= ?',
  date_to: 'e.date_start < ?',
} as const;

const UNIQUE_TOKEN = 'uq_events_token';
/** Four characters hold a million events; the code grows by one for each try that met a taken one. */
const MAX_TOKEN_LENGTH = 12;

/** The events of all organizations; every statement is bound to one. */
@Injectable()
export class TrainingEventsRepository {
  constructor(private readonly database: Database) {}

  async find(organizationId: number, id: string): Promise<TrainingEventRow | undefined> {
    return (await this.database.batched(FIND, [organizationId, id]))[0];
  }

  /** One page, sorted by start and id. */
  list(
    organizationId: number,
    filter: TrainingEventFilter,
    now: Instant,
    page: Page,
  ): Promise<TrainingEventRow[]> {
    const { query, values } = listStatement(organizationId, filter, now, page);
    return this.database.all(query, values);
  }

  /** All of them in batches, in the same order, from one snapshot. */
  listAll(reader: Reader, filter: TrainingEventFilter, now: Instant): Promise<LongAnswer<TrainingEventRow>> {
    const { query, values } = listStatement(reader.organizationId, filter, now, undefined);
    return this.database.stream(query, values, reader);
  }

  /** Stores an event under a token that nobody in the organization has. */
  async create(organizationId: number, draft: TrainingEventDraft): Promise<TrainingEventRow | undefined> {
    for (let length = 4; ; length++) {
      const write = this.database.one(CREATE, [
        organizationId,
        draft.id,
        spokenCode(length),
        draft.name,
        draft.owner,
        draft.class_id,
        draft.availability,
        draft.description,
        draft.date_start,
        draft.date_end,
        draft.include_chat,
        draft.include_video,
        draft.tas,
        draft.trainees,
        draft.partner_id,
        draft.use_new_terminal,
      ]);
      try {
        return await whenRefused(write, REFUSALS);
      } catch (error) {
        if (refusedBy(error) !== UNIQUE_TOKEN || length === MAX_TOKEN_LENGTH) throw error;
      }
    }
  }

  /** The changed event; nothing when there is no such event, or it is live. */
  change(
    organizationId: number,
    id: string,
    now: Instant,
    change: TrainingEventChange,
  ): Promise<TrainingEventRow | undefined> {
    const write = this.database.one(CHANGE, [
      organizationId,
      id,
      now,
      change.name,
      change.owner,
      change.class_id,
      change.availability,
      change.description !== undefined,
      change.description,
      change.date_start,
      change.date_end,
      change.include_chat,
      change.include_video,
      change.tas,
      change.trainees,
      change.partner_id !== undefined,
      change.partner_id,
    ]);
    return whenRefused(write, {
      ...REFUSALS,
      ck_events_ends_after_start: () =>
        change.date_end === undefined
          ? invalidField('date_start', 'date_start must be before date_end')
          : invalidField('date_end', 'date_end must be after date_start'),
    });
  }

  /** Whether it was there, and had not started. */
  async deleteReady(organizationId: number, id: string, now: Instant): Promise<boolean> {
    return (await this.database.one(DELETE_READY, [organizationId, id, now])) !== undefined;
  }
}

/** What the constraints mean to a client. The owner is refused before the class is looked at. */
const REFUSALS: Readonly<Record<string, () => Failure>> = {
  'not null: owner_id': () => invalidField('owner', 'owner is no member of your organization'),
  fk_events_class: classNotFound,
};

interface ListQuery {
  readonly query: Statement<TrainingEventRow>;
  readonly values: unknown[];
}

/** Each combination of filters is a statement of its own, planned for it; there are at most 128. */
const LISTS = new Map<string, Statement<TrainingEventRow>>();

function listStatement(
  organizationId: number,
  { status, ...fields }: TrainingEventFilter,
  now: Instant,
  page: Page | undefined,
): ListQuery {
  const values: unknown[] = [organizationId];
  const conditions = ['e.organization_id = $1'];
  let name = 'training.event.list';
  if (status !== undefined) {
    values.push(now);
    conditions.push(CONDITIONS[status]);
    name += `.${status}`;
  }
  for (const key of ['class_id', 'owner', 'date_from', 'date_to'] as const) {
    if (fields[key] === undefined) continue;
    values.push(fields[key]);
    conditions.push(CONDITIONS[key].replace('?', `$${values.length}`));
    name += `.${key}`;
  }
  let slice = '';
  if (page !== undefined) {
    values.push(page.limit, page.offset);
    slice = `LIMIT $${values.length - 1} OFFSET $${values.length}`;
    name += '.page';
  }
  let query = LISTS.get(name);
  if (query === undefined) {
    query = statement(
      name,
      `SELECT ${COLUMNS} FROM training.events e ${OWNER}
        WHERE ${conditions.join(' AND ')} ORDER BY e.date_start, e.id ${slice}`,
    );
    LISTS.set(name, query);
  }
  return { query, values };
}
