import type { Instant } from '../../../core/instant.js';
import { acrossOrganizations, statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import { EVENT_COLUMNS, EVENT_OWNER } from '../events/training-events.repository.js';
import { tellSubscriptions } from './training-subscription.deliveries.js';
import { TrainingFinishWatermark } from './training-finish-watermark.entity.js';

/** Limits the duration of a statement when much has ended since the last run. */
const MOST_EVENTS = 1000;

// A process that finds the row locked leaves the work to the one that has it.
const LOCK = acrossOrganizations(
  statement<{ id: number }>(
    'training.finish.lock',
    'SELECT id FROM training.finish_watermarks FOR UPDATE SKIP LOCKED',
  ),
);

// Events that end at the same time stay together, since the watermark is a time.
const TELL = acrossOrganizations(
  statement<{ until: Instant }>(
    'training.finish.tell',
    `WITH ended AS (
     SELECT e.*
       FROM training.finish_watermarks w
      CROSS JOIN (SELECT DISTINCT organization_id FROM training.subscriptions
                   WHERE event = 'event.finish' AND status = 'active') told_of
       JOIN training.events e ON e.organization_id = told_of.organization_id
                             AND e.date_end > w.until AND e.date_end <= :now
      ORDER BY e.date_end FETCH FIRST ${MOST_EVENTS} ROWS WITH TIES),
   told AS (${tellSubscriptions('event.finish', { columns: EVENT_COLUMNS, from: `ended e ${EVENT_OWNER}`, alias: 'e' })})
   UPDATE training.finish_watermarks
      SET until = greatest(until, CASE WHEN (SELECT count(*) FROM ended) < ${MOST_EVENTS} THEN :now::timestamptz
                                       ELSE (SELECT max(date_end) FROM ended) END)
   RETURNING until`,
  ),
);

/** The ends of events of all organizations. */
export class TrainingFinishedEventsRepository extends StatementRepository<TrainingFinishWatermark> {
  static readonly entity = TrainingFinishWatermark;

  /** Locks the watermark until the transaction ends. Returns whether it was free. */
  async lockWatermark(): Promise<boolean> {
    return (await this.one(LOCK, {})) !== undefined;
  }

  /** Tells subscriptions of events that ended until `now`, oldest first. Returns up to when all are told. */
  async tellFinished(now: Instant): Promise<Instant> {
    return (await this.one(TELL, { now }))?.until ?? now;
  }
}
