import type { Instant } from '../../../core/instant.js';
import { statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import { STATE_COLUMNS, stateJoins } from '../catalogue/space.columns.js';
import { Space } from '../catalogue/space.entity.js';

export interface SpaceStateRow {
  readonly is_disabled: boolean;
  readonly time_zone: string;
  /** Start of the current event, or of the next one. */
  readonly busy_from: Instant | null;
  /** End of the run of back-to-back bookings that contains it. */
  readonly busy_until: Instant | null;
  /** Whether somebody has checked in to the current event. */
  readonly is_checked_in: boolean;
  /** Number of people and devices that are there. */
  readonly present: number;
}

const FIND = statement<SpaceStateRow>(
  'spaces.state.find',
  `SELECT ${STATE_COLUMNS}
     FROM spaces.spaces s
     JOIN spaces.locations l ON l.organization_id = s.organization_id AND l.id = s.location_id
     ${stateJoins()}
    WHERE s.organization_id = :organization_id AND s.id = :space_id`,
);

export class SpaceStatesRepository extends StatementRepository<Space> {
  static readonly entity = Space;

  findState(organization_id: number, space_id: number, now: Instant): Promise<SpaceStateRow | undefined> {
    return this.one(FIND, { organization_id, space_id, now });
  }
}
