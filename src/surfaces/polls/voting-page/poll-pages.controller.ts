import { Body, Controller, Get, Header, Ip, Param, Post, Query, Redirect } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { OpenToAnybody } from '../../../auth/requirement.js';
import { isTimeZone } from '../../../core/time-zone.js';
import { calendarOf } from '../notifications/poll-calendar.js';
import { eventNotFound } from '../polls.failures.js';
import type { PollEventRow, PollInvitee } from '../events/poll-event.js';
import { PollNotifications } from '../notifications/poll-notifications.js';
import { pollPage } from './poll-page.js';
import { PollParticipantsService } from '../votes/poll-participants.service.js';
import { proposalsIn } from './poll-proposals.js';
import { byKey, PollVoters, type Ballotee } from '../votes/poll-voters.js';
import type { Answer } from '../votes/poll-votes.js';

/** Text of a form or a query; whatever else there is counts as nothing. */
type Fields = Readonly<Record<string, unknown>> | undefined;

/** Back to the page, by GET. */
interface Back {
  readonly url: string;
  readonly statusCode: 303;
}

const MAX_MESSAGE = 10_000;

const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone')];

/** Finds the visitor's zone, once; without scripts the page offers a choice. */
const VISITOR_ZONE_JS = `const url = new URL(location.href);
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone && !url.searchParams.has('zone')) {
  url.searchParams.set('zone', zone);
  location.replace(url);
}
`;

/** The page where the invited vote. A key in its address says whose page it is. */
@ApiExcludeController()
@OpenToAnybody('the key in the link is what opens it; without one there is nothing to see')
@Controller('poll')
export class PollPagesController {
  constructor(
    private readonly voters: PollVoters,
    private readonly participants: PollParticipantsService,
    private readonly news: PollNotifications,
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
    const key = textIn(query, 'key');
    const { event, invitee } = await this.voters.open(id, key, address);
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
    const { event, invitee } = await this.voters.open(id, textIn(query, 'key'), address);
    const link = this.news.linkFor(event, invitee.user).replace(/\?.*$/, '');
    const calendar = event.confirmed_flag ? calendarOf(event, 'PUBLISH', link) : undefined;
    if (calendar === undefined) throw eventNotFound();
    return calendar;
  }

  @Post(':event_id/votes')
  @Redirect()
  async vote(@Param('event_id') id: string, @Body() form: Fields, @Ip() address: string): Promise<Back> {
    const { event, organizationId, who } = await this.visitor(id, form, address);
    // A page that was open for long may name what is not asked any more.
    const ballot = {
      dates: answersIn(form, 'date-', event.dates),
      places: answersIn(form, 'place-', event.places),
    };
    await this.participants.vote(organizationId, id, who, ballot);
    return back(id, form);
  }

  @Post(':event_id/dates')
  @Redirect()
  async propose(@Param('event_id') id: string, @Body() form: Fields, @Ip() address: string): Promise<Back> {
    const { event, invitee } = await this.voters.openToChange(id, textIn(form, 'key'), address);
    const dates = proposalsIn((name) => textIn(form, name), zoneFor(form, invitee));
    const who = byKey(textIn(form, 'key'));
    if (dates.length > 0) await this.participants.propose(event.organization_id, id, who, dates);
    return back(id, form);
  }

  @Post(':event_id/decline')
  @Redirect()
  async decline(@Param('event_id') id: string, @Body() form: Fields, @Ip() address: string): Promise<Back> {
    const { organizationId, who } = await this.visitor(id, form, address);
    await this.participants.decline(organizationId, id, who);
    return back(id, form);
  }

  @Post(':event_id/messages')
  @Redirect()
  async say(@Param('event_id') id: string, @Body() form: Fields, @Ip() address: string): Promise<Back> {
    const { organizationId, who } = await this.visitor(id, form, address);
    const body = textIn(form, 'body').trim().replaceAll('\0', '').slice(0, MAX_MESSAGE).toWellFormed();
    if (body !== '') await this.participants.say(organizationId, id, who, body);
    return back(id, form);
  }

  private async visitor(
    id: string,
    form: Fields,
    address: string,
  ): Promise<Ballotee & { event: PollEventRow }> {
    const key = textIn(form, 'key');
    const { event } = await this.voters.openToChange(id, key, address);
    return { event, organizationId: event.organization_id, who: byKey(key) };
  }
}

/** The zone that the visitor chose, else the one they were invited with. */
function zoneFor(fields: Fields, invitee: PollInvitee): string {
  const asked = textIn(fields, 'zone');
  return isTimeZone(asked) ? asked : invitee.timezone;
}

function textIn(fields: Fields, name: string): string {
  const value = fields?.[name];
  return typeof value === 'string' ? value : '';
}

/** `date-{id}=yes` → `{id: 'yes'}`. */
function answersIn(
  form: Fields,
  prefix: string,
  options: readonly { readonly _id: string }[],
): Record<string, Answer> {
  return Object.fromEntries(
    options.flatMap(({ _id }) => {
      const answer = textIn(form, `${prefix}${_id}`);
      return answer === 'yes' || answer === 'no' ? [[_id, answer]] : [];
    }),
  );
}

function back(id: string, form: Fields): Back {
  const query = new URLSearchParams({ key: textIn(form, 'key') });
  const zone = textIn(form, 'zone');
  if (zone !== '') query.set('zone', zone);
  return { url: `/poll/${encodeURIComponent(id)}?${query.toString()}`, statusCode: 303 };
}
