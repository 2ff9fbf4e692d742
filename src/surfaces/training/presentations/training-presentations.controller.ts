import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Post,
  Put,
  StreamableFile,
  UseFilters,
} from '@nestjs/common';
import { ApiConsumes, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
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
import { attachment } from './training-file-name.js';
import {
  PresentationNoteResponseDto,
  ReplacePresentationNotesDto,
  TrainingPresentationResponseDto,
  UploadTrainingPresentationDto,
} from './training-presentations.dto.js';
import { TrainingPresentationsService } from './training-presentations.service.js';

const presentationFirst = CheckPathFirst(TrainingPresentationsService, (rows, caller, ids) =>
  rows.find(caller, ids.class_id ?? '', ids.presentation_id ?? ''),
);

@ApiTags('Classes')
@RequiresCredential('training')
@ApiPathParameters()
@ApiCommonFailures()
@Controller('api/v1/classes/:class_id/presentations')
export class TrainingPresentationsController {
  constructor(private readonly presentations: TrainingPresentationsService) {}

  @Get()
  @ApiOperation({
    operationId: 'listTrainingPresentations',
    summary: 'List the presentations of a class, newest first',
  })
  @ApiListResponse(TrainingPresentationResponseDto)
  @ApiFailures('not-found')
  async list(
    @CurrentCaller() caller: Caller,
    @Param('class_id') classId: string,
  ): Promise<Enveloped<TrainingPresentationResponseDto[]>> {
    return envelope(caller, await this.presentations.list(caller, classId));
  }

  @Post()
  @HttpCode(200)
  @UseFilters(
    CheckPathFirst(TrainingPresentationsService, (rows, caller, ids) =>
      rows.list(caller, ids.class_id ?? ''),
    ),
  )
  @ApiOperation({
    operationId: 'createTrainingPresentation',
    summary: 'Upload a presentation: 10 in a class, 1 MiB each, 100 MiB in all',
  })
  @ApiConsumes('multipart/form-data')
  @ApiItemResponse(TrainingPresentationResponseDto)
  @ApiBodyFailures()
  @ApiFailures('not-found')
  async upload(
    @CurrentCaller() caller: Caller,
    @Param('class_id') classId: string,
    @Body() dto: UploadTrainingPresentationDto,
  ): Promise<Enveloped<TrainingPresentationResponseDto>> {
    return envelope(caller, await this.presentations.upload(caller, classId, dto.presentation));
  }

  @Get(':presentation_id')
  @ApiOperation({ operationId: 'getTrainingPresentation', summary: 'Show what is known of a presentation' })
  @ApiItemResponse(TrainingPresentationResponseDto)
  @ApiFailures('not-found')
  async find(
    @CurrentCaller() caller: Caller,
    @Param('class_id') classId: string,
    @Param('presentation_id') id: string,
  ): Promise<Enveloped<TrainingPresentationResponseDto>> {
    return envelope(caller, await this.presentations.find(caller, classId, id));
  }

  @Put(':presentation_id')
  @UseFilters(presentationFirst)
  @ApiOperation({
    operationId: 'replaceTrainingPresentation',
    summary: 'Upload another file for a presentation; its notes stay',
  })
  @ApiConsumes('multipart/form-data')
  @ApiItemResponse(TrainingPresentationResponseDto)
  @ApiBodyFailures()
  @ApiFailures('not-found')
  async replaceFile(
    @CurrentCaller() caller: Caller,
    @Param('class_id') classId: string,
    @Param('presentation_id') id: string,
    @Body() dto: UploadTrainingPresentationDto,
  ): Promise<Enveloped<TrainingPresentationResponseDto>> {
    return envelope(caller, await this.presentations.replaceFile(caller, classId, id, dto.presentation));
  }

  /** Never inline: an uploaded page must not run on our origin. */
  @Get(':presentation_id/content')
  @ApiOperation({ operationId: 'getTrainingPresentationContent', summary: 'Download a presentation' })
  @ApiResponse({
    status: 200,
    description: 'Its bytes, of the type that they were sent with.',
    content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
  })
  @ApiFailures('not-found')
  async content(
    @CurrentCaller() caller: Caller,
    @Param('class_id') classId: string,
    @Param('presentation_id') id: string,
  ): Promise<StreamableFile> {
    const { content, content_type: type, filename } = await this.presentations.content(caller, classId, id);
    return new StreamableFile(content, { type, disposition: attachment(filename), length: content.length });
  }

  @Delete(':presentation_id')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'deleteTrainingPresentation',
    summary: 'Delete a presentation with its notes',
  })
  @ApiNoContentResponse()
  @ApiFailures('not-found')
  async delete(
    @CurrentCaller() caller: Caller,
    @Param('class_id') classId: string,
    @Param('presentation_id') id: string,
  ): Promise<void> {
    await this.presentations.delete(caller, classId, id);
  }

  @Get(':presentation_id/notes')
  @ApiOperation({ operationId: 'listTrainingPresentationNotes', summary: 'List notes by slide' })
  @ApiListResponse(PresentationNoteResponseDto)
  @ApiFailures('not-found')
  async notes(
    @CurrentCaller() caller: Caller,
    @Param('class_id') classId: string,
    @Param('presentation_id') id: string,
  ): Promise<Enveloped<PresentationNoteResponseDto[]>> {
    return envelope(caller, await this.presentations.notes(caller, classId, id));
  }

  @Put(':presentation_id/notes')
  @UseFilters(presentationFirst)
  @ApiOperation({ operationId: 'replaceTrainingPresentationNotes', summary: 'Replace all notes' })
  @ApiListResponse(PresentationNoteResponseDto)
  @ApiBodyFailures()
  @ApiFailures('not-found')
  replaceNotes(
    @CurrentCaller() caller: Caller,
    @Param('class_id') classId: string,
    @Param('presentation_id') id: string,
    @Body() dto: ReplacePresentationNotesDto,
  ): Promise<Enveloped<PresentationNoteResponseDto[]>> {
    return this.replace(caller, classId, id, dto);
  }

  @Post(':presentation_id/notes')
  @HttpCode(200)
  @UseFilters(presentationFirst)
  @ApiOperation({
    operationId: 'replaceTrainingPresentationNotesByPost',
    summary: 'Replace all notes, as PUT does',
  })
  @ApiListResponse(PresentationNoteResponseDto)
  @ApiBodyFailures()
  @ApiFailures('not-found')
  replaceNotesByPost(
    @CurrentCaller() caller: Caller,
    @Param('class_id') classId: string,
    @Param('presentation_id') id: string,
    @Body() dto: ReplacePresentationNotesDto,
  ): Promise<Enveloped<PresentationNoteResponseDto[]>> {
    return this.replace(caller, classId, id, dto);
  }

  @Delete(':presentation_id/notes')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteTrainingPresentationNotes', summary: 'Delete all notes' })
  @ApiNoContentResponse()
  @ApiFailures('not-found')
  async deleteNotes(
    @CurrentCaller() caller: Caller,
    @Param('class_id') classId: string,
    @Param('presentation_id') id: string,
  ): Promise<void> {
    await this.presentations.deleteNotes(caller, classId, id);
  }

  private async replace(
    caller: Caller,
    classId: string,
    id: string,
    { notes }: ReplacePresentationNotesDto,
  ): Promise<Enveloped<PresentationNoteResponseDto[]>> {
    return envelope(caller, await this.presentations.replaceNotes(caller, classId, id, notes));
  }
}
