import { Body, Controller, Header, HttpCode, Ip, Param, Post, Put, UseFilters } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { OptionalCaller } from '../../../auth/caller.decorator.js';
import { AcceptsCredential } from '../../../auth/requirement.js';
import { plainBody } from '../../../http/server/body.js';
import type { Caller } from '../../../core/caller.js';
import { JSON_TYPE } from '../../../core/json-text.js';
import { CheckRowFirst } from '../../../http/check-first.filter.js';
import type { PollEventRow } from '../events/poll-event.js';
import { PollEventResponseDto } from '../events/poll-event.dto.js';
import { serializePollEvent } from '../events/poll-event.serialization.js';
import { writeListedPollEvent, writePollEvent } from '../events/poll-event.writer.js';
import { PollEventsService } from '../events/poll-events.service.js';
import { PollParticipantsService } from './poll-participants.service.js';
import { PollInviteeAccess } from './poll-invitee-access.js';
import { ActAsInviteeDto, AddPollMessageDto, VoteOnPollEventDto } from './poll-votes.dto.js';
import { ApiPathParameters, ApiFailures, ApiCommonFailures, ApiBodyFailures } from '../polls.docs.js';

function hasPersonalKey(request: FastifyRequest): boolean {
  return typeof (plainBody(request) as { key?: unknown } | null | undefined)?.key === 'string';
}

/** Actions of invitees. Not part of the product's API, which offers them on its web page only. */
@ApiTags('Voting')
@AcceptsCredential('polls', hasPersonalKey)
@ApiPathParameters()
@ApiCommonFailures()
@UseFilters(CheckRowFirst(PollEventsService, 'event_id'))
@Controller('v2/events/:event_id')
export class PollVotesController {
  constructor(
    private readonly participants: PollParticipantsService,
    private readonly access: PollInviteeAccess,
  ) {}

  @Put('votes')
  @Header('content-type', JSON_TYPE)
  @ApiOperation({ operationId: 'voteOnPollEvent', summary: 'Say yes or no to dates and places' })
  @ApiResponse({ status: 200, type: PollEventResponseDto, description: 'The event with the votes.' })
  @ApiBodyFailures()
  @ApiFailures('not-found', 'conflict')
  async vote(
    @OptionalCaller() caller: Caller | null,
    @Param('event_id') id: string,
    @Body() body: VoteOnPollEventDto,
    @Ip() address: string,
  ): Promise<string> {
    const { organizationId, resolveInvitee } = await this.access.find(caller, id, body, address);
    const ballot = { dates: body.dates ?? {}, places: body.places ?? {} };
    return writeFor(caller, await this.participants.vote(organizationId, id, resolveInvitee, ballot));
  }

  @Post('decline')
  @HttpCode(200)
  @Header('content-type', JSON_TYPE)
  @ApiOperation({ operationId: 'declinePollEvent', summary: 'Say that somebody takes no part' })
  @ApiResponse({ status: 200, type: PollEventResponseDto, description: 'The event with the decline.' })
  @ApiBodyFailures()
  @ApiFailures('not-found', 'conflict')
  async decline(
    @OptionalCaller() caller: Caller | null,
    @Param('event_id') id: string,
    @Body() body: ActAsInviteeDto,
    @Ip() address: string,
  ): Promise<string> {
    const { organizationId, resolveInvitee } = await this.access.find(caller, id, body, address);
    return writeFor(caller, await this.participants.decline(organizationId, id, resolveInvitee));
  }

  @Post('messages')
  @HttpCode(200)
  @Header('content-type', JSON_TYPE)
  @ApiOperation({ operationId: 'sayOnPollEvent', summary: 'Say something to everybody' })
  @ApiResponse({ status: 200, type: PollEventResponseDto, description: 'The event with the message.' })
  @ApiBodyFailures()
  @ApiFailures('not-found', 'conflict')
  async postMessage(
    @OptionalCaller() caller: Caller | null,
    @Param('event_id') id: string,
    @Body() body: AddPollMessageDto,
    @Ip() address: string,
  ): Promise<string> {
    const { organizationId, resolveInvitee } = await this.access.find(caller, id, body, address);
    return writeFor(
      caller,
      await this.participants.postMessage(organizationId, id, resolveInvitee, body.body),
    );
  }
}

/** Only the organization's API key may see the personal keys. */
function writeFor(caller: Caller | null, event: PollEventRow): string {
  return caller === null
    ? writeListedPollEvent(serializePollEvent(event))
    : writePollEvent(serializePollEvent(event));
}
