import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { OpenToAnybody } from '../../auth/requirement.js';
import { Clock } from '../../core/clock.js';
import { Failure } from '../../core/failure.js';
import { isTrainingId } from './training-id.js';
import { trainingEventPage } from './training-event.page.js';
import { TrainingEventPages } from './training-event-pages.table.js';

/** What `event_link` leads to. */
@ApiExcludeController()
@OpenToAnybody('it is the page that an organization gives its visitors')
@Controller('event')
export class TrainingEventPagesController {
  constructor(
    private readonly pages: TrainingEventPages,
    private readonly clock: Clock,
  ) {}

  @Get(':event_id')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-store')
  async show(@Param('event_id') id: string, @Query('token') token?: string | string[]): Promise<string> {
    const event = isTrainingId(id) ? await this.pages.find(id) : undefined;
    if (event === undefined) throw new Failure('not-found', 'There is no such event.');
    return trainingEventPage(event, this.clock.now(), typeof token === 'string' ? token : undefined);
  }
}
