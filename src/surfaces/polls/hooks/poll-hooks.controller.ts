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
  type Type,
} from '@nestjs/common';
import { ApiBody, ApiExtraModels, ApiOperation, ApiResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { RequiresCredential } from '../../../auth/requirement.js';
import type { Caller } from '../../../core/caller.js';
import { OptionalQuery } from '../../../http/validation/field.js';
import { queryNumber } from '../../../http/validation/fields.js';
import { CheckRowFirst } from '../../../http/check-first.filter.js';
import { PollHooksService } from './poll-hooks.service.js';
import type { HookDeliveryRow } from './poll-hooks.repository.js';
import {
  UpdatePollHookDto,
  CreatePollActionHookDto,
  CreatePollHookDto,
  NewPollActionHookResponseDto,
  NewPollHookResponseDto,
  PollActionHookResponseDto,
  PollHookChangeInputDto,
  PollHookInputDto,
  PollHookResponseDto,
  PollHookDeliveryResponseDto,
  UpdatePollActionHookDto,
  viewPollHook,
} from './poll-hooks.dto.js';
import {
  ApiTextResponse,
  ApiPathParameters,
  OK,
  ApiFailures,
  ApiCommonFailures,
  ApiBodyFailures,
} from '../polls.docs.js';

export class ListPollHooksQueryDto {
  @OptionalQuery(
    queryNumber({ min: 1, max: 100, default: 50, description: 'Entries on a page.', example: 20 }),
  )
  limit?: number;
  @OptionalQuery(queryNumber({ min: 1, default: 1, description: 'Which page, from 1.', example: 1 }))
  page?: number;
}

/** The schema of hooks in the product's shape and in ours. */
function eitherOf(ours: Type, theirs: Type): { oneOf: { $ref: string }[] } {
  return { oneOf: [{ $ref: getSchemaPath(ours) }, { $ref: getSchemaPath(theirs) }] };
}

const EITHER_HOOK = eitherOf(PollHookResponseDto, PollActionHookResponseDto);

@ApiTags('Hooks')
@ApiExtraModels(
  CreatePollActionHookDto,
  CreatePollHookDto,
  NewPollActionHookResponseDto,
  NewPollHookResponseDto,
  PollActionHookResponseDto,
  PollHookResponseDto,
  UpdatePollActionHookDto,
  UpdatePollHookDto,
)
@RequiresCredential('polls')
@ApiPathParameters()
@ApiCommonFailures()
@Controller('v2/hooks')
export class PollHooksController {
  constructor(private readonly hooks: PollHooksService) {}

  @Post()
  @ApiOperation({ operationId: 'createPollHook', summary: 'Be told what happens to events' })
  @ApiResponse({
    status: 201,
    schema: eitherOf(NewPollHookResponseDto, NewPollActionHookResponseDto),
    description: 'The hook and, this once, its secret.',
  })
  @ApiBody({ required: true, schema: eitherOf(CreatePollHookDto, CreatePollActionHookDto) })
  @ApiBodyFailures()
  @ApiFailures('conflict')
  async create(
    @CurrentCaller() caller: Caller,
    @Body() dto: PollHookInputDto,
  ): Promise<NewPollHookResponseDto | NewPollActionHookResponseDto> {
    const { hook, secret } = await this.hooks.create(caller, dto);
    return { ...viewPollHook(hook), secret };
  }

  @Get()
  @ApiOperation({ operationId: 'listPollHooks', summary: 'List hooks, newest first' })
  @ApiResponse({ status: 200, schema: { type: 'array', items: EITHER_HOOK }, description: 'A page of them.' })
  @ApiFailures('invalid')
  async list(
    @CurrentCaller() caller: Caller,
    @Query() query: ListPollHooksQueryDto,
  ): Promise<(PollHookResponseDto | PollActionHookResponseDto)[]> {
    return (await this.hooks.list(caller, query)).map(viewPollHook);
  }

  @Get(':hook_id')
  @ApiOperation({ operationId: 'getPollHook', summary: 'Show one hook' })
  @ApiResponse({ status: 200, schema: EITHER_HOOK, description: 'As it is now.' })
  @ApiFailures('not-found')
  async find(
    @CurrentCaller() caller: Caller,
    @Param('hook_id') id: string,
  ): Promise<PollHookResponseDto | PollActionHookResponseDto> {
    return viewPollHook(await this.hooks.find(caller, id));
  }

  @Put(':hook_id')
  @UseFilters(CheckRowFirst(PollHooksService, 'hook_id'))
  @ApiBody({ required: true, schema: eitherOf(UpdatePollHookDto, UpdatePollActionHookDto) })
  @ApiOperation({ operationId: 'changePollHook', summary: 'Change parts of a hook' })
  @ApiResponse({ status: 200, schema: EITHER_HOOK, description: 'As it is now.' })
  @ApiBodyFailures()
  @ApiFailures('not-found')
  async change(
    @CurrentCaller() caller: Caller,
    @Param('hook_id') id: string,
    @Body() change: PollHookChangeInputDto,
  ): Promise<PollHookResponseDto | PollActionHookResponseDto> {
    return viewPollHook(await this.hooks.change(caller, id, change));
  }

  @Delete(':hook_id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deletePollHook', summary: 'Be told nothing more' })
  @ApiResponse({ status: 204, description: 'Done.' })
  @ApiFailures('not-found')
  delete(@CurrentCaller() caller: Caller, @Param('hook_id') id: string): Promise<void> {
    return this.hooks.delete(caller, id);
  }

  @Get(':hook_id/deliveries')
  @ApiOperation({
    operationId: 'listPollHookDeliveries',
    summary: 'List what was sent to a hook, newest first',
  })
  @ApiResponse({ status: 200, type: [PollHookDeliveryResponseDto], description: 'A page of them.' })
  @ApiFailures('invalid', 'not-found')
  async deliveries(
    @CurrentCaller() caller: Caller,
    @Param('hook_id') id: string,
    @Query() query: ListPollHooksQueryDto,
  ): Promise<PollHookDeliveryResponseDto[]> {
    return (await this.hooks.deliveries(caller, id, query)).map(viewDelivery);
  }

  @Post(':hook_id/deliveries/:delivery_id/replay')
  @HttpCode(200)
  @Header('content-type', 'text/plain; charset=utf-8')
  @ApiOperation({ operationId: 'replayPollHookDelivery', summary: 'Send once more, under the same id' })
  @ApiTextResponse()
  @ApiFailures('not-found')
  async replay(
    @CurrentCaller() caller: Caller,
    @Param('hook_id') id: string,
    @Param('delivery_id') deliveryId: string,
  ): Promise<string> {
    await this.hooks.replay(caller, id, deliveryId);
    return OK;
  }
}

function viewDelivery({ created_at: createdAt, ...rest }: HookDeliveryRow): PollHookDeliveryResponseDto {
  return { ...rest, createdAt };
}
