import { Body, Controller, Get, Header, Ip, Param, Post, Query, Redirect } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../../../auth/requirement.js';
import { Clock } from '../../../core/clock.js';
import { isTimeZone } from '../../../core/time-zone.js';
import { calendarOf } from '../notifications/poll-calendar.js';
import { eventNotFound } from '../polls.failures.js';
import type { PollEventRow, PollInvitee } from '../events/poll-event.js';
import { PollNotifications } from '../notifications/poll-notifications.js';
import { pollPage } from './poll-page.js';
import { PollParticipantsService } from '../votes/poll-participants.service.js';
import { parseProposals } from './poll-proposals.js';
import { inviteeByKey, PollInviteeAccess, type ActingInvitee } from '../votes/poll-invitee-access.js';
import type { Answer } from '../votes/poll-votes.js';

/** Fields of a form or a query; values other than text are ignored. */
type Fields = Readonly<Record<string, unknown>> | undefined;

/** Redirects to the page with GET. */
interface PageRedirect {
  readonly url: string;
  readonly statusCode: 303;
}

const MAX_MESSAGE = 10_000;

const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone')];

/** Adds the browser's time zone to the URL; without scripts the page has a selection. */
const VISITOR_ZONE_JS = `const url = new URL(location.href);
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone && !url.searchParams.has('zone')) {
  url.searchParams.set('zone', zone);
  location.replace(url);
}
`;

/** The page where invitees vote. The key in its URL identifies the invitee. */
@ApiExcludeController()
@Public('the key in the link is what opens it; without one there is nothing to see')
@Controller('poll')
export class PollPagesController {
  constructor(
    private readonly access: PollInviteeAccess,
    private readonly participants: PollParticipantsService,
    private readonly notifications: PollNotifications,
    private readonly clock: Clock,
  ) {}

  @Get('visitor-zone.js')
  @Header('content-type', 'text/javascript; charset=utf-8')
  @Header('cache-control', 'public, max-age=3600')
  visitorZone(): string {
    return VISITOR_ZONE_JS;
  }

  @Get(':event_id')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-store')
  @Header('referrer-policy', 'no-referrer')
  async show(@Param('event_id') id: string, @Query() query: Fields, @Ip() address: string): Promise<string> {
    const key = textField(query, 'key');
    const { event, invitee } = await this.access.open(id, key, address);
    const zone = zoneFor(query, invitee);
    return pollPage({ event, invitee, key, zone, zones: ZONES.includes(zone) ? ZONES : [zone, ...ZONES] });
  }

  @Get(':event_id/event.ics')
  @Header('content-type', 'text/calendar; charset=utf-8; method=PUBLISH')
  @Header('content-disposition', 'attachment; filename="event.ics"')
  @Header('cache-control', 'no-store')
  @Header('referrer-policy', 'no-referrer')
  async calendar(
    @Param('event_id') id: string,
    @Query() query: Fields,
    @Ip() address: string,
  ): Promise<string> {
    const { event, invitee } = await this.access.open(id, textField(query, 'key'), address);
    const link = this.notifications.linkFor(event, invitee.user);
    const file = { method: 'PUBLISH', sequence: event.ics_sequence ?? 0 } as const;
    const calendar = event.confirmed_flag
      ? calendarOf(event, file, link, { now: this.clock.now(), recipient: invitee })
      : undefined;
    if (calendar === undefined) throw eventNotFound();
    return calendar;
  }

  @Post(':event_id/votes')
  @Redirect()
  async vote(
    @Param('event_id') id: string,
    @Body() form: Fields,
    @Ip() address: string,
  ): Promise<PageRedirect> {
    const { event, organizationId, resolveInvitee } = await this.visitor(id, form, address);
    // Ignores dates and places that were removed since the page was loaded.
    const ballot = {
      dates: parseAnswers(form, 'date-', event.dates),
      places: parseAnswers(form, 'place-', event.places),
    };
    await this.participants.vote(organizationId, id, resolveInvitee, ballot);
    return redirectToPage(id, form);
  }

  @Post(':event_id/dates')
  @Redirect()
  async propose(
    @Param('event_id') id: string,
    @Body() form: Fields,
    @Ip() address: string,
  ): Promise<PageRedirect> {
    const { event, invitee } = await this.access.openToChange(id, textField(form, 'key'), address);
    const dates = parseProposals((name) => textField(form, name), zoneFor(form, invitee));
    const resolveInvitee = inviteeByKey(textField(form, 'key'));
    if (dates.length > 0) await this.participants.propose(event.organization_id, id, resolveInvitee, dates);
    return redirectToPage(id, form);
  }

  @Post(':event_id/decline')
  @Redirect()
  async decline(
    @Param('event_id') id: string,
    @Body() form: Fields,
    @Ip() address: string,
  ): Promise<PageRedirect> {
    const { organizationId, resolveInvitee } = await this.visitor(id, form, address);
    await this.participants.decline(organizationId, id, resolveInvitee);
    return redirectToPage(id, form);
  }

  @Post(':event_id/messages')
  @Redirect()
  async postMessage(
    @Param('event_id') id: string,
    @Body() form: Fields,
    @Ip() address: string,
  ): Promise<PageRedirect> {
    const { organizationId, resolveInvitee } = await this.visitor(id, form, address);
    const body = textField(form, 'body').trim().replaceAll('\0', '').slice(0, MAX_MESSAGE).toWellFormed();
    if (body !== '') await this.participants.postMessage(organizationId, id, resolveInvitee, body);
    return redirectToPage(id, form);
  }

  @Post(':event_id/notices')
  @Redirect()
  async setNotices(
    @Param('event_id') id: string,
    @Body() form: Fields,
    @Ip() address: string,
  ): Promise<PageRedirect> {
    const { organizationId, resolveInvitee } = await this.visitor(id, form, address);
    const wanted = textField(form, 'notices') !== 'off';
    await this.participants.setNotices(organizationId, id, resolveInvitee, wanted);
    return redirectToPage(id, form);
  }

  private async visitor(
    id: string,
    form: Fields,
    address: string,
  ): Promise<ActingInvitee & { event: PollEventRow }> {
    const key = textField(form, 'key');
    const { event } = await this.access.openToChange(id, key, address);
    return { event, organizationId: event.organization_id, resolveInvitee: inviteeByKey(key) };
  }
}

/** The selected time zone, else the invitee's. */
function zoneFor(fields: Fields, invitee: PollInvitee): string {
  const zone = textField(fields, 'zone');
  return isTimeZone(zone) ? zone : invitee.timezone;
}

function textField(fields: Fields, name: string): string {
  const value = fields?.[name];
  return typeof value === 'string' ? value : '';
}

/** `date-{id}=yes` → `{id: 'yes'}`. */
function parseAnswers(
  form: Fields,
  prefix: string,
  options: readonly { readonly _id: string }[],
): Record<string, Answer> {
  return Object.fromEntries(
    options.flatMap(({ _id }) => {
      const answer = textField(form, `${prefix}${_id}`);
      return answer === 'yes' || answer === 'no' ? [[_id, answer]] : [];
    }),
  );
}

function redirectToPage(id: string, form: Fields): PageRedirect {
  const query = new URLSearchParams({ key: textField(form, 'key') });
  const zone = textField(form, 'zone');
  if (zone !== '') query.set('zone', zone);
  return { url: `/poll/${encodeURIComponent(id)}?${query.toString()}`, statusCode: 303 };
}
