import { ApiProperty } from '@nestjs/swagger';
import { parseWallClock, type WallClock } from '../../../core/wall-clock.js';
import {
  OptionalQuery,
  check,
  Changeable,
  Clearable,
  Optional,
  Required,
  ResponseField,
  OptionalResponseField,
} from '../../../http/validation/field.js';
import type { AttachedLink } from './realm-attachments.js';
import { collectionOf, type RealmName } from '../catalogue/realm-collection.js';
import { parseDay, type Day } from './realm-day.js';
import type { RealmEventRow } from './realm-events.repository.js';
import * as attachment from './realm-attachments.fields.js';
import * as field from '../realms.fields.js';

/** Ignores an invalid `start`, which is reported for that field only. */
const EndsAfterStart = (): PropertyDecorator =>
  check('endsAfterStart', 'must not be before start', (value, event) => {
    const start = clockIn((event as { start?: unknown }).start);
    const end = clockIn(value);
    return start === undefined || end === undefined || end >= start;
  });

/** Rejects `has_end` 1 without an end; in a change `end` may be omitted, since it may be stored already. */
const HasEndRequiresEnd = (onChange: boolean): PropertyDecorator =>
  check('hasItsEnd', 'must not be 1 without an end', (value, event) => {
    const { end } = event as { end?: unknown };
    return (
      field.readFlag(value) !== true ||
      (onChange && end === undefined) ||
      !field.isUnset(field.trimmed(end ?? null))
    );
  });

const NotBeforeStartDate = (): PropertyDecorator =>
  check('notBeforeStartDate', 'must not be before start_date', (value, query) => {
    const first = dayIn((query as { start_date?: unknown }).start_date);
    const last = dayIn(value);
    return first === undefined || last === undefined || last >= first;
  });

function clockIn(value: unknown): WallClock | undefined {
  return typeof value === 'string' ? parseWallClock(value.trim()) : undefined;
}

function dayIn(value: unknown): Day | undefined {
  return typeof value === 'string' ? parseDay(value) : undefined;
}

export class CreateRealmEventDto {
  @Required(field.TITLE) title!: string;
  @Optional(field.DESCRIPTION) description?: string | null;
  @Required(field.START) start!: WallClock;
  @HasEndRequiresEnd(false) @Optional(field.HAS_END) has_end?: boolean | null;
  @EndsAfterStart() @Optional(field.END) end?: WallClock | null;
  @Optional(field.ALL_DAY) all_day?: boolean | null;
  @Optional(field.RSVP) rsvp?: number | null;
  @Optional(field.COMMENTS_ENABLED) comments_enabled?: boolean | null;
  @Optional(field.TYPE_INPUT) type?: string | null;
  @Optional(attachment.ATTACHMENTS) attachments?: AttachedLink[] | null;
}

export class UpdateRealmEventDto {
  @Changeable(field.TITLE) title?: string;
  @Clearable(field.DESCRIPTION) description?: string | null;
  @Changeable(field.START) start?: WallClock;
  @HasEndRequiresEnd(true) @Clearable(field.HAS_END) has_end?: boolean | null;
  @EndsAfterStart() @Clearable(field.END) end?: WallClock | null;
  @Clearable(field.ALL_DAY) all_day?: boolean | null;
  @Clearable(field.RSVP) rsvp?: number | null;
  @Clearable(field.COMMENTS_ENABLED) comments_enabled?: boolean | null;
  @Clearable(field.TYPE_INPUT) type?: string | null;
  @Clearable(attachment.ATTACHMENTS) attachments?: AttachedLink[] | null;
}

export class ListRealmEventsQueryDto {
  @OptionalQuery(field.PAGE_START) start?: number;
  @OptionalQuery(field.PAGE_LIMIT) limit?: number;
  @OptionalQuery(field.START_DATE) start_date?: Day;
  @NotBeforeStartDate() @OptionalQuery(field.END_DATE) end_date?: Day;
  @OptionalQuery(attachment.WITH_ATTACHMENTS) with_attachments?: boolean;
}

