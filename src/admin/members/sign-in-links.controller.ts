import { Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { Organization } from '../../auth/organization.entity.js';
import { SignInLinks } from '../../auth/sign-in-links.table.js';
import { PUBLIC_URL } from '../../http/public-url.js';
import { TenantResource } from '../admin.docs.js';
import { Tenant, within } from '../tenant.js';
import { Members } from './members.table.js';
import { SignInAnswer, viewSignInLink } from './sign-in.wire.js';

@TenantResource('Members', 'members/:id/sign-in')
export class SignInLinksController {
  constructor(
    private readonly members: Members,
    private readonly links: SignInLinks,
    @Inject(PUBLIC_URL) private readonly publicUrl: string,
  ) {}

  @Post()
  @ApiOperation({
    operationId: 'createSignInLink',
    summary: 'Make a link that signs a member in to the pages for people, once, within 15 minutes',
  })
  @ApiResponse({ status: 201, type: SignInAnswer, description: 'The link; it is shown this once.' })
  async create(@Tenant() tenant: Organization, @Param('id') id: string): Promise<SignInAnswer> {
    const member = await this.members.rows.find(within(tenant), id);
    return viewSignInLink(await this.links.create(tenant.id, member.id), this.publicUrl);
  }
}
