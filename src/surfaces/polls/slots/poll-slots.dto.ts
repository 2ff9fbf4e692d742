import { ApiProperty } from '@nestjs/swagger';
import {
  check,
  OptionalQuery,
  OptionalResponseField,
  Required,
  RequiredWhen,
  ResponseField,
  shownAs,
} from '../../../http/validation/field.js';
import { objectOf } from '../../../http/validation/fields.js';
import type { Span, ZoneClock } from './zone-clock.js';
import * as field from './poll-slots.fields.js';
import { SLOT_DAYS } from './poll-slots.js';

const DAY = 24 * 3600_000;

/** People are named in one of three ways. */
type Named = Partial<Record<'emails' | 'users' | 'user_id', unknown>>;

const Alone = (...others: readonly (keyof Named)[]): PropertyDecorator =>
  check('isAlone', `must not stand beside ${others.join(' or ')}`, (_, query: Named) =>
    others.every((other) => query[other] === undefined),
  );

const RangeFromDay = (): PropertyDecorator =>
  check('isRange', `must not be before from, and at most ${SLOT_DAYS} days with it`, (to, query) => {
    const { from } = query as { from?: unknown };
    if (!field.isDay(from) || !field.isDay(to)) return true;
    const days = (Date.parse(to) - Date.parse(from)) / DAY;
    return days >= 0 && days < SLOT_DAYS;
  });

export class NextPollSlotQueryDto {
  @Required(field.DURATION) duration!: number;
  @OptionalQuery(field.TIMEZONE) timezone?: string;
  @RequiredWhen(
    ({ users, user_id }: Named) => users === undefined && user_id === undefined,
    field.people('Addresses of the people who have to be free; instead of `users` and `user_id`.'),
  )
  emails?: string[];
  @Alone('emails')
  @OptionalQuery(field.people('The same people by id.'))
  users?: string[];
  @Alone('emails', 'users')
  @OptionalQuery(field.people('Another name of `users`.', '5eecc40bb2181073ac6ff375'))
  user_id?: string[];
}

export class PollSlotsQueryDto extends NextPollSlotQueryDto {
  @Required(field.day('The first day.', '2030-05-06')) from!: string;
  @RangeFromDay()
  @Required(field.day(`The last day, at most ${SLOT_DAYS} with the first.`, '2030-05-10'))
  to!: string;
}

class PollSlotTimeDto {
  @ApiProperty({
    description: 'Time in the zone of the answer, with its offset from UTC.',
    example: '2030-05-06T09:00:00+02:00',
  })
  dateTime!: string;
}

class PollSlotDto {
  @ApiProperty({ type: PollSlotTimeDto }) start!: PollSlotTimeDto;
  @ApiProperty({ type: PollSlotTimeDto }) end!: PollSlotTimeDto;
}

class PollDaySlotsDto {
  @ApiProperty({ type: [PollSlotDto], description: 'Those that begin on this day, earliest first.' })
  slots!: readonly PollSlotDto[];
}

export class NextPollSlotResponseDto {
  @ResponseField(field.TIMEZONE) timezone!: string;
  @ApiProperty({ type: [PollSlotDto], description: 'When all of them are free, earliest first.' })
  slots!: readonly PollSlotDto[];
}

const NEXT = objectOf(() => PollSlotDto, {
  description: `Where there is no slot: the first one within ${SLOT_DAYS} days after the last day.`,
});

export class PollSlotsResponseDto extends NextPollSlotResponseDto {
  @ResponseField(field.day('The first day.', '2030-05-06')) from!: string;
  @ResponseField(field.day('The last day.', '2030-05-10')) to!: string;
  @OptionalResponseField(NEXT) nextAvailability?: PollSlotDto;
}

export class PollSlotDaysResponseDto {
  @ResponseField(field.TIMEZONE) timezone!: string;
  @ResponseField(field.day('The first day.', '2030-05-06')) from!: string;
  @ResponseField(field.day('The last day.', '2030-05-10')) to!: string;
  @shownAs({
    type: 'object',
    additionalProperties: { $ref: '#/components/schemas/PollDaySlotsDto' },
    description: 'Days on which there are slots, in order.',
  })
  days!: Readonly<Record<string, PollDaySlotsDto>>;
  @OptionalResponseField(NEXT) nextAvailability?: PollSlotDto;
}

export { PollDaySlotsDto };

/** What was found, before it is shown in one of the forms. */
export interface FoundSlots {
  readonly zone: string;
  readonly clock: ZoneClock;
  readonly slots: readonly Span[];
  readonly next?: Span | undefined;
}

export function viewPollSlots(
  { from, to }: PollSlotsQueryDto,
  { zone, clock, slots, next }: FoundSlots,
): PollSlotsResponseDto {
  return {
    timezone: zone,
    from,
    to,
    slots: slots.map((slot) => viewSlot(clock, slot)),
    ...(next && { nextAvailability: viewSlot(clock, next) }),
  };
}

export function viewPollSlotDays(query: PollSlotsQueryDto, found: FoundSlots): PollSlotDaysResponseDto {
  const { slots, ...rest } = viewPollSlots(query, found);
  const days: Record<string, { slots: PollSlotDto[] }> = {};
  for (const slot of slots) (days[slot.start.dateTime.slice(0, 10)] ??= { slots: [] }).slots.push(slot);
  return { ...rest, days };
}

export function viewNextPollSlot({ zone, clock, slots }: FoundSlots): NextPollSlotResponseDto {
  return { timezone: zone, slots: slots.map((slot) => viewSlot(clock, slot)) };
}

function viewSlot(clock: ZoneClock, { from, to }: Span): PollSlotDto {
  return { start: { dateTime: clock.format(from) }, end: { dateTime: clock.format(to) } };
}
