import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import { invalid, type Fault } from '../../../core/failure.js';
import { instantOf, millisecondsOf, type Instant } from '../../../core/instant.js';
import { pageOf, type Page } from '../../../core/page.js';
import {
  SpaceFreeBusyRepository,
  type FreeBusyRow,
  type FreeBusyScope,
} from './space-free-busy.repository.js';
import { spaceFiltersOf, type SpaceQueryDto } from '../catalogue/space-filters.dto.js';
import type { FreeBusyQueryDto, FindFreeBusyDto } from './space-free-busy.dto.js';
import { secondsOf } from './space-duration.fields.js';
import { readTime } from '../space-time.js';
import type { SpaceInclude } from '../catalogue/space.columns.js';
import type { SpaceView } from '../catalogue/spaces.repository.js';
import { SpacesService } from '../catalogue/spaces.service.js';
import { PAGES } from '../spaces.envelope.js';

const DAY = 86_400_000;
/** Length of the window, in days, if the request gives no end. */
export const FREE_BUSY_DEFAULT_DAYS = 1;
/** Maximum length of the window, in days. */
export const FREE_BUSY_MAX_DAYS = 366;

interface Bounds {
  readonly from: Instant | undefined;
  readonly to: Instant | undefined;
}

export interface FreeBusyPage {
  readonly rows: FreeBusyRow[];
  /** Zone in which times are formatted; each space's own if undefined. */
  readonly zone: string | undefined;
  readonly page: Page;
  readonly view: SpaceView;
}

/** Free and busy times of spaces. */
@Injectable()
export class SpaceFreeBusyService {
  constructor(
    private readonly freeBusy: SpaceFreeBusyRepository,
    private readonly spaces: SpacesService,
  ) {}

  /** GET: parameters come from the query string. */
  listByQuery(caller: Caller, query: FreeBusyQueryDto): Promise<FreeBusyPage> {
    const scope = {
      ...spaceFiltersOf(query),
      space_ids: query.space_ids,
      location_ids: query.location_ids,
      amenity_ids: query.amenity_ids,
      is_bookable: undefined,
      free_seconds: query.duration,
    };
    const page = pageOf(query.page, query.per_page, PAGES);
    const view = this.viewFor(caller, query.include);
    return this.list(caller, scope, { from: query.after, to: query.before }, undefined, page, 'before', view);
  }

  /** POST: parameters come from the body. */
  listByBody(
    caller: Caller,
    { scope, filters, view_options, paging_info }: FindFreeBusyDto,
    { include }: SpaceQueryDto,
  ): Promise<FreeBusyPage> {
    const { bounds, duration } = view_options ?? {};
    const { from, to, time_zone } = bounds ?? {};
    const zone = time_zone ?? undefined;
    const filter = {
      space_ids: nonEmpty(scope?.space_ids),
      location_ids: nonEmpty(scope?.location_ids),
      amenity_ids: nonEmpty(filters?.amenity_ids),
      query: filters?.query ?? undefined,
      types: nonEmpty(filters?.types),
      min_capacity: filters?.min_capacity ?? undefined,
      max_capacity: filters?.max_capacity ?? undefined,
      is_bookable: filters?.include_unbookable === false ? (true as const) : undefined,
      free_seconds: duration == null ? undefined : secondsOf(duration),
    };
    const page = pageOf(paging_info?.page ?? undefined, paging_info?.per_page ?? undefined, PAGES);
    const window = { from: parseBound(from, zone), to: parseBound(to, zone) };
    const view = this.viewFor(caller, include);
    return this.list(caller, filter, window, zone, page, 'view_options.bounds.to', view);
  }

  /** Rows have their calendar whether it is asked for or not. */
  private viewFor(caller: Caller, include: readonly SpaceInclude[] = []): SpaceView {
    return this.spaces.viewFor(caller, [...new Set([...include, 'calendar' as const])]);
  }

  private async list(
    caller: Caller,
    scope: FreeBusyScope,
    bounds: Bounds,
    zone: string | undefined,
    page: Page,
    toField: string,
    view: SpaceView,
  ): Promise<FreeBusyPage> {
    const from = bounds.from ?? view.now;
    const to = bounds.to ?? instantOf(millisecondsOf(from) + FREE_BUSY_DEFAULT_DAYS * DAY);
    const days = (millisecondsOf(to) - millisecondsOf(from)) / DAY;
    if (days <= 0) throw invalid([windowFault(toField, 'must be after the start of the window')]);
    if (days > FREE_BUSY_MAX_DAYS)
      throw invalid([
        windowFault(toField, `must be at most ${FREE_BUSY_MAX_DAYS} days after the start of the window`),
      ]);
    const rows = await this.freeBusy.list(caller.organizationId, scope, { from, to }, page, view);
    return { rows, zone, page, view };
  }
}

function windowFault(field: string, message: string): Fault {
  return { location: field === 'before' ? 'query' : 'body', field, message: `${field} ${message}` };
}

/** An empty list does not filter. */
function nonEmpty<T>(list: readonly T[] | null | undefined): readonly T[] | undefined {
  return list == null || list.length === 0 ? undefined : list;
}

function parseBound(text: string | null | undefined, zone: string | undefined): Instant | undefined {
  if (text == null) return undefined;
  const time = readTime({ dateTime: text, zone: undefined }, zone ?? 'UTC');
  if (typeof time === 'string') throw invalid([windowFault('view_options.bounds', time)]);
  return time.at;
}
