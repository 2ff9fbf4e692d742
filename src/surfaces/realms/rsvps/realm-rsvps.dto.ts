import { ApiProperty } from '@nestjs/swagger';
import { Required } from '../../../http/validation/field.js';
import type { RsvpResponse, RsvpRow } from './realm-rsvps.repository.js';
import * as field from '../realms.fields.js';

export class RealmRsvpDto {
  @Required(field.RSVP_RESPONSE) response!: RsvpResponse;
}

export class RealmRsvpCountsDto {
  @ApiProperty({ type: 'integer', example: 12 }) yes!: number;
  @ApiProperty({ type: 'integer', example: 1 }) no!: number;
  @ApiProperty({ type: 'integer', example: 3 }) maybe!: number;
}

export class RealmRsvpResponseDto {
  // Not one `enum`: generated clients name its values, and an empty one has no name.
  @ApiProperty({
    anyOf: [
      { type: 'string', enum: ['yes', 'no', 'maybe'] },
      { type: 'string', maxLength: 0 },
    ],
    description: "The caller's own; empty until there is one.",
    example: 'yes',
  })
  response!: string;
  @ApiProperty({ type: RealmRsvpCountsDto, description: 'Of everybody, the caller included.' })
  counts!: RealmRsvpCountsDto;
}

export function viewRealmRsvp({ own, yes, no, maybe }: RsvpRow): RealmRsvpResponseDto {
  const counts = { yes, no, maybe };
  if (own !== null) counts[own]++;
  return { response: own ?? '', counts };
}
