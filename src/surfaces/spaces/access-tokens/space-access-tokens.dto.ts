import { ApiProperty } from '@nestjs/swagger';
import type { Caller } from '../../../core/caller.js';
import type { CredentialTimes } from '../people/space-people.repository.js';
import { formatUtc } from '../space-time.js';

/** Every token may read and write; what its user may change is decided row by row. */
export const SCOPES: readonly string[] = ['basic_read', 'basic_write'];

const USER = { type: 'integer', nullable: true, example: 42 } as const;
export const EXPIRY = {
  type: String,
  nullable: true,
  example: '2031-01-01T12:00:00+0000',
  description: 'When the token expires; null if it does not.',
};

export class AccessTokenResponseDto {
  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    description: 'Always null: it is not shown again.',
  })
  access_token!: null;
  @ApiProperty({ ...USER, description: 'Same as `user_id`.' }) account_id!: number | null;
  @ApiProperty({ ...USER, description: 'User that the token belongs to; null for one of the organization.' })
  user_id!: number | null;
  @ApiProperty({ type: 'integer', example: 7, description: 'Number of the organization.' })
  organization_id!: number;
  @ApiProperty({ type: [String], example: SCOPES, description: 'The same for every token.' })
  scopes!: readonly string[];
  @ApiProperty(EXPIRY) expire_at!: string | null;
  @ApiProperty({ example: '2030-01-01T12:00:00+0000', description: 'When the token was made.' })
  created_at!: string;
}

export function viewAccessToken(
  { memberId, organizationId }: Caller,
  { created_at, expires_at }: CredentialTimes,
): AccessTokenResponseDto {
  return {
    access_token: null,
    account_id: memberId,
    user_id: memberId,
    organization_id: organizationId,
    scopes: SCOPES,
    expire_at: expires_at && formatUtc(expires_at),
    created_at: formatUtc(created_at),
  };
}
