import { Body, Param, Post, Query, UseFilters } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { Actor } from '../../audit/audit.js';
import { CurrentActor } from '../../auth/actor.js';
import { RequiresAdminToken } from '../../auth/requirement.js';
import { Organization } from '../../auth/organization.entity.js';
import {
  ApiFailures,
  UpdateRoute,
  CreateRoute,
  DeleteRoute,
  ListRoute,
  FindRoute,
  TenantResource,
} from '../admin.docs.js';
import { listResponse, ListQueryDto, type ListResponse } from '../list.dto.js';
import { Tenant, CheckTenantRowFirst, within } from '../tenant.js';
import { CredentialsService } from './credentials.service.js';
import { IssuedCredentialsRepository } from './credentials.repository.js';
import {
  UpdateCredentialDto,
  CreateCredentialDto,
  CredentialResponseDto,
  DEFAULT_OVERLAP_SECONDS,
  RotateCredentialDto,
  NewCredentialResponseDto,
  viewCredential,
  viewNewCredential,
} from './credentials.dto.js';

@TenantResource('Credentials', 'credentials')
export class CredentialsController {
  constructor(
    private readonly service: CredentialsService,
    private readonly credentials: IssuedCredentialsRepository,
  ) {}

  @RequiresAdminToken('credentials')
  @CreateRoute(
    NewCredentialResponseDto,
    'createCredential',
    'Hand out a credential; its secret is shown this once',
  )
  async create(
    @Tenant() tenant: Organization,
    @Body() dto: CreateCredentialDto,
    @CurrentActor() actor: Actor,
  ): Promise<NewCredentialResponseDto> {
    const { row, secret } = await this.service.create(tenant, dto, actor);
    return viewNewCredential(row, secret);
  }

  @ListRoute(
    CredentialResponseDto,
    'listCredentials',
    'List credentials, oldest first, without their secrets',
  )
  list(
    @Tenant() tenant: Organization,
    @Query() query: ListQueryDto,
  ): Promise<ListResponse<CredentialResponseDto>> {
    return listResponse(query, (page) => this.credentials.findPage(within(tenant), page), viewCredential);
  }

  @FindRoute(CredentialResponseDto, 'getCredential', 'Show one credential without its secret')
  async find(
    @Tenant() tenant: Organization,
    @Param('id') id: string,
    @CurrentActor() actor: Actor,
  ): Promise<CredentialResponseDto> {
    return viewCredential(await this.service.show(tenant, id, actor));
  }

  @RequiresAdminToken('credentials')
  @UpdateRoute(
    CredentialResponseDto,
    'changeCredential',
    'Change what a credential is allowed, and until when',
  )
  @UseFilters(CheckTenantRowFirst(IssuedCredentialsRepository))
  async change(
    @Tenant() tenant: Organization,
    @Param('id') id: string,
    @Body() dto: UpdateCredentialDto,
    @CurrentActor() actor: Actor,
  ): Promise<CredentialResponseDto> {
    return viewCredential(await this.service.change(tenant, id, dto, actor));
  }

  @RequiresAdminToken('credentials')
  @Post(':id/rotate')
  @ApiOperation({
    operationId: 'rotateCredential',
    summary: 'Make a successor with the same rights; its secret is shown this once',
    description:
      'The old secret is accepted for `overlap_seconds` more, so that clients can be changed one by one. Access tokens of ' +
      'a realms key are accepted with either.',
  })
  @ApiResponse({ status: 201, type: NewCredentialResponseDto, description: 'The successor.' })
  @ApiFailures('malformed', 'too-large', 'unsupported-media', 'invalid', 'conflict')
  @UseFilters(CheckTenantRowFirst(IssuedCredentialsRepository))
  async rotate(
    @Tenant() tenant: Organization,
    @Param('id') id: string,
    @Body() { overlap_seconds }: RotateCredentialDto,
    @CurrentActor() actor: Actor,
  ): Promise<NewCredentialResponseDto> {
    const { row, secret } = await this.service.rotate(
      tenant,
      id,
      overlap_seconds ?? DEFAULT_OVERLAP_SECONDS,
      actor,
    );
    return viewNewCredential(row, secret);
  }

  @RequiresAdminToken('credentials')
  @DeleteRoute('deleteCredential', 'Revoke a credential: every process refuses it within a second')
  async delete(
    @Tenant() tenant: Organization,
    @Param('id') id: string,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    await this.service.revoke(tenant, id, actor);
  }
}
