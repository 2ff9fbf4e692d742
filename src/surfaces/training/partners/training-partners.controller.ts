import { Body, Controller, Get, HttpCode, Inject, Param, Patch, Post, UseFilters } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { RequiresCredential } from '../../../auth/requirement.js';
import { CONFIG, type Config } from '../../../config/config.js';
import type { Caller } from '../../../core/caller.js';
import { CheckRowFirst } from '../../../http/check-first.filter.js';
import { RequiresAdministrator } from '../administrators-only.js';
import {
  ApiBodyFailures,
  ApiCommonFailures,
  ApiFailures,
  ApiItemResponse,
  ApiListResponse,
  ApiPathParameters,
} from '../training.docs.js';
import { envelope, type Enveloped } from '../training.envelope.js';
import {
  AddTrainingPartnerMemberDto,
  CreateTrainingPartnerDto,
  NewTrainingPartnerMemberResponseDto,
  TrainingPartnerMemberResponseDto,
  TrainingPartnerResponseDto,
  UpdateTrainingPartnerDto,
  viewNewTrainingPartnerMember,
  viewTrainingPartnerMember,
} from './training-partners.dto.js';
import { TrainingPartnersService } from './training-partners.service.js';

@ApiTags('Partners')
@RequiresCredential('training')
@ApiPathParameters()
@ApiCommonFailures()
@Controller('api/v1/partners')
export class TrainingPartnersController {
  constructor(
    private readonly partners: TrainingPartnersService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listTrainingPartners', summary: 'List partners by name' })
  @ApiListResponse(TrainingPartnerResponseDto)
  async list(@CurrentCaller() caller: Caller): Promise<Enveloped<TrainingPartnerResponseDto[]>> {
    return envelope(caller, await this.partners.list(caller));
  }

  @Post()
  @HttpCode(200)
  @RequiresAdministrator()
  @ApiOperation({ operationId: 'createTrainingPartner', summary: 'Create a partner; for administrators' })
  @ApiItemResponse(TrainingPartnerResponseDto)
  @ApiBodyFailures()
  @ApiFailures('forbidden')
  async create(
    @CurrentCaller() caller: Caller,
    @Body() dto: CreateTrainingPartnerDto,
  ): Promise<Enveloped<TrainingPartnerResponseDto>> {
    return envelope(caller, await this.partners.create(caller, dto.name));
  }

  @Get(':partner_id')
  @ApiOperation({ operationId: 'getTrainingPartner', summary: 'Show one partner' })
  @ApiItemResponse(TrainingPartnerResponseDto)
  @ApiFailures('not-found')
  async find(
    @CurrentCaller() caller: Caller,
    @Param('partner_id') id: string,
  ): Promise<Enveloped<TrainingPartnerResponseDto>> {
    return envelope(caller, await this.partners.find(caller, id));
  }

  @Patch(':partner_id')
  @RequiresAdministrator()
  @UseFilters(CheckRowFirst(TrainingPartnersService, 'partner_id'))
  @ApiOperation({ operationId: 'changeTrainingPartner', summary: 'Rename a partner; for administrators' })
  @ApiItemResponse(TrainingPartnerResponseDto)
  @ApiBodyFailures()
  @ApiFailures('forbidden', 'not-found')
  async change(
    @CurrentCaller() caller: Caller,
    @Param('partner_id') id: string,
    @Body() dto: UpdateTrainingPartnerDto,
  ): Promise<Enveloped<TrainingPartnerResponseDto>> {
    return envelope(caller, await this.partners.change(caller, id, dto.name));
  }

  @Get(':partner_id/members')
  @ApiOperation({
    operationId: 'listTrainingPartnerMembers',
    summary: 'List the people of a partner by e-mail',
  })
  @ApiListResponse(TrainingPartnerMemberResponseDto)
  @ApiFailures('not-found')
  async members(
    @CurrentCaller() caller: Caller,
    @Param('partner_id') id: string,
  ): Promise<Enveloped<TrainingPartnerMemberResponseDto[]>> {
    return envelope(caller, (await this.partners.members(caller, id)).map(viewTrainingPartnerMember));
  }

  @Post(':partner_id/members')
  @HttpCode(200)
  @RequiresAdministrator()
  @UseFilters(CheckRowFirst(TrainingPartnersService, 'partner_id'))
  @ApiOperation({
    operationId: 'addTrainingPartnerMember',
    summary: 'Add a person to a partner, or show who is there; for administrators',
  })
  @ApiItemResponse(NewTrainingPartnerMemberResponseDto)
  @ApiBodyFailures()
  @ApiFailures('forbidden', 'not-found')
  async addMember(
    @CurrentCaller() caller: Caller,
    @Param('partner_id') id: string,
    @Body() dto: AddTrainingPartnerMemberDto,
  ): Promise<Enveloped<NewTrainingPartnerMemberResponseDto>> {
    const member = await this.partners.addMember(caller, id, dto.email);
    return envelope(caller, viewNewTrainingPartnerMember(member, this.config.publicUrl));
  }
}
