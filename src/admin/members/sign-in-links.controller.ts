import { Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { Actor } from '../../audit/audit.js';
import { CurrentActor } from '../../auth/actor.js';
import { RequiresAdminToken } from '../../auth/requirement.js';
import { Organization } from '../../auth/organization.entity.js';
import { SignInService } from '../../auth/sign-in/sign-in.service.js';
import { CONFIG, type Config } from '../../config/config.js';
import { TenantResource } from '../admin.docs.js';
import { Tenant } from '../tenant.js';
import { MembersService } from './members.service.js';
import { SignInLinkResponseDto, viewSignInLink } from './sign-in.dto.js';

@TenantResource('Members', 'members/:id/sign-in')
export class SignInLinksController {
  constructor(
    private readonly members: MembersService,
    private readonly signIn: SignInService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post()
  @RequiresAdminToken('credentials')
  @ApiOperation({
    operationId: 'createSignInLink',
    summary: 'Make a link that signs a member in to the pages for people, once, within 15 minutes',
  })
  @ApiResponse({ status: 201, type: SignInLinkResponseDto, description: 'The link; it is shown this once.' })
  async create(
    @Tenant() tenant: Organization,
    @Param('id') id: string,
    @CurrentActor() actor: Actor,
  ): Promise<SignInLinkResponseDto> {
    const member = await this.members.find(tenant, id);
    const link = await this.signIn.createLink(tenant.id, member.id, actor);
    return viewSignInLink(link, this.config.publicUrl);
  }
}
