import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, UseFilters } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { RequiresCredential } from '../../../auth/requirement.js';
import type { Caller } from '../../../core/caller.js';
import { CheckRowFirst } from '../../../http/check-first.filter.js';
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
  CreateTrainingCourseDto,
  TrainingCourseResponseDto,
  UpdateTrainingCourseDto,
  viewTrainingCourse,
} from './training-courses.dto.js';
import { TrainingCoursesService } from './training-courses.service.js';

@ApiTags('On demand')
@RequiresCredential('training')
@ApiPathParameters()
@ApiCommonFailures()
@Controller('api/v1/ondemand')
export class TrainingCoursesController {
  constructor(private readonly courses: TrainingCoursesService) {}

  @Get()
  @ApiOperation({ operationId: 'listTrainingCourses', summary: 'List courses on demand, oldest first' })
  @ApiListResponse(TrainingCourseResponseDto)
  async list(@CurrentCaller() caller: Caller): Promise<Enveloped<TrainingCourseResponseDto[]>> {
    return envelope(caller, (await this.courses.list(caller)).map(viewTrainingCourse));
  }

  @Post()
  @HttpCode(200)
  @ApiOperation({ operationId: 'createTrainingCourse', summary: 'Offer a class on demand' })
  @ApiItemResponse(TrainingCourseResponseDto)
  @ApiBodyFailures()
  @ApiFailures('not-found')
  async create(
    @CurrentCaller() caller: Caller,
    @Body() dto: CreateTrainingCourseDto,
  ): Promise<Enveloped<TrainingCourseResponseDto>> {
    return envelope(caller, viewTrainingCourse(await this.courses.create(caller, dto)));
  }

  @Get(':course_id')
  @ApiOperation({ operationId: 'getTrainingCourse', summary: 'Show one course on demand' })
  @ApiItemResponse(TrainingCourseResponseDto)
  @ApiFailures('not-found')
  async find(
    @CurrentCaller() caller: Caller,
    @Param('course_id') id: string,
  ): Promise<Enveloped<TrainingCourseResponseDto>> {
    return envelope(caller, viewTrainingCourse(await this.courses.find(caller, id)));
  }

  @Patch(':course_id')
  @UseFilters(CheckRowFirst(TrainingCoursesService, 'course_id'))
  @ApiOperation({ operationId: 'changeTrainingCourse', summary: 'Change a course on demand' })
  @ApiItemResponse(TrainingCourseResponseDto)
  @ApiBodyFailures()
  @ApiFailures('not-found')
  async change(
    @CurrentCaller() caller: Caller,
    @Param('course_id') id: string,
    @Body() dto: UpdateTrainingCourseDto,
  ): Promise<Enveloped<TrainingCourseResponseDto>> {
    return envelope(caller, viewTrainingCourse(await this.courses.change(caller, id, dto)));
  }

  @Delete(':course_id')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'deleteTrainingCourse',
    summary: 'Delete a course on demand with its enrollments',
  })
  @ApiNoContentResponse()
  @ApiFailures('not-found')
  async delete(@CurrentCaller() caller: Caller, @Param('course_id') id: string): Promise<void> {
    await this.courses.delete(caller, id);
  }
}
