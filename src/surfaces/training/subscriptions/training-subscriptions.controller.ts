import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, UseFilters } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import type { Caller } from '../../../core/caller.js';
import { CheckRowFirst } from '../../../http/check-first.filter.js';
import { RequiresAdministrator } from '../administrators-only.js';
import {
  ApiBodyFailures,
  ApiCommonFailures,
  ApiDeletedResponse,
  ApiFailures,
  ApiItemResponse,
  ApiListResponse,
  ApiPathParameters,
} from '../training.docs.js';
import { DELETED, envelope, type Enveloped } from '../training.envelope.js';
import {
  CreateTrainingSubscriptionDto,
  NewTrainingSubscriptionResponseDto,
  TrainingSubscriptionResponseDto,
  UpdateTrainingSubscriptionDto,
  viewTrainingSubscription,
} from './training-subscriptions.dto.js';
import { TrainingSubscriptionsService } from './training-subscriptions.service.js';

@ApiTags('Subscriptions')
@RequiresAdministrator()
@ApiPathParameters()
@ApiCommonFailures()
@Controller('api/v1/subscriptions')
export class TrainingSubscriptionsController {
  constructor(private readonly subscriptions: TrainingSubscriptionsService) {}

  @Get()
  @ApiOperation({
    operationId: 'listTrainingSubscriptions',
    summary: 'List subscriptions, oldest first; for administrators',
  })
  @ApiListResponse(TrainingSubscriptionResponseDto)
  @ApiFailures('forbidden')
  async list(@CurrentCaller() caller: Caller): Promise<Enveloped<TrainingSubscriptionResponseDto[]>> {
    return envelope(caller, (await this.subscriptions.list(caller)).map(viewTrainingSubscription));
  }

  @Post()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'createTrainingSubscription',
    summary: 'Have what happens posted to an address; for administrators',
  })
  @ApiItemResponse(NewTrainingSubscriptionResponseDto)
  @ApiBodyFailures()
  @ApiFailures('forbidden')
  async create(
    @CurrentCaller() caller: Caller,
    @Body() dto: CreateTrainingSubscriptionDto,
  ): Promise<Enveloped<NewTrainingSubscriptionResponseDto>> {
    const { subscription, secret } = await this.subscriptions.create(caller, dto);
    return envelope(caller, { ...viewTrainingSubscription(subscription), secret });
  }

  @Get(':subscription_id')
  @ApiOperation({
    operationId: 'getTrainingSubscription',
    summary: 'Show one subscription; for administrators',
  })
  @ApiItemResponse(TrainingSubscriptionResponseDto)
  @ApiFailures('forbidden', 'not-found')
  async find(
    @CurrentCaller() caller: Caller,
    @Param('subscription_id') id: string,
  ): Promise<Enveloped<TrainingSubscriptionResponseDto>> {
    return envelope(caller, viewTrainingSubscription(await this.subscriptions.find(caller, id)));
  }

  @Patch(':subscription_id')
  @UseFilters(CheckRowFirst(TrainingSubscriptionsService, 'subscription_id'))
  @ApiOperation({
    operationId: 'changeTrainingSubscription',
    summary: 'Change a subscription, or switch it off and on; for administrators',
  })
  @ApiItemResponse(TrainingSubscriptionResponseDto)
  @ApiBodyFailures()
  @ApiFailures('forbidden', 'not-found')
  async change(
    @CurrentCaller() caller: Caller,
    @Param('subscription_id') id: string,
    @Body() dto: UpdateTrainingSubscriptionDto,
  ): Promise<Enveloped<TrainingSubscriptionResponseDto>> {
    return envelope(caller, viewTrainingSubscription(await this.subscriptions.change(caller, id, dto)));
  }

  @Delete(':subscription_id')
  @ApiOperation({
    operationId: 'deleteTrainingSubscription',
    summary: 'Delete a subscription; for administrators',
  })
  @ApiDeletedResponse()
  @ApiFailures('forbidden', 'not-found')
  async delete(
    @CurrentCaller() caller: Caller,
    @Param('subscription_id') id: string,
  ): Promise<typeof DELETED> {
    await this.subscriptions.delete(caller, id);
    return DELETED;
  }
}
