import { instantOf, millisecondsOf, type Instant } from '../../../core/instant.js';
import { MAX_INTEGER } from '../../../core/integer.js';
import { ResponseField, NullableResponseField } from '../../../http/validation/field.js';
import { choice, text, wholeNumber } from '../../../http/validation/fields.js';
import type { SpaceStateRow } from './space-states.repository.js';
import { formatTime } from '../space-time.js';

const AVAILABILITIES = ['available', 'booked', 'in_use', 'disabled'] as const;

export class SpaceStateResponseDto {
  @ResponseField(
    choice(AVAILABILITIES, {
      description:
        '`in_use` while somebody is there, else `booked` while an event goes on or starts within five minutes.',
      example: 'available',
    }),
  )
  availability!: (typeof AVAILABILITIES)[number];
  @ResponseField(
    wholeNumber({
      min: 0,
      max: MAX_INTEGER,
      description: 'People and devices known to be there: their presence, or a check-in to what goes on.',
      example: 0,
    }),
  )
  present!: number;
  @NullableResponseField(
    text({
      max: 24,
      description: 'When it will be booked, or free again, in the clocks of its location.',
      example: '2030-01-04T09:00:00-0500',
    }),
  )
  next_busy_change!: string | null;
}

/** A booking that starts this soon already makes its space `booked`. */
export const IMMINENT_MINUTES = 5;

/** Contains no event details, so there is nothing private to hide. */
export function viewSpaceState(row: SpaceStateRow, now: Instant): SpaceStateResponseDto {
  const { is_disabled, is_checked_in, present, busy_from, busy_until, time_zone } = row;
  const isBusy = busy_from !== null && busy_from <= now;
  const soon = instantOf(millisecondsOf(now) + IMMINENT_MINUTES * 60_000);
  const isBooked = busy_from !== null && busy_from <= soon;
  const isInUse = is_checked_in || present > 0;
  const change = isBusy ? busy_until : busy_from;
  return {
    availability: is_disabled ? 'disabled' : isInUse ? 'in_use' : isBooked ? 'booked' : 'available',
    present,
    next_busy_change: change === null ? null : formatTime(change, time_zone),
  };
}
