import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Credential } from '../credentials/credential.entity.js';

/** How much of a credential's rate limit was taken in the current window, see `RateLimiter`. */
@Entity({ schema: 'tenancy', name: 'rate_windows' })
@ForeignKey(() => Credential, ['organization_id', 'credential_id'], ['organization_id', 'id'], {
  name: 'fk_rate_windows_credential',
  onDelete: 'CASCADE',
})
export class RateWindow {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_rate_windows' })
  organization_id!: number;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_rate_windows' })
  credential_id!: number;

  /** Epoch seconds. */
  @Column('bigint')
  started_at!: string;

  /** Requests taken by all processes since then. */
  @Column('integer')
  taken!: number;

  /** Requests taken by the last statement, which returns it. */
  @Column('integer')
  granted!: number;
}
