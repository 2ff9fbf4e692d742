import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, UseFilters } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { RequiresCredential } from '../../../auth/requirement.js';
import type { Caller } from '../../../core/caller.js';
import { CheckRowFirst } from '../../../http/check-first.filter.js';
import { TrainingClassesService } from './training-classes.service.js';
import {
  UpdateTrainingClassDto,
  CreateTrainingClassDto,
  TrainingClassResponseDto,
  viewTrainingClass,
} from './training-classes.dto.js';
import {
  ApiNoContentResponse,
  ApiListResponse,
  ApiItemResponse,
  ApiPathParameters,
  ApiFailures,
  ApiCommonFailures,
  ApiBodyFailures,
} from '../training.docs.js';
import { envelope, type Enveloped } from '../training.envelope.js';

@ApiTags('Classes')
@RequiresCredential('training')
@ApiPathParameters()
@ApiCommonFailures()
@Controller('api/v1/classes')
export class TrainingClassesController {
  constructor(private readonly classes: TrainingClassesService) {}

  @Get()
  @ApiOperation({ operationId: 'listTrainingClasses', summary: 'List classes, oldest first' })
  @ApiListResponse(TrainingClassResponseDto)
  async list(@CurrentCaller() caller: Caller): Promise<Enveloped<TrainingClassResponseDto[]>> {
    return envelope(caller, (await this.classes.list(caller)).map(viewTrainingClass));
  }

  @Get(':class_id')
  @ApiOperation({ operationId: 'getTrainingClass', summary: 'Show one class' })
  @ApiItemResponse(TrainingClassResponseDto)
  @ApiFailures('not-found')
  async find(
    @CurrentCaller() caller: Caller,
    @Param('class_id') id: string,
  ): Promise<Enveloped<TrainingClassResponseDto>> {
    return envelope(caller, viewTrainingClass(await this.classes.find(caller, id)));
  }

  @Post()
  @HttpCode(200)
  @ApiOperation({ operationId: 'createTrainingClass', summary: 'Create a class' })
  @ApiItemResponse(TrainingClassResponseDto)
  @ApiBodyFailures()
  async create(
    @CurrentCaller() caller: Caller,
    @Body() dto: CreateTrainingClassDto,
  ): Promise<Enveloped<TrainingClassResponseDto>> {
    return envelope(caller, viewTrainingClass(await this.classes.create(caller, dto)));
  }

  @Patch(':class_id')
  @UseFilters(CheckRowFirst(TrainingClassesService, 'class_id'))
  @ApiOperation({ operationId: 'changeTrainingClass', summary: 'Change a class' })
  @ApiItemResponse(TrainingClassResponseDto)
  @ApiBodyFailures()
  @ApiFailures('not-found')
  async change(
    @CurrentCaller() caller: Caller,
    @Param('class_id') id: string,
    @Body() dto: UpdateTrainingClassDto,
  ): Promise<Enveloped<TrainingClassResponseDto>> {
    return envelope(caller, viewTrainingClass(await this.classes.change(caller, id, dto)));
  }

  @Delete(':class_id')
  @ApiOperation({
    operationId: 'deleteTrainingClass',
    summary: 'Delete a class that nothing is based on, with all below it',
  })
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiFailures('not-found', 'conflict')
  async delete(@CurrentCaller() caller: Caller, @Param('class_id') id: string): Promise<void> {
    await this.classes.delete(caller, id);
  }
}
