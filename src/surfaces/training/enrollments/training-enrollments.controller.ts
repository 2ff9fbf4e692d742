import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  Query,
  Res,
  UseFilters,
} from '@nestjs/common';
import { ApiExtraModels, ApiOperation, ApiResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { RequiresCredential } from '../../../auth/requirement.js';
import { CONFIG, type Config } from '../../../config/config.js';
import type { Caller } from '../../../core/caller.js';
import { CheckPathFirst } from '../check-path-first.js';
import { TrainingCoursesService } from '../ondemand/training-courses.service.js';
import {
  ApiBodyFailures,
  ApiCommonFailures,
  ApiFailures,
  ApiItemResponse,
  ApiListResponse,
  ApiNoContentResponse,
  ApiPathParameters,
  TrainingErrorResponseDto,
} from '../training.docs.js';
import { envelope, type Enveloped } from '../training.envelope.js';
import {
  EnrollTrainingPeopleDto,
  ListTrainingEnrollmentsQueryDto,
  TrainingEnrollmentResponseDto,
  TrainingEnrollmentsFailureResponseDto,
  TrainingEnrollmentsPageResponseDto,
  UpdateTrainingEnrollmentDto,
  viewTrainingEnrollment,
  viewTrainingEnrollmentJson,
} from './training-enrollments.dto.js';
import { TrainingEnrollmentsService } from './training-enrollments.service.js';

const courseFirst = CheckPathFirst(TrainingCoursesService, (courses, caller, ids) =>
  courses.find(caller, ids.course_id ?? ''),
);

@ApiTags('On demand')
@RequiresCredential('training')
@ApiPathParameters()
@ApiCommonFailures()
@Controller('api/v1/ondemand/:course_id/enrollments')
export class TrainingEnrollmentsController {
  constructor(
    private readonly enrollments: TrainingEnrollmentsService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @UseFilters(courseFirst)
  @ApiOperation({
    operationId: 'listTrainingEnrollments',
    summary: 'List who takes a course, page by page, oldest first',
  })
  @ApiResponse({ status: 200, type: TrainingEnrollmentsPageResponseDto, description: 'A page of them.' })
  @ApiFailures('not-found', 'invalid')
  async list(
    @CurrentCaller() caller: Caller,
    @Param('course_id') courseId: string,
    @Query() query: ListTrainingEnrollmentsQueryDto,
  ): Promise<TrainingEnrollmentsPageResponseDto> {
    const { rows, total, page } = await this.enrollments.list(caller, courseId, query);
    const { limit, offset } = page;
    return {
      ...(caller.envelope && { result: 'success' }),
      data: rows.map((row) => viewTrainingEnrollmentJson(row, this.config.publicUrl)),
      metadata: {
        total_items: total,
        total_pages: Math.ceil(total / limit),
        current_page: offset / limit + 1,
        limit,
      },
    };
  }

  @Post()
  @HttpCode(201)
  @UseFilters(courseFirst)
  @ApiOperation({
    operationId: 'enrollTrainingPeople',
    summary: 'Enroll a person or several; who is enrolled already stays as they are',
  })
  @ApiExtraModels(TrainingEnrollmentsFailureResponseDto)
  @ApiResponse({
    status: 422,
    description: 'Faulty content, or faulty addresses: `data` holds those who were enrolled nevertheless.',
    schema: {
      anyOf: [
        { $ref: getSchemaPath(TrainingErrorResponseDto) },
        { $ref: getSchemaPath(TrainingEnrollmentsFailureResponseDto) },
      ],
    },
  })
  @ApiListResponse(TrainingEnrollmentResponseDto, 201)
  @ApiBodyFailures()
  @ApiFailures('not-found')
  async enroll(
    @CurrentCaller() caller: Caller,
    @Param('course_id') courseId: string,
    @Body() dto: EnrollTrainingPeopleDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Enveloped<TrainingEnrollmentResponseDto[]> | TrainingEnrollmentsFailureResponseDto> {
    const { rows, faulty } = await this.enrollments.enroll(caller, courseId, dto);
    const data = rows.map((row) => viewTrainingEnrollment(row, this.config.publicUrl));
    if (faulty.length === 0) return envelope(caller, data);
    reply.status(422);
    return { result: 'failure', error: faultyAddresses(faulty), data };
  }

  @Get(':enrollment_id')
  @ApiOperation({ operationId: 'getTrainingEnrollment', summary: 'Show how a person takes a course' })
  @ApiItemResponse(TrainingEnrollmentResponseDto)
  @ApiFailures('not-found')
  async find(
    @CurrentCaller() caller: Caller,
    @Param('course_id') courseId: string,
    @Param('enrollment_id') id: string,
  ): Promise<Enveloped<TrainingEnrollmentResponseDto>> {
    const found = await this.enrollments.find(caller, courseId, id);
    return envelope(caller, viewTrainingEnrollment(found, this.config.publicUrl));
  }

  @Patch(':enrollment_id')
  @UseFilters(
    CheckPathFirst(TrainingEnrollmentsService, (rows, caller, ids) =>
      rows.find(caller, ids.course_id ?? '', ids.enrollment_id ?? ''),
    ),
  )
  @ApiOperation({ operationId: 'changeTrainingEnrollment', summary: 'Mark a course as finished by a person' })
  @ApiItemResponse(TrainingEnrollmentResponseDto)
  @ApiBodyFailures()
  @ApiFailures('not-found')
  async change(
    @CurrentCaller() caller: Caller,
    @Param('course_id') courseId: string,
    @Param('enrollment_id') id: string,
    @Body() dto: UpdateTrainingEnrollmentDto,
  ): Promise<Enveloped<TrainingEnrollmentResponseDto>> {
    const changed = await this.enrollments.change(caller, courseId, id, dto);
    return envelope(caller, viewTrainingEnrollment(changed, this.config.publicUrl));
  }

  @Delete(':enrollment_id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteTrainingEnrollment', summary: 'Take a person out of a course' })
  @ApiNoContentResponse()
  @ApiFailures('not-found')
  async delete(
    @CurrentCaller() caller: Caller,
    @Param('course_id') courseId: string,
    @Param('enrollment_id') id: string,
  ): Promise<void> {
    await this.enrollments.delete(caller, courseId, id);
  }
}

function faultyAddresses(faulty: readonly unknown[]): TrainingEnrollmentsFailureResponseDto['error'] {
  return {
    type: 'EnrollmentsCreateFailure',
    message: `${faulty.length} of the given values ${faulty.length === 1 ? 'is no e-mail address' : 'are no e-mail addresses'}.`,
    errors: faulty.map((value) => ({
      type: 'EnrollmentCreateFailure',
      value,
      message: 'This is no e-mail address.',
    })),
  };
}
