import { ApiProperty } from '@nestjs/swagger';
import { allows } from '../../../auth/scopes.js';
import type { Caller } from '../../../core/caller.js';
import type { CredentialTimes } from '../people/space-people.repository.js';
import { spaceScopes } from '../spaces.credential.js';
import { formatUtc } from '../space-time.js';

/** The product's names of what a token may do; what its user may change is decided row by row. */
export const SCOPES: readonly string[] = ['basic_read', 'basic_write'];

export function scopesShown(caller: Caller): readonly string[] {
  return SCOPES.filter((_, index) => allows(spaceScopes, caller, index === 0 ? 'read' : 'write'));
}

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
  @ApiProperty({ type: [String], example: SCOPES, description: 'What the token may do.' })
  scopes!: readonly string[];
  @ApiProperty(EXPIRY) expire_at!: string | null;
  @ApiProperty({ example: '2030-01-01T12:00:00+0000', description: 'When the token was made.' })
  created_at!: string;
}

export function viewAccessToken(
  caller: Caller,
  { created_at, expires_at }: CredentialTimes,
): AccessTokenResponseDto {
  const { memberId, organizationId } = caller;
  return {
    access_token: null,
    account_id: memberId,
    user_id: memberId,
    organization_id: organizationId,
    scopes: scopesShown(caller),
    expire_at: expires_at && formatUtc(expires_at),
    created_at: formatUtc(created_at),
  };
}
