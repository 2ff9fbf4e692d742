import { Injectable } from '@nestjs/common';
import type { Instant } from '../../../core/instant.js';
import { Database, type Transaction } from '../../../database/database.js';
import { statement } from '../../../database/statement.js';

/** An endless series and how far ahead it is held. */
export interface SeriesRow {
  readonly organization_id: number;
  readonly id: number;
  readonly space_id: number;
  readonly starts_at: Instant;
  readonly start_zone: string;
  readonly ends_at: Instant;
  readonly end_zone: string;
  readonly is_all_day: boolean;
  readonly recurrence: string[];
  readonly held_until: Instant;
}

const COLUMNS = `organization_id, id, space_id, starts_at, start_zone, ends_at, end_zone, is_all_day, recurrence,
  held_until`;

// Covers all organizations; no other statement here does.
const LIST_DUE = statement<SeriesRow>(
  'spaces.horizon.list_due',
  `SELECT ${COLUMNS} FROM spaces.events
    WHERE held_until IS NOT NULL AND held_until < $1 AND (held_until, organization_id, id) > ($2, $3, $4)
    ORDER BY held_until, organization_id, id LIMIT 100`,
);

const CLAIM = statement<{ is_mine: boolean }>(
  'spaces.horizon.claim',
  `SELECT pg_try_advisory_xact_lock(hashtextextended('spaces series ' || $1::text || ' ' || $2::text, 0)) AS is_mine`,
);

const FIND_DUE = statement<SeriesRow>(
  'spaces.horizon.find_due',
  `SELECT ${COLUMNS} FROM spaces.events
    WHERE organization_id = $1 AND id = $2 AND space_id = $3 AND held_until < $4 FOR NO KEY UPDATE`,
);

const SET_HELD_UNTIL = statement<{ id: number }>(
  'spaces.horizon.held',
  `UPDATE spaces.events SET held_until = $3 WHERE organization_id = $1 AND id = $2 RETURNING id`,
);

@Injectable()
export class SpaceHorizonRepository {
  constructor(private readonly database: Database) {}

  /** Up to 100 series held for less than `horizon`, in order, after the given one. */
  listDue(horizon: Instant, after: SeriesRow | undefined): Promise<SeriesRow[]> {
    const { held_until = '1970-01-01T00:00:00Z', organization_id = 0, id = 0 } = after ?? {};
    return this.database.all(LIST_DUE, [horizon, held_until, organization_id, id]);
  }

  /** Whether no other process is extending this series. */
  async claim(transaction: Transaction, { organization_id, id }: SeriesRow): Promise<boolean> {
    return (await transaction.one(CLAIM, [organization_id, id]))?.is_mine === true;
  }

  /** The series as it is now; `undefined` if it was deleted, moved to another space, or is held far enough. */
  findDue(transaction: Transaction, series: SeriesRow, horizon: Instant): Promise<SeriesRow | undefined> {
    const { organization_id, id, space_id } = series;
    return transaction.one(FIND_DUE, [organization_id, id, space_id, horizon]);
  }

  async setHeldUntil(
    transaction: Transaction,
    { organization_id, id }: SeriesRow,
    until: Instant,
  ): Promise<void> {
    await transaction.one(SET_HELD_UNTIL, [organization_id, id, until]);
  }
}
