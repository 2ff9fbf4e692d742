import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { SurfaceName } from '../../core/surface-name.js';
import { Member } from '../member.entity.js';
import { Organization } from '../organization.entity.js';
import type { Instant } from '../../core/instant.js';
import { INSTANT } from '../../database/columns.js';

export const VERIFIER_RULES = ['required', 'optional'] as const;
export type VerifierRule = (typeof VERIFIER_RULES)[number];

/**
 * What a client proves itself with: good for one surface, for one organization, perhaps as one of its members.
 * A bearer secret is kept as its SHA-256 (it has 256 random bits, so there is nothing to stretch); a secret that
 * must be read again to check a signature is kept sealed.
 */
@Entity({ schema: 'tenancy', name: 'credentials' })
@Unique('uq_credentials_lookup', ['surface', 'lookup'])
@Index('ix_credentials_member', ['organization_id', 'member_id'])
@Check('ck_credentials_surface', `surface IN ('training', 'spaces', 'realms', 'polls', 'companies')`)
@Check('ck_credentials_one_secret', `(secret_sha256 IS NULL) <> (sealed_secret IS NULL)`)
@Check('ck_credentials_verifier', `verifier IN ('required', 'optional')`)
@Check('ck_credentials_three_legs', `surface = 'realms' OR (callback_hosts = '{}' AND verifier = 'required')`)
@ForeignKey(() => Organization, ['organization_id'], ['id'], {
  name: 'fk_credentials_organization',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organization_id', 'member_id'], ['organization_id', 'id'], {
  name: 'fk_credentials_member',
  onDelete: 'CASCADE',
})
export class Credential {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_credentials' })
  organization_id!: number;

  @PrimaryColumn('integer', {
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'pk_credentials',
  })
  id!: number;

  @Column('text')
  surface!: SurfaceName;

  @Column('integer', { nullable: true })
  member_id!: number | null;

  /** The public part by which the row is found: the first characters of a key, or a whole consumer key. */
  @Column('text')
  lookup!: string;

  @Column('bytea', { nullable: true })
  secret_sha256!: Buffer | null;

  /** `key id:iv:tag:text`, see `Encryption`. */
  @Column('text', { nullable: true })
  sealed_secret!: string | null;

  @Column('text', { array: true, default: () => `'{}'` })
  scopes!: string[];

  /** Training: whether this client reads answers wrapped in `{result, data}`. */
  @Column('boolean', { default: false })
  envelope!: boolean;

  /** Realms: the hosts that members may be sent back to after they agreed, each perhaps with a port. */
  @Column('text', { array: true, default: () => `'{}'` })
  callback_hosts!: string[];

  /** Realms: whether a client has to bring the verifier that the member's browser carried to it. */
  @Column('text', { default: 'required' })
  verifier!: VerifierRule;

  @Column('text', { nullable: true })
  label!: string | null;

  @Column(INSTANT)
  created_at!: Instant;

  @Column({ ...INSTANT, nullable: true })
  expires_at!: Instant | null;
}
