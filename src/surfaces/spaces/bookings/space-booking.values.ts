import type { Instant } from '../../../core/instant.js';
import type { ZonedTime } from '../space-time.js';
import type { CreationType, Visibility } from '../spaces.fields.js';

/** All stored columns of an event, except its invitees. */
export interface EventValues {
  readonly spaceId: number;
  readonly title: string;
  readonly description: string | null;
  readonly location: string | null;
  readonly start: ZonedTime;
  readonly end: ZonedTime;
  readonly isAllDay: boolean;
  readonly visibility: Visibility;
  readonly uid: string;
  readonly remoteEventId: string | null;
  readonly remoteType: string | null;
  readonly creationType: CreationType;
  readonly organizerId: number | null;
  readonly organizerEmail: string | null;
  readonly creatorId: number | null;
  readonly creatorEmail: string | null;
  readonly recurrence: readonly string[] | null;
  readonly heldUntil: Instant | null;
}

/** Columns of an event that every booking sets. */
export const VALUE_COLUMNS = `organization_id, space_id, title, description, location, starts_at, start_zone, ends_at, end_zone,
  is_all_day, visibility, uid, remote_event_id, remote_type, creation_type, organizer_id, organizer_email, creator_id,
  creator_email`;

/** Values by column, in the order of `VALUE_COLUMNS` without `organization_id`. */
export function columnsOf(values: EventValues): object {
  return {
    space_id: values.spaceId,
    title: values.title,
    description: values.description,
    location: values.location,
    starts_at: values.start.at,
    start_zone: values.start.zone,
    ends_at: values.end.at,
    end_zone: values.end.zone,
    is_all_day: values.isAllDay,
    visibility: values.visibility,
    uid: values.uid,
    remote_event_id: values.remoteEventId,
    remote_type: values.remoteType,
    creation_type: values.creationType,
    organizer_id: values.organizerId,
    organizer_email: values.organizerEmail,
    creator_id: values.creatorId,
    creator_email: values.creatorEmail,
  };
}
