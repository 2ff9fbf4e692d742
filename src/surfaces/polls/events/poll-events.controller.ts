import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Param,
  Post,
  Put,
  Query,
  UseFilters,
} from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { RequiresCredential } from '../../../auth/requirement.js';
import { allows } from '../../../auth/scopes.js';
import type { Caller } from '../../../core/caller.js';
import { JSON_TYPE } from '../../../core/json-text.js';
import { CheckRowFirst } from '../../../http/check-first.filter.js';
import type { PollInvitee } from './poll-event.js';
import { PollEventResponseDto, PollInviteeResponseDto } from './poll-event.dto.js';
import { serializePollEvent } from './poll-event.serialization.js';
import { pollScopes } from '../polls.credential.js';
import { writeListedPollEvent, writePollEvent, writePollEvents } from './poll-event.writer.js';
import { PollEventListsService } from './poll-event-lists.service.js';
import { PollEventsService } from './poll-events.service.js';
import {
  AddPollInviteesDto,
  UpdatePollEventDto,
  UpdatePollOrganiserDto,
  ConfirmPollEventDto,
  CreatePollEventDto,
  ListPollEventsQueryDto,
  PollInviteeInputDto,
} from './poll-events.dto.js';
import { PollParticipantsService } from '../votes/poll-participants.service.js';
import {
  ApiTextResponse,
  ApiPathParameters,
  OK,
  ApiFailures,
  ApiCommonFailures,
  ApiBodyFailures,
} from '../polls.docs.js';

const TEXT = 'text/plain; charset=utf-8';
const UseEventCheck = (): MethodDecorator => UseFilters(CheckRowFirst(PollEventsService, 'event_id'));

@ApiTags('Events')
@RequiresCredential('polls')
@ApiPathParameters()
@ApiCommonFailures()
@Controller('v2/events')
export class PollEventsController {
  constructor(
    private readonly events: PollEventsService,
    private readonly lists: PollEventListsService,
    private readonly participants: PollParticipantsService,
  ) {}

  @Get()
  @Header('content-type', JSON_TYPE)
  @ApiOperation({ operationId: 'listPollEvents', summary: 'List events, newest first' })
  @ApiResponse({ status: 200, type: [PollEventResponseDto], description: 'A page of them.' })
  @ApiFailures('invalid')
  async list(@CurrentCaller() caller: Caller, @Query() query: ListPollEventsQueryDto): Promise<Buffer> {
    return writePollEvents(await this.lists.list(caller, query));
  }

  @Get(':event_id')
  @Header('content-type', JSON_TYPE)
  @ApiOperation({ operationId: 'getPollEvent', summary: 'Show one event' })
  @ApiResponse({ status: 200, type: PollEventResponseDto, description: 'As it is now.' })
  @ApiFailures('not-found')
  async find(@CurrentCaller() caller: Caller, @Param('event_id') id: string): Promise<string> {
    const event = await this.events.find(caller, id);
    return allows(pollScopes, caller, 'write') ? writePollEvent(event) : writeListedPollEvent(event);
  }

  @Post()
  @Header('content-type', JSON_TYPE)
  @ApiOperation({
    operationId: 'createPollEvent',
    summary: 'Propose dates and places and invite people to vote',
  })
  @ApiResponse({ status: 201, type: PollEventResponseDto, description: 'As it was created.' })
  @ApiBodyFailures()
  async create(@CurrentCaller() caller: Caller, @Body() event: CreatePollEventDto): Promise<string> {
    return writePollEvent(await this.events.create(caller, event));
  }

  @Put(':event_id')
  @UseEventCheck()
  @Header('content-type', JSON_TYPE)
  @ApiOperation({ operationId: 'changePollEvent', summary: 'Change parts of an event' })
  @ApiResponse({ status: 200, type: PollEventResponseDto, description: 'As it is now.' })
  @ApiBodyFailures()
  @ApiFailures('not-found', 'conflict')
  async change(
    @CurrentCaller() caller: Caller,
    @Param('event_id') id: string,
    @Body() change: UpdatePollEventDto,
  ): Promise<string> {
    return writePollEvent(serializePollEvent(await this.events.update(caller, id, change)));
  }

