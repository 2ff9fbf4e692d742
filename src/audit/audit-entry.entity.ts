import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Instant } from '../core/instant.js';
import { INSTANT } from '../database/columns.js';

/**
 * Who did what to whom, when, and how it ended. Without secrets, bodies and foreign keys: an entry outlives what it tells
 * of. The database refuses to change entries, and to delete those younger than 30 days.
 */
@Entity({ schema: 'tenancy', name: 'audit_entries' })
@Index('ix_audit_entries_organization', ['organization_id', 'id'])
@Index('ix_audit_entries_at', ['at'])
export class AuditEntry {
  @PrimaryColumn('bigint', {
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'pk_audit_entries',
  })
  id!: string;

  /** Of several attempts, the first. */
  @Column(INSTANT)
  at!: Instant;

  /** One of `AUDIT_ACTIONS`. */
  @Column('text')
  action!: string;

  /** The organization that it concerns, if it is one. */
  @Column('integer', { nullable: true })
  organization_id!: number | null;

  /** `admin:{name}`, `credential:{id}`, `member:{id}`; `null` if nobody proved who they are. */
  @Column('text', { nullable: true })
  actor!: string | null;

  /** The address of the client. */
  @Column('text', { nullable: true })
  address!: string | null;

  /** What it was done to: `credential:{id}`, `member:{id}`, the path of a call. */
  @Column('text', { nullable: true })
  subject!: string | null;

  /** `done`, or the kind of failure. */
  @Column('text')
  outcome!: string;

  /** How many attempts this entry stands for. */
  @Column('integer', { default: 1 })
  attempts!: number;

  @Column('jsonb', { default: {} })
  details!: Readonly<Record<string, unknown>>;

  /** As in the request log. */
  @Column('text', { nullable: true })
  request_id!: string | null;
}
