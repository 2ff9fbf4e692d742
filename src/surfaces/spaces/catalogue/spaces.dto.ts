import { ApiProperty } from '@nestjs/swagger';
import { formatUtc } from '../space-time.js';
import type { OrganizationRow, UserRow } from './spaces.repository.js';

const NUMBER = { type: 'integer', example: 48, description: 'Number of it.' } as const;
const CREATED = { example: '2030-01-01T12:00:00+0000', description: 'When it was made.' };
const ZONE = { example: 'America/New_York', description: 'IANA zone.' };
const text = (description: string, example: string | null): object => ({
  type: String,
  nullable: true,
  description,
  example,
});

export class SpaceOrganizationResponseDto {
  @ApiProperty(NUMBER) id!: number;
  @ApiProperty({ example: 'Example Inc.' }) name!: string;
  @ApiProperty({ example: 'example-inc', description: 'Serves in addresses in place of the number.' })
  slug!: string;
  @ApiProperty({ example: true }) is_organization!: boolean;
  @ApiProperty(ZONE) time_zone!: string;
  @ApiProperty(CREATED) created_at!: string;
}

export class SpaceEmailDto {
  @ApiProperty({ example: 'ada@example.org' }) email!: string;
  @ApiProperty({ example: true }) is_verified!: boolean;
}

export class SpaceUserResponseDto {
  @ApiProperty(NUMBER) id!: number;
  @ApiProperty(text('Name.', 'Ada Lovelace')) name!: string | null;
  @ApiProperty({ type: SpaceEmailDto }) primary_email!: SpaceEmailDto;
  @ApiProperty(text('IANA zone.', 'Europe/London')) time_zone!: string | null;
  @ApiProperty(text('BCP 47 tag.', 'en-GB')) locale!: string | null;
  @ApiProperty(CREATED) created_at!: string;
}

export function viewOrganization(row: OrganizationRow): SpaceOrganizationResponseDto {
  const { id, name, slug, time_zone, created_at } = row;
  return { id, name, slug, is_organization: true, time_zone, created_at: formatUtc(created_at) };
}

/** Addresses are set by an administrator, so they count as verified. */
export function viewUser({ email, created_at, id, name, time_zone, locale }: UserRow): SpaceUserResponseDto {
  const primary = { email, is_verified: true };
  return { id, name, primary_email: primary, time_zone, locale, created_at: formatUtc(created_at) };
}
