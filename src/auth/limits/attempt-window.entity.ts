import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Instant } from '../../core/instant.js';
import { INSTANT } from '../../database/columns.js';

/** How often something was tried since its window began, see `AttemptLimiter`. */
@Entity({ schema: 'tenancy', name: 'attempt_windows' })
export class AttemptWindow {
  /** SHA-256 of the ceiling's name and of what it counts for. */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'pk_attempt_windows' })
  digest!: Buffer;

  @Column('integer')
  attempts!: number;

  @Column(INSTANT)
  ends_at!: Instant;
}
