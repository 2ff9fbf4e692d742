import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Post,
  Put,
  Query,
  Res,
  UseFilters,
} from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../../../audit/audit.js';
import { CurrentActor } from '../../../auth/actor.js';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { RequiresCredential } from '../../../auth/requirement.js';
import type { Caller } from '../../../core/caller.js';
import { CheckFirst } from '../../../http/check-first.filter.js';
import { ApiBodyFailures, ApiCommonFailures, ApiFailures, ApiPathParameters } from '../polls.docs.js';
import {
  CreatePollUserDto,
  CreatePollUsersDto,
  ListPollUsersQueryDto,
  PollMemberResponseDto,
  UpdatePollUserDto,
  UpdatePollUsersDto,
  viewPollUser,
} from './poll-users.dto.js';
import { PollUsersService } from './poll-users.service.js';

const UseWriterCheck = (): MethodDecorator =>
  UseFilters(
    CheckFirst(PollUsersService, (users, { caller }) =>
      Promise.resolve(caller === null ? undefined : users.assertMayWrite(caller)),
    ),
  );

const UseUserCheck = (): MethodDecorator =>
  UseFilters(
    CheckFirst(PollUsersService, async (users, { caller, params }) =>
      caller === null
        ? undefined
        : users.assertMayChange(caller, (params as Record<string, string>).user_id ?? ''),
    ),
  );

@ApiTags('Users')
@RequiresCredential('polls')
@ApiPathParameters()
@ApiCommonFailures()
@Controller('v2/users')
export class PollUsersController {
  constructor(private readonly users: PollUsersService) {}

  @Get()
  @ApiOperation({
    operationId: 'listPollUsers',
    summary: 'List the members of the organization, oldest first',
  })
  @ApiResponse({ status: 200, type: [PollMemberResponseDto], description: 'A page of them.' })
  @ApiFailures('invalid')
  async list(
    @CurrentCaller() caller: Caller,
    @Query() query: ListPollUsersQueryDto,
  ): Promise<PollMemberResponseDto[]> {
    return (await this.users.list(caller, query)).map(viewPollUser);
  }

  @Post('batch')
  @HttpCode(200)
  @UseWriterCheck()
  @ApiOperation({ operationId: 'createPollUsers', summary: 'Add or change several users, all or none' })
  @ApiBody({ type: [CreatePollUserDto] })
  @ApiResponse({ status: 200, type: [PollMemberResponseDto], description: 'They, in the order given.' })
  @ApiBodyFailures()
  @ApiFailures('forbidden', 'conflict')
  async createAll(
    @CurrentCaller() caller: Caller,
    @Body() { users }: CreatePollUsersDto,
  ): Promise<PollMemberResponseDto[]> {
    return (await this.users.create(caller, users)).map(({ user }) => viewPollUser(user));
  }

  @Put('batch')
  @UseWriterCheck()
  @ApiOperation({ operationId: 'changePollUsers', summary: 'Change several users, all or none' })
  @ApiResponse({ status: 200, type: [PollMemberResponseDto], description: 'They, in the order given.' })
  @ApiBodyFailures()
  @ApiFailures('forbidden', 'conflict')
  async changeAll(
    @CurrentCaller() caller: Caller,
    @Body() { users }: UpdatePollUsersDto,
  ): Promise<PollMemberResponseDto[]> {
    return (await this.users.changeAll(caller, users)).map(viewPollUser);
  }

  @Get(':user_id')
  @ApiOperation({ operationId: 'getPollUser', summary: 'Show one user' })
  @ApiResponse({ status: 200, type: PollMemberResponseDto, description: 'As it is now.' })
  @ApiFailures('not-found')
  async find(@CurrentCaller() caller: Caller, @Param('user_id') id: string): Promise<PollMemberResponseDto> {
    return viewPollUser(await this.users.find(caller, id));
  }

  @Post()
  @UseWriterCheck()
  @ApiOperation({
    operationId: 'createPollUser',
    summary: 'Add a user, or change the one whose id, external id or address it has',
  })
  @ApiResponse({ status: 201, type: PollMemberResponseDto, description: 'The new user.' })
  @ApiResponse({ status: 200, type: PollMemberResponseDto, description: 'The user that was there.' })
  @ApiBodyFailures()
  @ApiFailures('forbidden', 'conflict')
  async create(
    @CurrentCaller() caller: Caller,
    @Body() dto: CreatePollUserDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PollMemberResponseDto> {
    const [saved] = await this.users.create(caller, [dto]);
    if (saved === undefined) throw new Error('A user was not saved.');
    if (!saved.isNew) reply.status(200);
    return viewPollUser(saved.user);
  }

  @Put(':user_id')
  @UseUserCheck()
  @ApiOperation({ operationId: 'changePollUser', summary: 'Change parts of a user' })
  @ApiResponse({ status: 200, type: PollMemberResponseDto, description: 'As it is now.' })
  @ApiBodyFailures()
  @ApiFailures('forbidden', 'not-found', 'conflict')
  async change(
    @CurrentCaller() caller: Caller,
    @Param('user_id') id: string,
    @Body() dto: UpdatePollUserDto,
  ): Promise<PollMemberResponseDto> {
    return viewPollUser(await this.users.change(caller, id, dto));
  }

  @Delete(':user_id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deletePollUser', summary: 'Remove a member who owns nothing' })
  @ApiResponse({ status: 204, description: 'Done.' })
  @ApiFailures('forbidden', 'not-found', 'conflict')
  delete(
    @CurrentCaller() caller: Caller,
    @Param('user_id') id: string,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    return this.users.delete(caller, id, actor);
  }
}
