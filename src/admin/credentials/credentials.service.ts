import { Inject, Injectable } from '@nestjs/common';
import type { Organization } from '../../auth/organization.entity.js';
import { Encryption } from '../../auth/encryption.js';
import { SURFACE_LIST, type Surface } from '../../auth/surface.js';
import { Clock } from '../../core/clock.js';
import type { CredentialSecret } from '../../core/credential-secret.js';
import { invalid, type Fault } from '../../core/failure.js';
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
    private readonly clock: Clock,
    @Inject(SURFACE_LIST) private readonly surfaces: readonly Surface[],
  ) {}

  /** Returns the row and the secret. The secret cannot be retrieved later. */
  async create(
    tenant: Organization,
    dto: CreateCredentialDto,
  ): Promise<{ row: CredentialWithMember; secret: CredentialSecret }> {
    const { member, ...fields } = dto;
    const member_id = member == null ? null : await this.members.idOf(tenant, member, 'member');
    const surface = this.surfaces.find(({ name }) => name === dto.surface);
    if (surface === undefined) throw new Error(`There is no surface ${dto.surface}.`);
    const { columns, secret } = surface.generateCredential(tenant.id, this.encryption);
    const row = await this.credentials.insertRow({
      ...fields,
      ...within(tenant),
      ...columns,
      member_id,
      scopes: dto.scopes ?? [],
      envelope: dto.envelope ?? false,
      callback_hosts: dto.callback_hosts ?? [],
      verifier: dto.verifier ?? 'required',
      created_at: this.clock.now(),
    });
    return { row, secret };
  }

  async change(tenant: Organization, id: string, dto: UpdateCredentialDto): Promise<CredentialWithMember> {
    await this.assertFitting(tenant, id, dto);
    return this.credentials.changeRow(within(tenant), id, {
      ...dto,
      scopes: dto.scopes === null ? [] : dto.scopes,
      envelope: dto.envelope === null ? false : dto.envelope,
      callback_hosts: dto.callback_hosts === null ? [] : dto.callback_hosts,
    });
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

function fault(field: string, message: string): Fault {
  return { location: 'body', field, message: `${field} ${message}` };
}
