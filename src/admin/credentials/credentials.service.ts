import { Inject, Injectable } from '@nestjs/common';
import { Audit, BY_SERVICE, type Actor } from '../../audit/audit.js';
import type { Organization } from '../../auth/organization.entity.js';
import { credentialEvent } from '../../auth/credentials/credential-event.js';
import type { GeneratedCredential } from '../../auth/credentials/credential-generator.js';
import { Encryption } from '../../auth/encryption.js';
import { OAuthTokensRepository } from '../../auth/oauth1/oauth-tokens.repository.js';
import { SURFACE_LIST, type Surface } from '../../auth/surface.js';
import { CONFIG, type Config } from '../../config/config.js';
import { Clock } from '../../core/clock.js';
import type { CredentialSecret } from '../../core/credential-secret.js';
import { Failure, invalid, type Fault } from '../../core/failure.js';
import { instantOf, millisecondsOf, type Instant } from '../../core/instant.js';
import type { SurfaceName } from '../../core/surface-name.js';
import { MembersService } from '../members/members.service.js';
import { within } from '../tenant.js';
import { unknownScope } from './credential-scopes.js';
import { IssuedCredentialsRepository } from './credentials.repository.js';
import type { UpdateCredentialDto, CreateCredentialDto, CredentialWithMember } from './credentials.dto.js';

/** Issues and updates API credentials. */
@Injectable()
export class CredentialsService {
  constructor(
    private readonly credentials: IssuedCredentialsRepository,
    private readonly members: MembersService,
    private readonly encryption: Encryption,
    private readonly audit: Audit,
    private readonly tokens: OAuthTokensRepository,
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    @Inject(SURFACE_LIST) private readonly surfaces: readonly Surface[],
  ) {}

  /** Returns the row and the secret. The secret cannot be retrieved later. */
  async create(
    tenant: Organization,
    dto: CreateCredentialDto,
    actor: Actor = BY_SERVICE,
  ): Promise<{ row: CredentialWithMember; secret: CredentialSecret }> {
    const { member, ...fields } = dto;
    const member_id = member == null ? null : await this.members.idOf(tenant, member, 'member');
    const { columns, secret } = this.generate(tenant, dto.surface);
    const now = this.clock.now();
    const values = {
      ...fields,
      ...within(tenant),
      ...columns,
      member_id,
      scopes: dto.scopes ?? [],
      envelope: dto.envelope ?? false,
      callback_hosts: dto.callback_hosts ?? [],
      verifier: dto.verifier ?? 'required',
      created_at: now,
      expires_at: dto.expires_at ?? this.defaultExpiry(now),
    };
    const row = await this.audit.run(actor, async (manager, record) => {
      const made = await manager.withRepository(this.credentials).insertRow(values);
      record(credentialEvent('credential.created', made));
      return made;
    });
    return { row, secret };
  }

  /**
   * Makes a credential with the same rights, which lives as long as the old one was made to. The old one is valid for
   * `overlapSeconds` more, so that clients can be changed one by one.
   */
  async rotate(
    tenant: Organization,
    id: string,
    overlapSeconds: number,
    actor: Actor,
  ): Promise<{ row: CredentialWithMember; secret: CredentialSecret }> {
    const now = this.clock.now();
    return this.audit.run(actor, async (manager, record) => {
      const credentials = manager.withRepository(this.credentials);
      const old = await credentials.lockRow(within(tenant), id);
      if (old.successor_id !== null)
        throw new Failure('conflict', `The credential was rotated: ${old.successor_id} is its successor.`);
      const { columns, secret } = this.generate(tenant, old.surface);
      const { member_id, surface, scopes, envelope, callback_hosts, verifier, label } = old;
      const rights = { member_id, surface, scopes, envelope, callback_hosts, verifier, label };
      const expires_at = old.expires_at && later(now, millisecondsBetween(old.created_at, old.expires_at));
      const row = await credentials.insertRow({
        ...within(tenant),
        ...rights,
        ...columns,
        created_at: now,
        expires_at,
      });
      const overlapEnds = later(now, overlapSeconds * 1000);
      const until = old.expires_at !== null && old.expires_at < overlapEnds ? old.expires_at : overlapEnds;
      await credentials.replace(old, row.id, until);
      await manager.withRepository(this.tokens).handOver(tenant.id, old.id, row.id);
      const rotated = credentialEvent('credential.rotated', { ...old, expires_at: until });
      record({ ...rotated, details: { ...rotated.details, successor_id: row.id } });
      record(credentialEvent('credential.created', row));
      return { row, secret };
    });
  }

  /** One credential, which the audit log then tells. */
  async show(tenant: Organization, id: string, actor: Actor): Promise<CredentialWithMember> {
    const row = await this.credentials.findRow(within(tenant), id);
    await this.audit.write(actor, credentialEvent('credential.shown', row));
    return row;
  }

  async change(
    tenant: Organization,
    id: string,
    dto: UpdateCredentialDto,
    actor: Actor,
  ): Promise<CredentialWithMember> {
    await this.assertFitting(tenant, id, dto);
    return this.audit.run(actor, async (manager, record) => {
      const row = await manager.withRepository(this.credentials).changeRow(within(tenant), id, {
        ...dto,
        scopes: dto.scopes === null ? [] : dto.scopes,
        envelope: dto.envelope === null ? false : dto.envelope,
        callback_hosts: dto.callback_hosts === null ? [] : dto.callback_hosts,
      });
      record(credentialEvent('credential.changed', row));
      return row;
    });
  }

  async revoke(tenant: Organization, id: string, actor: Actor): Promise<void> {
    await this.audit.run(actor, async (manager, record) => {
      const credentials = manager.withRepository(this.credentials);
      const row = await credentials.findRow(within(tenant), id);
      await credentials.deleteRow(within(tenant), id);
      record(credentialEvent('credential.revoked', row));
    });
  }

  private generate(tenant: Organization, name: SurfaceName): GeneratedCredential {
    const surface = this.surfaces.find((one) => one.name === name);
    if (surface === undefined) throw new Error(`There is no surface ${name}.`);
    return surface.generateCredential(tenant.id, this.encryption);
  }

  private defaultExpiry(now: Instant): Instant | null {
    const { credentialLifetimeDays: days } = this.config;
    return days === 0 ? null : later(now, days * 86_400_000);
  }

  /** A credential's surface never changes, so reading it before the write is safe. */
  private async assertFitting(tenant: Organization, id: string, dto: UpdateCredentialDto): Promise<void> {
    const { scopes, callback_hosts: hosts } = dto;
    if (scopes == null && hosts == null) return;
    const { surface } = await this.credentials.findRow(within(tenant), id);
    const unknown = unknownScope(surface, scopes ?? []);
    const faults: Fault[] = [];
    if (unknown !== undefined) faults.push(fault('scopes', `must not hold ${unknown} for ${surface}`));
    if (hosts != null && surface !== 'realms') faults.push(fault('callback_hosts', 'is for realms only'));
    if (faults.length > 0) throw invalid(faults);
  }
}

function later(instant: Instant, milliseconds: number): Instant {
  return instantOf(millisecondsOf(instant) + milliseconds);
}

function millisecondsBetween(start: Instant, end: Instant): number {
  return millisecondsOf(end) - millisecondsOf(start);
}

function fault(field: string, message: string): Fault {
  return { location: 'body', field, message: `${field} ${message}` };
}
