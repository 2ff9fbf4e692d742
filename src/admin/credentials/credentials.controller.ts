import { Body, Param, Query, UseFilters } from '@nestjs/common';
import { Organization } from '../../auth/organization.entity.js';
import {
  UpdateRoute,
  CreateRoute,
  DeleteRoute,
  ListRoute,
  FindRoute,
  TenantResource,
} from '../admin.docs.js';
import { answerList, ListQuery, type ListAnswer } from '../list.dto.js';
import { Tenant, TenantRowFirst, within } from '../tenant.js';
import { CredentialsService } from './credentials.service.js';
import { IssuedCredentialsRepository } from './credentials.repository.js';
import {
  ChangeCredential,
  CreateCredential,
  CredentialAnswer,
  NewCredentialAnswer,
  viewCredential,
  viewNewCredential,
} from './credentials.dto.js';

@TenantResource('Credentials', 'credentials')
export class CredentialsController {
  constructor(
    private readonly service: CredentialsService,
    private readonly credentials: IssuedCredentialsRepository,
  ) {}

  @CreateRoute(
    NewCredentialAnswer,
    'createCredential',
    'Hand out a credential; its secret is shown this once',
  )
  async create(@Tenant() tenant: Organization, @Body() dto: CreateCredential): Promise<NewCredentialAnswer> {
    const { row, secret } = await this.service.create(tenant, dto);
    return viewNewCredential(row, secret);
  }

  @ListRoute(CredentialAnswer, 'listCredentials', 'List credentials, oldest first, without their secrets')
  list(@Tenant() tenant: Organization, @Query() query: ListQuery): Promise<ListAnswer<CredentialAnswer>> {
    return answerList(query, (page) => this.credentials.findPage(within(tenant), page), viewCredential);
  }

  @FindRoute(CredentialAnswer, 'getCredential', 'Show one credential without its secret')
  async find(@Tenant() tenant: Organization, @Param('id') id: string): Promise<CredentialAnswer> {
    return viewCredential(await this.credentials.findRow(within(tenant), id));
  }

  @UpdateRoute(CredentialAnswer, 'changeCredential', 'Change what a credential is allowed, and until when')
  @UseFilters(TenantRowFirst(IssuedCredentialsRepository))
  async change(
    @Tenant() tenant: Organization,
    @Param('id') id: string,
    @Body() dto: ChangeCredential,
  ): Promise<CredentialAnswer> {
    return viewCredential(await this.service.change(tenant, id, dto));
  }

  @DeleteRoute('deleteCredential', 'Revoke a credential: every process refuses it within a second')
  async delete(@Tenant() tenant: Organization, @Param('id') id: string): Promise<void> {
    await this.credentials.deleteRow(within(tenant), id);
  }
}
