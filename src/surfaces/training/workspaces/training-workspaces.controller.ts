import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { RequiresCredential } from '../../../auth/requirement.js';
import type { Caller } from '../../../core/caller.js';
import { TrainingResourceResponseDto } from '../resources/training-resources.dto.js';
import {
  ApiCommonFailures,
  ApiFailures,
  ApiItemResponse,
  ApiListResponse,
  ApiPathParameters,
} from '../training.docs.js';
import { envelope, type Enveloped } from '../training.envelope.js';
import { TrainingWorkspaceResponseDto } from './training-workspaces.dto.js';
import { TrainingWorkspacesService } from './training-workspaces.service.js';

@ApiTags('Events')
@RequiresCredential('training')
@ApiPathParameters()
@ApiCommonFailures()
@Controller('api/v1/events/:event_id/workspaces')
export class TrainingWorkspacesController {
  constructor(private readonly workspaces: TrainingWorkspacesService) {}

  @Get()
  @ApiOperation({
    operationId: 'listTrainingWorkspaces',
    summary: 'List the workspaces of an event: of its owner, its assistants and its trainees',
  })
  @ApiListResponse(TrainingWorkspaceResponseDto)
  @ApiFailures('not-found')
  async list(
    @CurrentCaller() caller: Caller,
    @Param('event_id') eventId: string,
  ): Promise<Enveloped<TrainingWorkspaceResponseDto[]>> {
    return envelope(caller, await this.workspaces.list(caller, eventId));
  }

  @Get(':workspace_id')
  @ApiOperation({ operationId: 'getTrainingWorkspace', summary: 'Show one workspace' })
  @ApiItemResponse(TrainingWorkspaceResponseDto)
  @ApiFailures('not-found')
  async find(
    @CurrentCaller() caller: Caller,
    @Param('event_id') eventId: string,
    @Param('workspace_id') id: string,
  ): Promise<Enveloped<TrainingWorkspaceResponseDto>> {
    return envelope(caller, await this.workspaces.find(caller, eventId, id));
  }

  @Get(':workspace_id/resources')
  @ApiOperation({
    operationId: 'listTrainingWorkspaceResources',
    summary: 'List the machines of a workspace: always none, since nothing is started',
  })
  @ApiListResponse(TrainingResourceResponseDto)
  @ApiFailures('not-found')
  async resources(
    @CurrentCaller() caller: Caller,
    @Param('event_id') eventId: string,
    @Param('workspace_id') id: string,
  ): Promise<Enveloped<TrainingResourceResponseDto[]>> {
    await this.workspaces.find(caller, eventId, id);
    return envelope(caller, []);
  }
}
