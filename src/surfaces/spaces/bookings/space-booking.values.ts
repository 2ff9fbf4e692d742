import { randomUUID } from 'node:crypto';
import type { Caller } from '../../../core/caller.js';
import { columnNames } from '../../../database/columns.js';
import type { SpaceEventRow } from '../events/space-event.columns.js';
import { SpaceEvent } from '../events/space-event.entity.js';
import type { UpdateSpaceEventDto, CreateSpaceEventDto } from '../events/space-events.dto.js';
import type { Schedule } from '../series/space-schedule.js';
import type { BookableSpace } from './space-bookings.repository.js';

/** Columns of an event that are not set by a booking. */
const INTERNAL = ['organization_id', 'id', 'series_id', 'created_at', 'updated_at'] as const;

/** Columns of an event that a change of it leaves as they are. */
const FIXED = [
  'uid',
  'remote_event_id',
  'remote_type',
  'creation_type',
  'organizer_id',
  'organizer_email',
  'creator_id',
  'creator_email',
] as const;

/** Columns that a series does not share with its exceptions. */
const TIMES = [
  'starts_at',
  'start_zone',
  'ends_at',
  'end_zone',
  'is_all_day',
  'recurrence',
  'held_until',
] as const;

/** All columns of an event that a booking sets, except its invitees. */
export type EventValues = Readonly<Omit<SpaceEvent, (typeof INTERNAL)[number]>>;
export const VALUE_COLUMNS = columnNames(SpaceEvent, { without: INTERNAL });

/** All columns of an event that a change sets. */
export type ChangedValues = Omit<EventValues, (typeof FIXED)[number]>;

/** Columns that exceptions of a series take over when it changes. */
export const INHERITED_COLUMNS = columnNames(SpaceEvent, { without: [...INTERNAL, ...FIXED, ...TIMES] });

export function valuesOf(
  caller: Caller,
  dto: CreateSpaceEventDto,
  space: BookableSpace,
  schedule: Schedule,
): EventValues {
  const hasCreator = caller.isAdmin && dto.creator_email != null;
  return {
    space_id: space.id,
    title: dto.title ?? titleOf(space),
    description: dto.description ?? null,
    location: dto.location ?? null,
    ...timeValuesOf(schedule),
    visibility: dto.visibility ?? 'default',
    uid: dto.uid ?? randomUUID(),
    remote_event_id: dto.remote_event_id ?? null,
    remote_type: dto.remote_type ?? null,
    creation_type: dto.creation_type ?? (dto.remote_event_id == null ? 'manual' : 'synced'),
    organizer_id: space.organizer_id,
    organizer_email: space.organizer_email ?? dto.organizer_email ?? null,
    creator_id: space.creator_id,
    creator_email: space.creator_email ?? (hasCreator ? (dto.creator_email ?? null) : null),
  };
}

/** The values after a change. */
export function changedValuesOf(
  before: SpaceEventRow,
  dto: UpdateSpaceEventDto,
  space: BookableSpace,
  schedule: Schedule,
): ChangedValues {
  return {
    space_id: space.id,
    title: dto.title === undefined ? before.title : (dto.title ?? titleOf(space)),
    description: dto.description === undefined ? before.description : dto.description,
    location: dto.location === undefined ? before.location : dto.location,
    ...timeValuesOf(schedule),
    visibility: dto.visibility === undefined ? before.visibility : (dto.visibility ?? 'default'),
  };
}

function timeValuesOf(schedule: Schedule): Pick<EventValues, (typeof TIMES)[number]> {
  const { start, end, isAllDay, recurrence, heldUntil } = schedule;
  return {
    starts_at: start.at,
    start_zone: start.zone,
    ends_at: end.at,
    end_zone: end.zone,
    is_all_day: isAllDay,
    recurrence,
    held_until: heldUntil,
  };
}

/** Default title of an event. */
function titleOf({ booker_name, booker_email, name }: BookableSpace): string {
  const booker = booker_name ?? booker_email;
  return booker === null ? `Booking of ${name}` : `${booker} in ${name}`;
}
