import { Injectable } from '@nestjs/common';
import type { Organization } from '../../auth/organization.entity.js';
import { SecretBox } from '../../auth/secret-box.js';
import { Clock } from '../../core/clock.js';
import type { CredentialSecret } from '../../core/credential-secret.js';
import { invalid, type Fault } from '../../core/failure.js';
import { Members } from '../members/members.table.js';
import { within } from '../tenant.js';
import { CREDENTIAL_FORMS } from './credential-forms.js';
import { unknownScope } from './credential-scopes.js';
import { IssuedCredentials } from './credentials.table.js';
import type { ChangeCredential, CreateCredential, CredentialWithMember } from './credentials.wire.js';

/** How credentials are handed out. */
@Injectable()
export class CredentialsService {
  constructor(
    private readonly credentials: IssuedCredentials,
    private readonly members: Members,
    private readonly box: SecretBox,
    private readonly clock: Clock,
  ) {}

  /** The row, and the secret, which nobody can be told again. */
  async create(
    tenant: Organization,
    wish: CreateCredential,
  ): Promise<{ row: CredentialWithMember; told: CredentialSecret }> {
    const memberId = wish.member == null ? null : await this.members.idOf(tenant, wish.member, 'member');
    const { stored, told } = CREDENTIAL_FORMS[wish.surface](tenant.id, this.box);
    const row = await this.credentials.rows.create({
      ...within(tenant),
      ...stored,
      surface: wish.surface,
      memberId,
      scopes: wish.scopes ?? [],
      envelope: wish.envelope ?? false,
      callbackHosts: wish.callback_hosts ?? [],
      verifier: wish.verifier ?? 'required',
      label: wish.label ?? null,
      createdAt: new Date(this.clock.now()),
      expiresAt: wish.expires_at == null ? null : new Date(wish.expires_at),
    });
    return { row, told };
  }

  async change(tenant: Organization, id: string, wish: ChangeCredential): Promise<CredentialWithMember> {
    await this.demandFitting(tenant, id, wish);
    return this.credentials.rows.change(within(tenant), id, {
      scopes: wish.scopes === null ? [] : wish.scopes,
      label: wish.label,
      envelope: wish.envelope === null ? false : wish.envelope,
      callbackHosts: wish.callback_hosts === null ? [] : wish.callback_hosts,
      expiresAt: wish.expires_at == null ? wish.expires_at : new Date(wish.expires_at),
    });
  }

  /** A credential's surface never changes, so it may be looked up before the write. */
  private async demandFitting(tenant: Organization, id: string, wish: ChangeCredential): Promise<void> {
    const { scopes, callback_hosts: hosts } = wish;
    if (scopes == null && hosts == null) return;
    const { surface } = await this.credentials.rows.find(within(tenant), id);
    const unknown = unknownScope(surface, scopes ?? []);
    const faults: Fault[] = [];
    if (unknown !== undefined) faults.push(fault('scopes', `must not hold ${unknown} for ${surface}`));
    if (hosts != null && surface !== 'realms') faults.push(fault('callback_hosts', 'is for realms only'));
    if (faults.length > 0) throw invalid(faults);
  }
}

function fault(field: string, message: string): Fault {
  return { location: 'body', field, message: `${field} ${message}` };
}
