import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../auth/caller.decorator.js';
import { RequiresCredential } from '../../auth/requirement.js';
import type { Caller } from '../../core/caller.js';
import { Failure } from '../../core/failure.js';
import type { Instant } from '../../core/instant.js';
import { ResponseField } from '../../http/validation/field.js';
import { PollPeopleRepository, type PollOrganizationRow } from './people/poll-people.repository.js';
import { ApiCommonFailures } from './polls.docs.js';
import * as field from './polls.fields.js';
import * as users from './users/poll-users.fields.js';

class PollOrganizationResponseDto {
  @ResponseField(users.ORGANIZATION_ID) _id!: string;
  @ApiProperty({ type: 'integer', description: 'Its number in other products.', example: 7 }) id!: number;
  @ApiProperty({ description: 'Its name.', example: 'Analytical Engines' }) name!: string;
  @ApiProperty({ description: 'Its name in addresses.', example: 'analytical-engines' }) slug!: string;
  @ApiProperty({ description: 'Its IANA zone.', example: 'Europe/London' }) timezone!: string;
  @ApiProperty({ description: 'Always `en`.', example: 'en' }) lang!: string;
  @ResponseField(users.userIds('Its administrators.')) admins!: readonly string[];
  @ResponseField(users.userIds('All of its members, the administrators too.')) members!: readonly string[];
  @ResponseField(field.booleanField('Always false.')) private!: boolean;
  @ApiProperty({ description: 'Always `pro`.', example: 'pro' }) plan!: string;
  @ApiProperty({ type: 'null', description: 'Nothing here in this service.', example: null })
  superadmin_team!: null;
  @ResponseField(field.CREATED_AT) createdAt!: Instant;
  @ResponseField(field.CREATED_AT) updatedAt!: Instant;
  @ApiProperty({ type: 'integer', description: 'Always 0.', example: 0 }) __v!: number;
}

@ApiTags('Credentials')
@RequiresCredential('polls', { scopes: [] })
@ApiCommonFailures()
@Controller('v2/auth')
export class PollAuthController {
  constructor(private readonly people: PollPeopleRepository) {}

  @Get('test')
  @ApiOperation({ operationId: 'testPollKey', summary: 'Try a key: whose is it?' })
  @ApiResponse({
    status: 200,
    type: PollOrganizationResponseDto,
    description: 'The organization of the key.',
  })
  async test(@CurrentCaller() { organizationId }: Caller): Promise<PollOrganizationResponseDto> {
    const organization = await this.people.findOrganization(organizationId);
    if (organization === undefined) throw new Failure('unauthenticated', 'The organization is gone.');
    return viewOrganization(organization);
  }
}

function viewOrganization({
  time_zone: timezone,
  created_at: createdAt,
  ...organization
}: PollOrganizationRow): PollOrganizationResponseDto {
  return {
    ...organization,
    lang: 'en',
    timezone,
    private: false,
    plan: 'pro',
    superadmin_team: null,
    createdAt,
    updatedAt: createdAt,
    __v: 0,
  };
}
