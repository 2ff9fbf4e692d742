import { ApiProperty } from '@nestjs/swagger';
import { Required } from '../../../http/validation/field.js';
import type { RsvpResponse, RsvpRow } from './realm-rsvps.repository.js';
import * as field from '../realms.fields.js';

export class AnswerRealmEvent {
  @Required(field.RSVP_RESPONSE) response!: RsvpResponse;
}

export class RealmRsvpCounts {
  @ApiProperty({ type: 'integer', example: 12 }) yes!: number;
  @ApiProperty({ type: 'integer', example: 1 }) no!: number;
  @ApiProperty({ type: 'integer', example: 3 }) maybe!: number;
}

export class RealmRsvpAnswer {
  @ApiProperty({
    enum: ['yes', 'no', 'maybe', ''],
    description: "The caller's own; empty until there is one.",
    example: 'yes',
  })
  response!: string;
  @ApiProperty({ type: RealmRsvpCounts, description: 'Of everybody, the caller included.' })
  counts!: RealmRsvpCounts;
}

export function viewRealmRsvp({ own, yes, no, maybe }: RsvpRow): RealmRsvpAnswer {
  const counts = { yes, no, maybe };
  if (own !== null) counts[own]++;
  return { response: own ?? '', counts };
}
