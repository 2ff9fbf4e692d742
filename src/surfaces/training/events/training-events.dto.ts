import type { Instant } from '../../../core/instant.js';
import { compileSerializer } from '../../../http/json-serializer.js';
import {
  OptionalQuery,
  Changeable,
  check,
  Clearable,
  Optional,
  Required,
  ResponseField,
  shownAs,
  OptionalResponseField,
} from '../../../http/validation/field.js';
import { queryNumber } from '../../../http/validation/fields.js';
import { statusAt, type Availability, type TrainingEventStatus } from './training-event.lifecycle.js';
import type { TrainingEventRow } from './training-events.repository.js';
import { parseTrainingDate } from '../training-date.js';
import { TrainingOwnerDto } from '../training-owner.dto.js';
import * as field from '../training.fields.js';

/** Validates against `date_start`. An invalid `date_start` is reported on that field only. */
const EndsAfterStart = (): PropertyDecorator =>
  check('endsAfterStart', 'must be after date_start', (value, event) => {
    const start = instantIn((event as { date_start?: unknown }).date_start);
    const end = instantIn(value);
    return start === undefined || end === undefined || end > start;
  });

function instantIn(value: unknown): Instant | undefined {
  return typeof value === 'string' ? parseTrainingDate(value) : undefined;
}

export class CreateTrainingEventDto {
  @Required(field.EVENT_NAME) name!: string;
  @Required(field.OWNER) owner!: string;
  @Required(field.CLASS_ID) class_id!: string;
  @Required(field.DATE_START) date_start!: Instant;
  @EndsAfterStart() @Required(field.DATE_END) date_end!: Instant;
  @Optional(field.DESCRIPTION) description?: string | null;
  @Optional(field.INCLUDE_CHAT) include_chat?: boolean | null;
  @Optional(field.INCLUDE_VIDEO) include_video?: boolean | null;
  @Optional(field.TAS) tas?: string[] | null;
  @Optional(field.TRAINEES) trainees?: string[] | null;
  @Optional(field.AVAILABILITY) availability?: Availability | null;
  @Optional(field.PARTNER_ID) partner_id?: string | null;
  @Optional(field.USE_NEW_TERMINAL) use_new_terminal?: boolean | null;
}

export class UpdateTrainingEventDto {
  @Changeable(field.EVENT_NAME) name?: string;
  @Changeable(field.OWNER) owner?: string;
  @Changeable(field.CLASS_ID) class_id?: string;
  @Changeable(field.DATE_START) date_start?: Instant;
  @EndsAfterStart() @Changeable(field.DATE_END) date_end?: Instant;
  @Clearable(field.DESCRIPTION) description?: string | null;
  @Clearable(field.INCLUDE_CHAT) include_chat?: boolean | null;
  @Clearable(field.INCLUDE_VIDEO) include_video?: boolean | null;
  @Clearable(field.TAS) tas?: string[] | null;
  @Clearable(field.TRAINEES) trainees?: string[] | null;
  @Changeable(field.AVAILABILITY) availability?: Availability;
  @Clearable(field.PARTNER_ID) partner_id?: string | null;
}

/** Filters and pagination added by this service. Without them the list contains all events. */
export class ListTrainingEventsQueryDto {
  @OptionalQuery(field.STATUS) status?: TrainingEventStatus;
  @OptionalQuery(field.CLASS_ID) class_id?: string;
  @OptionalQuery(field.OWNER) owner?: string;
  @OptionalQuery(field.STARTS_FROM) date_from?: Instant;
  @OptionalQuery(field.STARTS_BEFORE) date_to?: Instant;
  @OptionalQuery(queryNumber({ min: 1, description: 'Which page, from 1. Turns paging on.', example: 1 }))
  page?: number;
  @OptionalQuery(
    queryNumber({
      min: 1,
      max: 1000,
      default: 100,
      description: 'Events on a page. Turns paging on.',
      example: 20,
    }),
  )
  limit?: number;
}

export class TrainingEventResponseDto {
  @ResponseField(field.AVAILABILITY) availability!: Availability;
  @ResponseField(field.CLASS_ID) class_id!: string;
  @ResponseField(field.DATE_END) date_end!: Instant;
  @ResponseField(field.DATE_START) date_start!: Instant;
  @OptionalResponseField(field.DESCRIPTION) description?: string | undefined;
  @ResponseField(field.EVENT_LINK) event_link!: string;
  @ResponseField(field.ID) id!: string;
  @ResponseField(field.INCLUDE_CHAT) include_chat!: boolean;
  @ResponseField(field.INCLUDE_VIDEO) include_video!: boolean;
  @ResponseField(field.EVENT_NAME) name!: string;
  @shownAs({ type: () => TrainingOwnerDto }) owner!: TrainingOwnerDto;
  @OptionalResponseField(field.PARTNER_ID) partner_id?: string | undefined;
  @ResponseField(field.STATUS) status!: TrainingEventStatus;
  @ResponseField(field.TAS) tas!: readonly string[];
  @ResponseField(field.TOKEN) token!: string;
  @ResponseField(field.TRAINEES) trainees!: readonly string[];
  @ResponseField(field.USE_NEW_TERMINAL) use_new_terminal!: boolean;
}

/** Returns the URL of an event's public page. */
export type EventLink = (eventId: string) => string;
export const EVENT_LINK = Symbol('event link');

const stringify = compileSerializer(TrainingEventResponseDto);

/** Writes an event as the JSON of a `TrainingEventResponseDto`, with its status at the given time. */
export function writeTrainingEvent(row: TrainingEventRow, now: Instant, linkTo: EventLink): string {
  return stringify({
    availability: row.availability,
    class_id: row.class_id,
    date_end: row.date_end,
    date_start: row.date_start,
    description: row.description ?? undefined,
    event_link: linkTo(row.id),
    id: row.id,
    include_chat: row.include_chat,
    include_video: row.include_video,
    name: row.name,
    owner: { email: row.owner_email, id: row.owner_training_id },
    partner_id: row.partner_id ?? undefined,
    status: statusAt(now, row),
    tas: row.tas,
    token: row.token,
    trainees: row.trainees,
    use_new_terminal: row.use_new_terminal,
  });
}
