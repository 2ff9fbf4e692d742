import type { Instant } from '../../../core/instant.js';
import { ResponseField, NullableResponseField } from '../../../http/validation/field.js';
import { choice, text, wholeNumber } from '../../../http/validation/fields.js';
import type { SpaceStateRow } from './space-states.repository.js';
import { formatTime } from '../space-time.js';

const AVAILABILITIES = ['available', 'booked', 'in_use', 'disabled'] as const;

export class SpaceStateResponseDto {
  @ResponseField(
    choice(AVAILABILITIES, {
      description: '`booked` while an event goes on, `in_use` once somebody has checked in to it.',
      example: 'available',
    }),
  )
  availability!: (typeof AVAILABILITIES)[number];
  @ResponseField(
    wholeNumber({ min: 0, max: 1, description: 'People known to be there: who checked in.', example: 0 }),
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
  const { is_disabled, is_checked_in, starts_at, busy_until, time_zone } = row;
  const isBusy = starts_at !== null && starts_at <= now;
  const change = isBusy ? busy_until : starts_at;
  const busy = is_checked_in ? 'in_use' : 'booked';
  return {
    availability: is_disabled ? 'disabled' : isBusy ? busy : 'available',
    present: isBusy && is_checked_in ? 1 : 0,
    next_busy_change: change === null ? null : formatTime(change, time_zone),
  };
}
