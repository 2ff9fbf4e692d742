import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { SurfaceName } from '../../core/surface-name.js';
import { Member } from '../member.entity.js';
import { Organization } from '../organization.entity.js';
import type { Instant } from '../../core/instant.js';
import { INSTANT } from '../../database/columns.js';

export const VERIFIER_RULES = ['required', 'optional'] as const;
export type VerifierRule = (typeof VERIFIER_RULES)[number];

/**
 * An API credential: for one surface and one organization, possibly as one of its members. Of a bearer key only the
 * SHA-256 is stored; a secret that is needed to verify signatures is stored encrypted.
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
@ForeignKey(() => Credential, ['organization_id', 'successor_id'], ['organization_id', 'id'], {
  name: 'fk_credentials_successor',
  onDelete: 'SET NULL',
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

  /** Training: whether responses are wrapped in `{result, data}`. */
  @Column('boolean', { default: false })
  envelope!: boolean;

  /** Realms: the hosts that members may be redirected to after they agreed, some with a port. */
  @Column('text', { array: true, default: () => `'{}'` })
  callback_hosts!: string[];

  /** Realms: whether a client must send `oauth_verifier` to get an access token. */
  @Column('text', { default: 'required' })
  verifier!: VerifierRule;

  @Column('text', { nullable: true })
  label!: string | null;

  @Column(INSTANT)
  created_at!: Instant;

  @Column({ ...INSTANT, nullable: true })
  expires_at!: Instant | null;

  /** The credential that replaces this one, which is valid until `expires_at`. */
  @Column('integer', { nullable: true })
  successor_id!: number | null;
}
