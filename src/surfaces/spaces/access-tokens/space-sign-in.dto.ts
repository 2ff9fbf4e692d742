import { ApiProperty } from '@nestjs/swagger';
import { check, Optional, type Field } from '../../../http/validation/field.js';
import { formatUtc } from '../space-time.js';
import { ORGANIZATION } from '../spaces.fields.js';
import { EXPIRY, SCOPES, scopesShown } from './space-access-tokens.dto.js';
import type { SignedIn } from './space-sign-in.service.js';

const MAX_NAME = 64;

const OWN_ORGANIZATION: Field = {
  checks: [
    check('isOrganization', `must be an id or a slug of at most ${MAX_NAME} characters`, (value) =>
      typeof value === 'number'
        ? Number.isSafeInteger(value)
        : typeof value === 'string' && value.length <= MAX_NAME,
    ),
  ],
  schema: ORGANIZATION.schema,
  transform: String,
};

export class SignInDto {
  @Optional(OWN_ORGANIZATION) organization?: string | null;
}

export class SignInResponseDto {
  @ApiProperty({ example: 'TOKEN', description: 'The token that was sent as the password.' })
  access_token!: string;
  @ApiProperty({ type: 'integer', example: 42, description: 'User that the token belongs to.' })
  account_id!: number;
  @ApiProperty(EXPIRY) expire_at!: string | null;
  @ApiProperty({ type: [String], example: SCOPES, description: 'What the token may do.' })
  scopes!: readonly string[];
}

export function viewSignIn({ caller, token, userId, expires_at }: SignedIn): SignInResponseDto {
  return {
    access_token: token,
    account_id: userId,
    expire_at: expires_at && formatUtc(expires_at),
    scopes: scopesShown(caller),
  };
}
