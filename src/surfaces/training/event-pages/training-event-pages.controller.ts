import { Controller, Get, Header, Ip, Param, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../../../auth/requirement.js';
import { Clock } from '../../../core/clock.js';
import { trainingEventPage } from './training-event.page.js';
import { TrainingEventPagesService } from './training-event-pages.service.js';

/** The page behind `event_link`. */
@ApiExcludeController()
@Public('it is the page that an organization gives its visitors')
@Controller('event')
export class TrainingEventPagesController {
  constructor(
    private readonly pages: TrainingEventPagesService,
    private readonly clock: Clock,
  ) {}

  @Get(':event_id')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-store')
  async show(
    @Param('event_id') id: string,
    @Ip() address: string,
    @Query('token') token?: string | string[],
  ): Promise<string> {
    const code = typeof token === 'string' && token !== '' ? token : undefined;
    return trainingEventPage(await this.pages.visit(id, code, address), this.clock.now());
  }
}
