import { Body, Controller, Delete, Get, Header, Param, Post, Put, Query, UseFilters } from '@nestjs/common';
import { ApiExcludeController, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { RequiresCredential } from '../../../auth/requirement.js';
import type { Caller } from '../../../core/caller.js';
import { JSON_TYPE } from '../../../core/json-text.js';
import { CheckFirst, CheckRowFirst } from '../../../http/check-first.filter.js';
import { PollEventResponseDto } from '../events/poll-event.dto.js';
import { writePollEvent, writePollEvents } from '../events/poll-event.writer.js';
import { ListPollEventsQueryDto } from '../events/poll-events.dto.js';
import { ApiBodyFailures, ApiCommonFailures, ApiFailures, ApiPathParameters } from '../polls.docs.js';
import { PollTeamEventsService } from './poll-team-events.service.js';
import {
  CreatePollTeamDto,
  CreatePollTeamEventDto,
  ListPollTeamsQueryDto,
  PollTeamDeletedResponseDto,
  PollTeamResponseDto,
  UpdatePollTeamDto,
  viewPollTeam,
} from './poll-teams.dto.js';
import { PollTeamsService } from './poll-teams.service.js';

const UseWriterCheck = (): MethodDecorator =>
  UseFilters(
    CheckFirst(PollTeamsService, (teams, { caller }) =>
      Promise.resolve(caller === null ? undefined : teams.assertMayWrite(caller)),
    ),
  );

const UseTeamCheck = (): MethodDecorator =>
  UseFilters(
    CheckFirst(PollTeamsService, async (teams, { caller, params }) =>
      caller === null
        ? undefined
        : teams.assertMayChange(caller, (params as Record<string, string>).team_id ?? ''),
    ),
  );

@ApiTags('Teams')
@RequiresCredential('polls')
@ApiPathParameters()
@ApiCommonFailures()
@Controller('v2/teams')
export class PollTeamsController {
  constructor(
    private readonly teams: PollTeamsService,
    private readonly events: PollTeamEventsService,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'listPollTeams',
    summary: 'List teams by name',
    description: 'All paths of teams also begin with `/v2/team`.',
  })
  @ApiResponse({ status: 200, type: [PollTeamResponseDto], description: 'A page of them.' })
  @ApiFailures('invalid')
  async list(
    @CurrentCaller() caller: Caller,
    @Query() query: ListPollTeamsQueryDto,
  ): Promise<PollTeamResponseDto[]> {
    return (await this.teams.list(caller, query)).map(viewPollTeam);
  }

  @Get(':team_id')
  @ApiOperation({ operationId: 'getPollTeam', summary: 'Show one team' })
  @ApiResponse({ status: 200, type: PollTeamResponseDto, description: 'As it is now.' })
  @ApiFailures('not-found')
  async find(@CurrentCaller() caller: Caller, @Param('team_id') id: string): Promise<PollTeamResponseDto> {
    return viewPollTeam(await this.teams.find(caller, id));
  }

  @Post()
  @UseWriterCheck()
  @ApiOperation({ operationId: 'createPollTeam', summary: 'Make a team' })
  @ApiResponse({ status: 201, type: PollTeamResponseDto, description: 'The new team.' })
  @ApiBodyFailures()
  @ApiFailures('forbidden', 'conflict')
  async create(
    @CurrentCaller() caller: Caller,
    @Body() dto: CreatePollTeamDto,
  ): Promise<PollTeamResponseDto> {
    return viewPollTeam(await this.teams.create(caller, dto));
  }

  @Put(':team_id')
  @UseTeamCheck()
  @ApiOperation({ operationId: 'changePollTeam', summary: 'Change parts of a team; lists are replaced' })
  @ApiResponse({ status: 200, type: PollTeamResponseDto, description: 'As it is now.' })
  @ApiBodyFailures()
  @ApiFailures('forbidden', 'not-found', 'conflict')
  async change(
    @CurrentCaller() caller: Caller,
    @Param('team_id') id: string,
    @Body() dto: UpdatePollTeamDto,
  ): Promise<PollTeamResponseDto> {
    return viewPollTeam(await this.teams.change(caller, id, dto));
  }

  @Delete(':team_id')
  @ApiOperation({ operationId: 'deletePollTeam', summary: 'Delete a team; its events stay' })
  @ApiResponse({ status: 200, type: PollTeamDeletedResponseDto, description: 'Done.' })
  @ApiFailures('forbidden', 'not-found')
  async delete(
    @CurrentCaller() caller: Caller,
    @Param('team_id') id: string,
  ): Promise<PollTeamDeletedResponseDto> {
    await this.teams.delete(caller, id);
    return { n: 1, ok: 1 };
  }

  @Get(':team_id/events')
  @UseFilters(CheckRowFirst(PollTeamsService, 'team_id'))
  @Header('content-type', JSON_TYPE)
  @ApiOperation({ operationId: 'listPollTeamEvents', summary: 'List events of a team, newest first' })
  @ApiResponse({ status: 200, type: [PollEventResponseDto], description: 'A page of them.' })
  @ApiFailures('invalid', 'not-found')
  async listEvents(
    @CurrentCaller() caller: Caller,
    @Param('team_id') id: string,
    @Query() query: ListPollEventsQueryDto,
  ): Promise<Buffer> {
    return writePollEvents(await this.events.list(caller, id, query));
  }

  @Post(':team_id/events')
  @UseFilters(CheckRowFirst(PollTeamsService, 'team_id'))
  @Header('content-type', JSON_TYPE)
  @ApiOperation({
    operationId: 'createPollTeamEvent',
    summary: 'Make an event that a member of the team organises',
  })
  @ApiResponse({ status: 201, type: PollEventResponseDto, description: 'As it was created.' })
  @ApiBodyFailures()
  @ApiFailures('not-found', 'conflict')
  async createEvent(
    @CurrentCaller() caller: Caller,
    @Param('team_id') id: string,
    @Body() event: CreatePollTeamEventDto,
  ): Promise<string> {
    return writePollEvent(await this.events.create(caller, id, event));
  }
}

/** The product's own list of endpoints spells some of these paths without the s. */
@ApiExcludeController()
@Controller('v2/team')
export class PollTeamAliasController extends PollTeamsController {}
