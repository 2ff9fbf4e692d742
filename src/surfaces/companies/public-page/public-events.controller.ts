import { Controller, Get, Header, Inject, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { OpenToAnybody } from '../../../auth/requirement.js';
import { CONFIG, type Config } from '../../../config/config.js';
import { Failure } from '../../../core/failure.js';
import { calendarOf } from './company-event.calendar.js';
import { isEventSlug } from '../events/company-event.slug.js';
import { eventUid } from '../cohosts/cohost-id.js';
import { summaryOf } from './public-event.metadata.js';
import { publicEventPage, publicEventPolicy } from './public-event.page.js';
import { addressOf, placeOf } from './public-event.place.js';
import { PublicEventsRepository, type PublicEventRow } from './public-events.repository.js';
import { instantIn } from '../events/zoned-time.js';

/** The pages that a company gives its visitors. */
@ApiExcludeController()
@OpenToAnybody('it is the page that a company gives its visitors')
@Controller(':company/event/:event')
export class PublicEventsController {
  constructor(
    private readonly events: PublicEventsRepository,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-cache')
  async show(
    @Param('company') company: string,
    @Param('event') slug: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const event = await this.find(company, slug);
    void reply.header('content-security-policy', publicEventPolicy(event));
    return publicEventPage(event, this.config.publicUrl);
  }

  @Get('calendar.ics')
  @Header('content-type', 'text/calendar; charset=utf-8')
  @Header('cache-control', 'no-cache')
  async calendar(
    @Param('company') company: string,
    @Param('event') slug: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const event = await this.find(company, slug);
    void reply.header('content-disposition', `attachment; filename="${event.slug}.ics"`);
    return calendarOf({
      uid: `${eventUid.show(event.event_number)}@${new URL(this.config.publicUrl).host}`,
      createdAt: event.created_at,
      changedAt: event.updated_at,
      start: instantIn({ time: event.date_start, zone: event.timezone }),
      end: instantIn({ time: event.date_end, zone: event.timezone }),
      summary: event.name,
      location: placeOf(event).join(', ') || undefined,
      description: summaryOf(event),
      url: addressOf(event, this.config.publicUrl),
    });
  }

  private async find(company: string, slug: string): Promise<PublicEventRow> {
    // A company's slug has the form of an event's.
    const event =
      isEventSlug(company) && isEventSlug(slug) ? await this.events.find(company, slug) : undefined;
    if (event === undefined) throw new Failure('not-found', 'There is no such event.');
    return event;
  }
}
