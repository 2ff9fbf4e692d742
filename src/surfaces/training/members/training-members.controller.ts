import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { RequiresCredential } from '../../../auth/requirement.js';
import type { Caller } from '../../../core/caller.js';
import { TrainingMembersService } from './training-members.service.js';
import { TrainingMemberResponseDto, viewTrainingMember } from './training-members.dto.js';
import {
  ApiCommonFailures,
  ApiFailures,
  ApiItemResponse,
  ApiListResponse,
  ApiPathParameters,
} from '../training.docs.js';
import { envelope, type Enveloped } from '../training.envelope.js';

@ApiTags('Members')
@RequiresCredential('training')
@ApiPathParameters()
@ApiCommonFailures()
@Controller('api/v1/members')
export class TrainingMembersController {
  constructor(private readonly members: TrainingMembersService) {}

  @Get()
  @ApiOperation({
    operationId: 'listTrainingMembers',
    summary: 'List the members of your organization by e-mail',
  })
  @ApiListResponse(TrainingMemberResponseDto)
  async list(@CurrentCaller() caller: Caller): Promise<Enveloped<TrainingMemberResponseDto[]>> {
    return envelope(caller, (await this.members.list(caller)).map(viewTrainingMember));
  }

  @Get(':member_id')
  @ApiOperation({ operationId: 'getTrainingMember', summary: 'Show one member' })
  @ApiItemResponse(TrainingMemberResponseDto)
  @ApiFailures('not-found')
  async find(
    @CurrentCaller() caller: Caller,
    @Param('member_id') id: string,
  ): Promise<Enveloped<TrainingMemberResponseDto>> {
    return envelope(caller, viewTrainingMember(await this.members.find(caller, id)));
  }
}
