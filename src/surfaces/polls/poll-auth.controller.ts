import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../auth/caller.decorator.js';
import { RequiresCredential } from '../../auth/requirement.js';
import type { Caller } from '../../core/caller.js';
import { Failure } from '../../core/failure.js';
import { PollPeopleRepository } from './people/poll-people.repository.js';
import { ApiCommonFailures } from './polls.docs.js';

class PollOrganizationResponseDto {
  @ApiProperty({ type: 'integer', description: 'Id of the organization.', example: 7 }) id!: number;
  @ApiProperty({ description: 'Its name.', example: 'Analytical Engines' }) name!: string;
  @ApiProperty({ description: 'Its name in addresses.', example: 'analytical-engines' }) slug!: string;
  @ApiProperty({ description: 'Its IANA zone.', example: 'Europe/London' }) timezone!: string;
}

@ApiTags('Credentials')
@RequiresCredential('polls')
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
    if (organization === null) throw new Failure('unauthenticated', 'The organization is gone.');
    const { id, name, slug, time_zone: timezone } = organization;
    return { id, name, slug, timezone };
  }
}