  @Post(':event_id/confirm')
  @HttpCode(200)
  @UseEventCheck()
  @Header('content-type', JSON_TYPE)
  @ApiOperation({ operationId: 'confirmPollEvent', summary: 'Settle on a date and a place' })
  @ApiResponse({ status: 200, type: PollEventResponseDto, description: 'As it is now.' })
  @ApiBodyFailures()
  @ApiFailures('not-found', 'conflict')
  async confirm(
    @CurrentCaller() caller: Caller,
    @Param('event_id') id: string,
    @Query() query: ConfirmPollEventDto,
    @Body() body: ConfirmPollEventDto,
  ): Promise<string> {
    const event = await this.events.confirm(caller, id, { d: query.d ?? body.d, p: query.p ?? body.p });
    return writePollEvent(serializePollEvent(event));
  }

  @Post(':event_id/cancel')
  @HttpCode(200)
  @Header('content-type', TEXT)
  @ApiOperation({ operationId: 'cancelPollEvent', summary: 'Call an event off' })
  @ApiTextResponse()
  @ApiFailures('not-found')
  async cancel(@CurrentCaller() caller: Caller, @Param('event_id') id: string): Promise<string> {
    await this.events.cancel(caller, id);
    return OK;
  }

  @Post(':event_id/invitees')
  @HttpCode(200)
  @UseEventCheck()
  @ApiOperation({ operationId: 'addPollInvitees', summary: 'Invite more people' })
  @ApiBody({ type: [PollInviteeInputDto] })
  @ApiResponse({ status: 200, type: [PollInviteeResponseDto], description: 'Everybody who is invited now.' })
  @ApiBodyFailures()
  @ApiFailures('not-found', 'conflict')
  addInvitees(
    @CurrentCaller() caller: Caller,
    @Param('event_id') id: string,
    @Body() { invitees }: AddPollInviteesDto,
  ): Promise<readonly PollInvitee[]> {
    return this.participants.addInvitees(caller, id, invitees);
  }

  @Delete(':event_id/invitees/:invitee_id')
  @Header('content-type', TEXT)
  @ApiOperation({ operationId: 'deletePollInvitee', summary: 'Take an invitation back' })
  @ApiTextResponse()
  @ApiFailures('invalid', 'not-found', 'conflict')
  async deleteInvitee(
    @CurrentCaller() caller: Caller,
    @Param('event_id') id: string,
    @Param('invitee_id') inviteeId: string,
  ): Promise<string> {
    await this.participants.removeInvitee(caller, id, inviteeId);
    return OK;
  }

  /** The product documents both methods. */
  @Post(':event_id/invitees/:invitee_id')
  @HttpCode(200)
  @Header('content-type', TEXT)
  @ApiOperation({ operationId: 'deletePollInviteeByPost', summary: 'Take an invitation back, by POST' })
  @ApiTextResponse()
  @ApiFailures('invalid', 'not-found', 'conflict')
  deleteInviteeByPost(
    @CurrentCaller() caller: Caller,
    @Param('event_id') id: string,
    @Param('invitee_id') inviteeId: string,
  ): Promise<string> {
    return this.deleteInvitee(caller, id, inviteeId);
  }

  @Post(':event_id/admin')
  @HttpCode(200)
  @UseEventCheck()
  @Header('content-type', TEXT)
  @ApiOperation({ operationId: 'changePollOrganiser', summary: 'Hand an event over to another organiser' })
  @ApiTextResponse()
  @ApiBodyFailures()
  @ApiFailures('not-found', 'conflict')
  async changeOrganiser(
    @CurrentCaller() caller: Caller,
    @Param('event_id') id: string,
    @Body() organiser: UpdatePollOrganiserDto,
  ): Promise<string> {
    await this.participants.changeOrganiser(caller, id, organiser);
    return OK;
  }
}