/** Query parameters to repeat in page links, besides `start` and `limit`. */
export function pageLinkParameters({
  start_date,
  end_date,
  with_attachments,
}: ListRealmEventsQueryDto): Record<string, string | undefined> {
  return { start_date, end_date, with_attachments: with_attachments === true ? '1' : undefined };
}

export class FindRealmEventQueryDto {
  @OptionalQuery(attachment.WITH_ATTACHMENTS) with_attachments?: boolean;
}

export class RealmLinksDto {
  @ApiProperty({ example: 'http://localhost:3000/v1/sections/12/events/5615031' }) self!: string;
}

export class RealmPageLinksDto extends RealmLinksDto {
  @ApiProperty({
    required: false,
    description: 'Where there is a further page.',
    example: 'http://localhost:3000/v1/sections/12/events?start=40&limit=20',
  })
  next?: string;
  @ApiProperty({
    required: false,
    description: 'Where there is a page before.',
    example: 'http://localhost:3000/v1/sections/12/events?start=0&limit=20',
  })
  prev?: string;
}

const REALM_ID = {
  ...field.ID,
  schema: { ...field.ID.schema, description: 'Id of the realm, where it is one of this kind.' },
};

/** A single event, which the product returns without `links`. */
export class RealmEventItemDto {
  @ResponseField(field.ID) id!: number;
  @ResponseField(field.TITLE) title!: string;
  @ResponseField(field.DESCRIPTION) description!: string;
  @ResponseField(field.START) start!: string;
  @ResponseField(field.HAS_END) has_end!: number;
  @ResponseField(field.END) end!: string;
  @ResponseField(field.ALL_DAY) all_day!: number;
  @ResponseField(field.EDITABLE) editable!: number;
  @ResponseField(field.RSVP) rsvp!: number;
  @ResponseField(field.COMMENTS_ENABLED) comments_enabled!: number;
  @ResponseField(field.TYPE) type!: string;
  @ResponseField(field.REALM) realm!: RealmName;
  @OptionalResponseField(REALM_ID) district_id?: number;
  @OptionalResponseField(REALM_ID) school_id?: number;
  @OptionalResponseField(REALM_ID) user_id?: number;
  @OptionalResponseField(REALM_ID) group_id?: number;
  @OptionalResponseField(REALM_ID) course_id?: number;
  @OptionalResponseField(REALM_ID) section_id?: number;
  @OptionalResponseField(attachment.ATTACHMENTS_SHOWN) attachments?: object;
}

export class RealmEventResponseDto extends RealmEventItemDto {
  @ApiProperty({ type: RealmLinksDto }) links!: RealmLinksDto;
}

export class RealmEventListResponseDto {
  @ApiProperty({ type: [RealmEventResponseDto] }) event!: RealmEventResponseDto[];
  @ApiProperty({ type: 'integer', description: 'All that fit the filter, on whatever page.', example: 2 })
  total!: number;
  @ApiProperty({ type: RealmPageLinksDto }) links!: RealmPageLinksDto;
}

export function viewRealmEventItem(row: RealmEventRow, withAttachments: boolean): RealmEventItemDto {
  return {
    id: row.id,
    title: row.title,
    description: row.description,
    start: row.starts_at,
    has_end: row.ends_at === null ? 0 : 1,
    end: row.ends_at ?? '',
    all_day: Number(row.all_day),
    editable: Number(row.editable),
    rsvp: row.rsvp,
    comments_enabled: Number(row.comments_enabled),
    type: row.type,
    realm: row.realm,
    [`${row.realm}_id`]: row.realm_id,
    ...(withAttachments && { attachments: viewAttachments(row.attached_links) }),
  };
}

export function eventUrl(baseUrl: string, { realm, realm_id, id }: RealmEventRow): string {
  return `${baseUrl}/${collectionOf(realm)}/${realm_id}/events/${id}`;
}

/** All four kinds of the product; only links are supported. */
export function viewAttachments(links: readonly AttachedLink[] | null): object {
  return {
    files: { file: [] },
    links: {
      link: (links ?? []).map(({ url, title }, index) => ({ id: index + 1, type: 'link', title, url })),
    },
    videos: { video: [] },
    embeds: { embed: [] },
  };
}
