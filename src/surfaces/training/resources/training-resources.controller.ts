import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, UseFilters } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { RequiresCredential } from '../../../auth/requirement.js';
import type { Caller } from '../../../core/caller.js';
import { CheckPathFirst } from '../check-path-first.js';
import {
  ApiBodyFailures,
  ApiCommonFailures,
  ApiFailures,
  ApiItemResponse,
  ApiListResponse,
  ApiNoContentResponse,
  ApiPathParameters,
} from '../training.docs.js';
import { envelope, type Enveloped } from '../training.envelope.js';
import {
  CreateTrainingResourceDto,
  TrainingResourceResponseDto,
  UpdateTrainingResourceDto,
  viewTrainingResource,
} from './training-resources.dto.js';
import { TrainingResourcesService } from './training-resources.service.js';

type Answer = Promise<Enveloped<TrainingResourceResponseDto>>;

@ApiTags('Classes')
@RequiresCredential('training')
@ApiPathParameters()
@ApiCommonFailures()
@Controller('api/v1/classes/:class_id/resources')
export class TrainingResourcesController {
  constructor(private readonly resources: TrainingResourcesService) {}

  @Get()
  @ApiOperation({
    operationId: 'listTrainingResources',
    summary: 'List the lab machines of a class, oldest first',
  })
  @ApiListResponse(TrainingResourceResponseDto)
  @ApiFailures('not-found')
  async list(
    @CurrentCaller() caller: Caller,
    @Param('class_id') classId: string,
  ): Promise<Enveloped<TrainingResourceResponseDto[]>> {
    return envelope(caller, (await this.resources.list(caller, classId)).map(viewTrainingResource));
  }

  @Post()
  @HttpCode(200)
  @UseFilters(
    CheckPathFirst(TrainingResourcesService, (rows, caller, ids) => rows.list(caller, ids.class_id ?? '')),
  )
  @ApiOperation({
    operationId: 'createTrainingResource',
    summary: 'Add a lab machine to a class: 100 at most',
  })
  @ApiItemResponse(TrainingResourceResponseDto)
  @ApiBodyFailures()
  @ApiFailures('not-found')
  async create(
    @CurrentCaller() caller: Caller,
    @Param('class_id') classId: string,
    @Body() dto: CreateTrainingResourceDto,
  ): Answer {
    return envelope(caller, viewTrainingResource(await this.resources.create(caller, classId, dto)));
  }

  @Get(':resource_id')
  @ApiOperation({ operationId: 'getTrainingResource', summary: 'Show one lab machine' })
  @ApiItemResponse(TrainingResourceResponseDto)
  @ApiFailures('not-found')
  async find(
    @CurrentCaller() caller: Caller,
    @Param('class_id') classId: string,
    @Param('resource_id') id: string,
  ): Answer {
    return envelope(caller, viewTrainingResource(await this.resources.find(caller, classId, id)));
  }

  @Patch(':resource_id')
  @UseFilters(
    CheckPathFirst(TrainingResourcesService, (rows, caller, ids) =>
      rows.find(caller, ids.class_id ?? '', ids.resource_id ?? ''),
    ),
  )
  @ApiOperation({ operationId: 'changeTrainingResource', summary: 'Change a lab machine' })
  @ApiItemResponse(TrainingResourceResponseDto)
  @ApiBodyFailures()
  @ApiFailures('not-found')
  async change(
    @CurrentCaller() caller: Caller,
    @Param('class_id') classId: string,
    @Param('resource_id') id: string,
    @Body() dto: UpdateTrainingResourceDto,
  ): Answer {
    return envelope(caller, viewTrainingResource(await this.resources.change(caller, classId, id, dto)));
  }

  @Delete(':resource_id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteTrainingResource', summary: 'Remove a lab machine from its class' })
  @ApiNoContentResponse()
  @ApiFailures('not-found')
  async delete(
    @CurrentCaller() caller: Caller,
    @Param('class_id') classId: string,
    @Param('resource_id') id: string,
  ): Promise<void> {
    await this.resources.delete(caller, classId, id);
  }
}
