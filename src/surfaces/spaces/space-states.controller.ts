import { Body, Controller, Get, Header, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Who } from '../../auth/caller.decorator.js';
import { RequiresCredential } from '../../auth/requirement.js';
import type { Caller } from '../../core/caller.js';
import { JSON_TYPE } from '../../core/json-text.js';
import { writeFreeBusy } from './space-free-busy.answer.js';
import { SpaceFreeBusyService } from './space-free-busy.service.js';
import { AskedFreeBusy, AskFreeBusy, FreeBusyAnswer } from './space-free-busy.wire.js';
import { SpaceStatesService } from './space-states.service.js';
import { SpaceStateAnswer } from './space-states.wire.js';
import {
  AnswersOne,
  AnswersPage,
  DescribesPath,
  Refuses,
  RefusesAlways,
  RefusesBodies,
} from './spaces.docs.js';
import { answer, writtenPage, type Envelope } from './spaces.envelope.js';

@ApiTags('Availability')
@RequiresCredential('spaces')
@DescribesPath()
@RefusesAlways()
@Controller('v1.0')
export class SpaceStatesController {
  constructor(
    private readonly states: SpaceStatesService,
    private readonly freeBusy: SpaceFreeBusyService,
  ) {}

  @Get('spaces/:space_id/state')
  @ApiOperation({ operationId: 'getSpaceState', summary: 'Show whether a space is free at this moment' })
  @AnswersOne(SpaceStateAnswer)
  @Refuses('not-found')
  async state(@Who() caller: Caller, @Param('space_id') id: string): Promise<Envelope<SpaceStateAnswer>> {
    return answer(await this.states.find(caller, id));
  }

  @Get('free-busy/spaces')
  @ApiOperation({ operationId: 'getFreeBusy', summary: 'Show when spaces are taken' })
  @Header('content-type', JSON_TYPE)
  @AnswersPage(FreeBusyAnswer)
  @Refuses('invalid')
  async asked(@Who() caller: Caller, @Query() asked: AskedFreeBusy): Promise<string> {
    const { rows, zone, page } = await this.freeBusy.asked(caller, asked);
    return writtenPage(writeFreeBusy(caller, rows, zone), page);
  }

  @Post('free-busy/spaces')
  @ApiOperation({ operationId: 'askFreeBusy', summary: 'Show when spaces are taken, asked in a body' })
  @Header('content-type', JSON_TYPE)
  @AnswersPage(FreeBusyAnswer)
  @RefusesBodies()
  async ask(@Who() caller: Caller, @Body() wish: AskFreeBusy): Promise<string> {
    const { rows, zone, page } = await this.freeBusy.ask(caller, wish);
    return writtenPage(writeFreeBusy(caller, rows, zone), page);
  }
}
