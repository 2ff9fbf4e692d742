import type { Instant } from '../../../core/instant.js';
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
        '`booked` while an event goes on, `in_use` once somebody has checked in to it or is there.',
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

/** Contains no event details, so there is nothing private to hide. */
export function viewSpaceState(row: SpaceStateRow, now: Instant): SpaceStateResponseDto {
  const { is_disabled, is_checked_in, present, starts_at, busy_until, time_zone } = row;
  const isBusy = starts_at !== null && starts_at <= now;
  const change = isBusy ? busy_until : starts_at;
  const isInUse = present > 0 || (isBusy && is_checked_in);
  return {
    availability: is_disabled ? 'disabled' : isInUse ? 'in_use' : isBusy ? 'booked' : 'available',
    present,
    next_busy_change: change === null ? null : formatTime(change, time_zone),
  };
}
