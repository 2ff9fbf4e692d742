import { Optional, Shown, ShownOrNull } from '../../../http/validation/field.js';
import { text } from '../../../http/validation/fields.js';
import type { CheckInRow } from './space-check-ins.repository.js';
import { formatUtc } from '../space-time.js';
import * as field from '../spaces.fields.js';

export class CheckIn {
  @Optional(field.DEVICE_ID) device_id?: number | null;
}

export class CheckInAnswer {
  @Shown(field.ID) event_id!: string;
  @ShownOrNull(field.USER_ID) user_id!: number | null;
  @ShownOrNull(field.DEVICE_ID) device_id!: number | null;
  @Shown(text({ max: 24, description: 'When it happened, in UTC.', example: '2030-01-04T13:55:00+0000' }))
  confirmed_at!: string;
}

export function viewCheckIn(id: string, { user_id, device_id, confirmed_at }: CheckInRow): CheckInAnswer {
  return { event_id: id, user_id, device_id, confirmed_at: formatUtc(confirmed_at) };
}
