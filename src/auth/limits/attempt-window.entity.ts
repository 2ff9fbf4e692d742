import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Instant } from '../../core/instant.js';
import { INSTANT } from '../../database/columns.js';

/** Attempts since a window began, see `AttemptLimiter`. */
@Entity({ schema: 'tenancy', name: 'attempt_windows' })
export class AttemptWindow {
  /** SHA-256 of the limit's name and the subject. */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'pk_attempt_windows' })
  digest!: Buffer;

  @Column('integer')
  attempts!: number;

  @Column(INSTANT)
  ends_at!: Instant;
}
