import { ApiProperty } from '@nestjs/swagger';
import { formatUtc } from '../space-time.js';
import type { LocationRow, SpaceRow } from './spaces.repository.js';

const NUMBER = { type: 'integer', example: 48, description: 'Number of it.' } as const;
const CREATED = { example: '2030-01-01T12:00:00+0000', description: 'When it was made.' };
const UPDATED = { example: '2030-01-01T12:00:00+0000', description: 'When it was last changed.' };
const ZONE = { example: 'America/New_York', description: 'IANA zone.' };
const text = (description: string, example: string | null): object => ({
  type: String,
  nullable: true,
  description,
  example,
});

export class SpaceLocationResponseDto {
  @ApiProperty(NUMBER) id!: number;
  @ApiProperty({ type: 'integer', example: 7, description: 'Number of the organization.' })
  account_id!: number;
  @ApiProperty({ example: 'Head office' }) name!: string;
  @ApiProperty(text('Postal address.', '1 Main Street')) address!: string | null;
  @ApiProperty(ZONE) time_zone!: string;
  @ApiProperty(CREATED) created_at!: string;
  @ApiProperty(UPDATED) updated_at!: string;
}

export class SpaceResponseDto {
  @ApiProperty(NUMBER) id!: number;
  @ApiProperty({ type: 'integer', example: 7, description: 'Number of the location.' }) location_id!: number;
  @ApiProperty({ example: 'Blue room' }) name!: string;
  @ApiProperty(text('What there is to say about it.', 'By the window')) description!: string | null;
  @ApiProperty(text('What kind of space it is.', 'meeting_room')) type!: string | null;
  @ApiProperty({ type: 'integer', nullable: true, example: 8, description: 'People that fit in.' })
  capacity!: number | null;
  @ApiProperty({ example: false, description: 'Whether it is out of service and takes no bookings.' })
  is_disabled!: boolean;
  @ApiProperty(CREATED) created_at!: string;
  @ApiProperty(UPDATED) updated_at!: string;
}

export function viewLocation(row: LocationRow): SpaceLocationResponseDto {
  const { id, organization_id, name, address, time_zone, created_at, updated_at } = row;
  return {
    id,
    account_id: organization_id,
    name,
    address,
    time_zone,
    created_at: formatUtc(created_at),
    updated_at: formatUtc(updated_at),
  };
}

export function viewSpace(row: SpaceRow): SpaceResponseDto {
  return { ...row, created_at: formatUtc(row.created_at), updated_at: formatUtc(row.updated_at) };
}
