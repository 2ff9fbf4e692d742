import type { Instant } from '../../../core/instant.js';
import { acrossOrganizations, statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import { SpaceEvent } from '../events/space-event.entity.js';

const COLUMNS = [
  'organization_id',
  'id',
  'space_id',
  'starts_at',
  'start_zone',
  'ends_at',
  'end_zone',
  'is_all_day',
  'recurrence',
  'held_until',
] as const;

/** An endless series and how far ahead it is held. */
export type SeriesRow = {
  readonly [Column in (typeof COLUMNS)[number]]: NonNullable<SpaceEvent[Column]>;
};

// Covers all organizations; no other statement here does.
const LIST_DUE = acrossOrganizations(
  statement<SeriesRow>(
    'spaces.horizon.list_due',
    `SELECT ${COLUMNS.join(', ')} FROM spaces.events
    WHERE held_until IS NOT NULL AND held_until < :horizon
      AND (held_until, organization_id, id) > (:held_until, :organization_id, :id)
    ORDER BY held_until, organization_id, id LIMIT 100`,
  ),
);

const CLAIM = statement<{ is_mine: boolean }>(
  'spaces.horizon.claim',
  `SELECT pg_try_advisory_xact_lock(
            hashtextextended('spaces series ' || :organization_id::text || ' ' || :id::text, 0)) AS is_mine`,
);

const FIND_DUE = statement<SeriesRow>(
  'spaces.horizon.find_due',
  `SELECT ${COLUMNS.join(', ')} FROM spaces.events
    WHERE organization_id = :organization_id AND id = :id AND space_id = :space_id AND held_until < :horizon
      FOR NO KEY UPDATE`,
);

/** Endless series, which are extended in the background. */
export class SpaceHorizonRepository extends StatementRepository<SpaceEvent> {
  static readonly entity = SpaceEvent;

  /** Up to 100 series held for less than `horizon`, in order, after the given one. */
  listDue(horizon: Instant, after: SeriesRow | undefined): Promise<SeriesRow[]> {
    const { held_until = '1970-01-01T00:00:00Z', organization_id = 0, id = 0 } = after ?? {};
    return this.all(LIST_DUE, { horizon, held_until, organization_id, id });
  }

  /** Whether no other process is extending this series. */
  async claim({ organization_id, id }: SeriesRow): Promise<boolean> {
    return (await this.one(CLAIM, { organization_id, id }))?.is_mine === true;
  }

  /** The series as it is now; `undefined` if it was deleted, moved to another space, or is held far enough. */
  findDue({ organization_id, id, space_id }: SeriesRow, horizon: Instant): Promise<SeriesRow | undefined> {
    return this.one(FIND_DUE, { organization_id, id, space_id, horizon });
  }

  async setHeldUntil({ organization_id, id }: SeriesRow, held_until: Instant): Promise<void> {
    await this.update({ organization_id, id }, { held_until });
  }
}
