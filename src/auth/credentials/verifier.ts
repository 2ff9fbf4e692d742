import { Injectable } from '@nestjs/common';
import type { Caller } from '../../core/caller.js';
import { Clock } from '../../core/clock.js';
import { isStorable } from '../../core/storable-text.js';
import type { SurfaceName } from '../../core/surface-name.js';
import { digestOf, lookupOf, sameDigest } from './bearer-key.js';
import { CredentialCache } from './credential-cache.js';
import { CredentialsRepository, type CredentialRow } from './credentials.repository.js';
import type { SignedRequest } from '../oauth1/signed-request.js';

/** A key that a surface read from a request; the header's format depends on the surface. */
export interface PresentedKey {
  readonly key: string;
  /** The organization (id or slug), if the product's header names it. */
  readonly organization?: string;
}

/** How a request authenticates: with a key, or with a signature. */
export type Presented = PresentedKey | SignedRequest;

/** Verifies presented keys. */
@Injectable()
export class Verifier {
  constructor(
    private readonly credentials: CredentialsRepository,
    private readonly cache: CredentialCache,
    private readonly clock: Clock,
  ) {}

  /**
   * The caller, or `undefined` for a key that is malformed, unknown, wrong, expired, revoked or of another surface.
   * `beforeUnknown` is called before looking up a key that was never found before, and may throw.
   */
  async verifyKey(
    surface: SurfaceName,
    presented: PresentedKey,
    beforeUnknown: () => void,
  ): Promise<Caller | undefined> {
    if (!isStorable(presented.key)) return undefined;
    const lookup = lookupOf(presented.key);
    if (lookup === undefined) return undefined;
    const row = await this.cache.get(`${surface} ${lookup}`, beforeUnknown, () =>
      this.credentials.findByLookup(surface, lookup),
    );
    if (row === undefined || row.secret_sha256 === null) return undefined;
    if (!sameDigest(digestOf(presented.key), row.secret_sha256)) return undefined;
    if (presented.organization !== undefined && !names(presented.organization, row)) return undefined;
    const caller = callerOf(surface, row);
    return row.expires_at !== null && row.expires_at <= this.clock.now(caller) ? undefined : caller;
  }
}

function names(organization: string, row: CredentialRow): boolean {
  return organization === String(row.organization_id) || organization === row.organization_slug;
}

export function callerOf(surface: SurfaceName, row: CredentialRow): Caller {
  return {
    organizationId: row.organization_id,
    credentialId: row.id,
    surface,
    memberId: row.member_id,
    isAdmin: row.member_id === null || row.member_is_admin === true,
    scopes: new Set(row.scopes),
    issuedAt: row.created_at,
    envelope: row.envelope,
  };
}
