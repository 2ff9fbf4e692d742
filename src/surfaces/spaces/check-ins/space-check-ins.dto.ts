import { Optional, ResponseField, NullableResponseField } from '../../../http/validation/field.js';
import { text } from '../../../http/validation/fields.js';
import type { CheckInRow } from './space-check-ins.repository.js';
import { formatUtc } from '../space-time.js';
import { ID, USER_ID } from '../spaces.fields.js';
import { wholeNumber } from '../spaces.loose-fields.js';

const DEVICE_ID = wholeNumber({
  min: 0,
  max: 2_147_483_647,
  description: 'Number of the device at the door, kept as given.',
  example: 7,
});

export class CheckInDto {
  @Optional(DEVICE_ID) device_id?: number | null;
}

export class CheckInResponseDto {
  @ResponseField(ID) event_id!: string;
  @NullableResponseField(USER_ID) user_id!: number | null;
  @NullableResponseField(DEVICE_ID) device_id!: number | null;
  @ResponseField(
    text({ max: 24, description: 'When it happened, in UTC.', example: '2030-01-04T13:55:00+0000' }),
  )
  confirmed_at!: string;
}

export function viewCheckIn(
  id: string,
  { user_id, device_id, confirmed_at }: CheckInRow,
): CheckInResponseDto {
  return { event_id: id, user_id, device_id, confirmed_at: formatUtc(confirmed_at) };
}
