import { Body, Controller, Inject, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { RequiresCredential } from '../../../auth/requirement.js';
import type { Caller } from '../../../core/caller.js';
import {
  ApiBodyFailures,
  ApiCommonFailures,
  ApiCreatedItemResponse,
  ApiJsonOrXmlBody,
} from '../realms.docs.js';
import { REALMS_URL } from '../realms-url.js';
import { ResponseWriter, type RealmResponse } from '../representation/realm-response.js';
import { REALM_EVENT_WRITERS } from './realm-event.writer.js';
import { CreateRealmEventDto, RealmEventResponseDto } from './realm-events.dto.js';
import { RealmEventsService } from './realm-events.service.js';

@ApiTags('Events')
@RequiresCredential('realms')
@ApiCommonFailures()
@Controller('v1/events')
export class RealmOwnEventsController {
  constructor(
    private readonly events: RealmEventsService,
    @Inject(REALMS_URL) private readonly baseUrl: string,
  ) {}

  @Post()
  @ApiOperation({
    operationId: 'createOwnRealmEvent',
    summary: "Create an event in the acting user's own calendar",
    description: 'The same as at `/v1/users/me/events`. A key that is nobody gets 400.',
  })
  @ApiJsonOrXmlBody(CreateRealmEventDto)
  @ApiCreatedItemResponse(RealmEventResponseDto)
  @ApiBodyFailures()
  async create(
    @CurrentCaller() caller: Caller,
    @Body() dto: CreateRealmEventDto,
    @ResponseWriter() response: RealmResponse,
  ): Promise<string> {
    const created = await this.events.createOwn(caller, dto);
    return response.choose(REALM_EVENT_WRITERS).event(created, this.baseUrl, dto.attachments != null);
  }
}
