import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../auth/caller.decorator.js';
import { RequiresCredential } from '../../auth/requirement.js';
import type { Caller } from '../../core/caller.js';
import { TrainingMembersRepository } from './training-members.repository.js';
import { TrainingMemberResponseDto } from './training-members.dto.js';
import { ApiListResponse, ApiCommonFailures } from './training.docs.js';
import { envelope, type Enveloped } from './training.envelope.js';

@ApiTags('Members')
@RequiresCredential('training')
@ApiCommonFailures()
@Controller('api/v1/members')
export class TrainingMembersController {
  constructor(private readonly members: TrainingMembersRepository) {}

  @Get()
  @ApiOperation({
    operationId: 'listTrainingMembers',
    summary: 'List the members of your organization by e-mail',
  })
  @ApiListResponse(TrainingMemberResponseDto)
  async list(@CurrentCaller() caller: Caller): Promise<Enveloped<TrainingMemberResponseDto[]>> {
    return envelope(caller, await this.members.list(caller.organizationId));
  }
}
