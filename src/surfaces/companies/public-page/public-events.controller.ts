import { Controller, Get, Header, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../../../auth/requirement.js';
import { CONFIG, type Config } from '../../../config/config.js';
import { Failure } from '../../../core/failure.js';
import { calendarOf } from './company-event.calendar.js';
import { isEventSlug } from '../events/company-event.slug.js';
import { eventUid } from '../cohosts/cohost-id.js';
import { summaryOf } from './public-event.metadata.js';
import { publicEventPage, publicEventPolicy } from './public-event.page.js';
import { pageUrlOf, placeOf } from './public-event.place.js';
import { PublicEventsRepository, type PublicEventRow } from './public-events.repository.js';
import { toInstant } from '../events/zoned-time.js';

/** Public event pages of companies. */
@ApiExcludeController()
@Public('it is the page that a company gives its visitors')
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
    void reply.header('content-security-policy', publicEventPolicy(event, this.config.publicUrl));
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
      start: toInstant({ time: event.date_start, zone: event.timezone }),
      end: toInstant({ time: event.date_end, zone: event.timezone }),
      summary: event.name,
      location: placeOf(event).join(', ') || undefined,
      description: summaryOf(event),
      url: pageUrlOf(event, this.config.publicUrl),
    });
  }

  @Get('header-image')
  async headerImage(
    @Param('company') company: string,
    @Param('event') slug: string,
    @Query('v') version: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const image =
      isEventSlug(company) && isEventSlug(slug)
        ? await this.events.findHeaderImage(company, slug)
        : undefined;
    if (image === undefined) throw new Failure('not-found', 'The event has no uploaded picture.');
    const caching = version === image.hash ? 'public, max-age=31536000, immutable' : 'no-cache';
    await reply.type(image.content_type).header('cache-control', caching).send(image.bytes);
  }

  private async find(company: string, slug: string): Promise<PublicEventRow> {
    // Company slugs have the same format as event slugs.
    const event =
      isEventSlug(company) && isEventSlug(slug) ? await this.events.findPublished(company, slug) : undefined;
    if (event === undefined) throw new Failure('not-found', 'There is no such event.');
    return event;
  }
}
