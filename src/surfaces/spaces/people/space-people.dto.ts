import { ApiProperty } from '@nestjs/swagger';
import { Changeable, Clearable, OptionalQuery } from '../../../http/validation/field.js';
import { locale, text, timeZone } from '../../../http/validation/fields.js';
import { idList } from '../comma-separated.fields.js';
import { PageQueryDto } from '../page-query.dto.js';
import { formatUtc } from '../space-time.js';
import type { AccountRow, OrganizationRow, UserRow } from './space-people.repository.js';

const NUMBER = { type: 'integer', example: 42, description: 'Number of it.' } as const;
const CREATED = { example: '2030-01-01T12:00:00+0000', description: 'When it was made.' };
const UPDATED = { example: '2030-01-01T12:00:00+0000', description: 'When it was last changed.' };
const AVATAR = { type: String, nullable: true, example: null, description: 'Always null: there are none.' };
const nullable = (description: string, example: string): object => ({
  type: String,
  nullable: true,
  description,
  example,
});

const QUERY = text({
  max: 256,
  description: 'Only users with this text in their name or e-mail address, in any case.',
  example: 'ada',
});

export class UserQueryDto extends PageQueryDto {
  @OptionalQuery(QUERY) query?: string;
  @OptionalQuery(idList('Only users of these ids; others are left out.')) ids?: number[];
}

const NAME = { max: 256, example: 'Ada Lovelace' };
const TIME_ZONE = { description: 'IANA zone.', example: 'Europe/London' };

/** What users change of themselves; their address and rights are the admin API's. */
export class UpdateMeDto {
  @Clearable(text({ ...NAME, description: 'Your name.' })) name?: string | null;
  @Clearable(timeZone(TIME_ZONE)) time_zone?: string | null;
  @Clearable(locale({ description: 'BCP 47 tag of your language.', example: 'en-GB' })) locale?:
    string | null;
}

export class UpdateSpaceOrganizationDto {
  @Changeable(text({ min: 1, max: 256, description: 'Its name; the slug stays.', example: 'Example Inc.' }))
  name?: string;
  @Clearable(timeZone({ ...TIME_ZONE, description: 'IANA zone; null means UTC.' })) time_zone?: string | null;
}

export class SpaceOrganizationResponseDto {
  @ApiProperty({ type: 'integer', example: 7, description: 'Number of it.' }) id!: number;
  @ApiProperty({ example: 'Example Inc.' }) name!: string;
  @ApiProperty({ example: 'example-inc', description: 'Serves in addresses in place of the number.' })
  slug!: string;
  @ApiProperty(AVATAR) avatar!: null;
  @ApiProperty({ example: true }) is_organization!: boolean;
  @ApiProperty({ example: 'America/New_York', description: 'IANA zone.' }) time_zone!: string;
  @ApiProperty(CREATED) created_at!: string;
  @ApiProperty(UPDATED) updated_at!: string;
}

export class SpaceEmailDto {
  @ApiProperty({ example: 'ada@example.org' }) email!: string;
  @ApiProperty({ example: true }) is_verified!: boolean;
}

export class SpaceUserResponseDto {
  @ApiProperty(NUMBER) id!: number;
  @ApiProperty({ example: 'ada-lovelace', description: 'Serves in addresses in place of the number.' })
  slug!: string;
  @ApiProperty(nullable('Name.', 'Ada Lovelace')) name!: string | null;
  @ApiProperty(AVATAR) avatar!: null;
  @ApiProperty({ type: SpaceEmailDto }) primary_email!: SpaceEmailDto;
  @ApiProperty({ example: false, description: 'Always false: nobody has to accept an invitation first.' })
  is_pending!: boolean;
  @ApiProperty(nullable('IANA zone.', 'Europe/London')) time_zone!: string | null;
  @ApiProperty(nullable('BCP 47 tag.', 'en-GB')) locale!: string | null;
  @ApiProperty(CREATED) created_at!: string;
  @ApiProperty(UPDATED) updated_at!: string;
}

export function viewOrganization(row: OrganizationRow): SpaceOrganizationResponseDto {
  const { id, name, slug, time_zone, created_at, updated_at } = row;
  return {
    id,
    name,
    slug,
    avatar: null,
    is_organization: true,
    time_zone,
    created_at: formatUtc(created_at),
    updated_at: formatUtc(updated_at ?? created_at),
  };
}

/** Addresses are set by an administrator, so they count as verified. */
export function viewUser(row: UserRow): SpaceUserResponseDto {
  const { id, slug, name, email, time_zone, locale, created_at, updated_at } = row;
  return {
    id,
    slug,
    name,
    avatar: null,
    primary_email: { email, is_verified: true },
    is_pending: false,
    time_zone,
    locale,
    created_at: formatUtc(created_at),
    updated_at: formatUtc(updated_at ?? created_at),
  };
}

export function viewAccount(row: AccountRow): SpaceOrganizationResponseDto | SpaceUserResponseDto {
  return row.kind === 'organization' ? viewOrganization(row) : viewUser(row);
}
