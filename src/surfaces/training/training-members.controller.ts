import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Who } from '../../auth/caller.decorator.js';
import { RequiresCredential } from '../../auth/requirement.js';
import type { Caller } from '../../core/caller.js';
import { TrainingMembers } from './training-members.table.js';
import { TrainingMemberAnswer } from './training-members.wire.js';
import { AnswersList, RefusesAlways } from './training.docs.js';
import { answer, type Answer } from './training.envelope.js';

@ApiTags('Members')
@RequiresCredential('training')
@RefusesAlways()
@Controller('api/v1/members')
export class TrainingMembersController {
  constructor(private readonly members: TrainingMembers) {}

  @Get()
  @ApiOperation({
    operationId: 'listTrainingMembers',
    summary: 'List the members of your organization by e-mail',
  })
  @AnswersList(TrainingMemberAnswer)
  async list(@Who() caller: Caller): Promise<Answer<TrainingMemberAnswer[]>> {
    return answer(caller, await this.members.list(caller.organizationId));
  }
}
