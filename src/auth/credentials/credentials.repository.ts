import { Injectable } from '@nestjs/common';
import type { Instant } from '../../core/instant.js';
import type { SurfaceName } from '../../core/surface-name.js';
import { Database } from '../../database/database.js';
import { statement } from '../../database/statement.js';

/** The columns needed to verify a credential. */
export interface CredentialRow {
  readonly organization_id: number;
  readonly organization_slug: string;
  readonly id: number;
  readonly member_id: number | null;
  readonly member_is_admin: boolean | null;
  readonly secret_sha256: Buffer | null;
  readonly sealed_secret: string | null;
  readonly scopes: string[];
  readonly envelope: boolean;
  readonly expires_at: Instant | null;
}

const FIND_BY_LOOKUP = statement<CredentialRow>(
  'credential.find_by_lookup',
  `SELECT c.organization_id, o.slug AS organization_slug, c.id, c.member_id, m.is_admin AS member_is_admin,
          c.secret_sha256, c.sealed_secret, c.scopes, c.envelope, c.expires_at
     FROM tenancy.credentials c
     JOIN tenancy.organizations o ON o.id = c.organization_id
     LEFT JOIN tenancy.members m ON m.organization_id = c.organization_id AND m.id = c.member_id
    WHERE c.surface = $1 AND c.lookup = $2`,
);

/** Finds credentials by their public prefix, across all organizations. */
@Injectable()
export class CredentialsRepository {
  constructor(private readonly database: Database) {}

  findByLookup(surface: SurfaceName, lookup: string): Promise<CredentialRow | undefined> {
    return this.database.one(FIND_BY_LOOKUP, [surface, lookup]);
  }
}
