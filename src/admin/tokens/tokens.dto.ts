import { IsNotIn } from 'class-validator';
import {
  ADMIN_SCOPES,
  type AdminScope,
  type AdminToken,
} from '../../auth/admin-tokens/admin-token.entity.js';
import { ROOT_TOKEN } from '../../auth/admin-tokens/admin-tokens.js';
import type { Instant } from '../../core/instant.js';
import {
  check,
  NullableResponseField,
  Optional,
  Required,
  ResponseField,
  type Field,
} from '../../http/validation/field.js';
import { instant, text } from '../../http/validation/fields.js';
import * as field from '../admin.fields.js';

const NAME_FIELD = text({
  min: 1,
  max: 100,
  description: 'Who uses it, for the audit log.',
  example: 'deploy',
});
const NAME: Field = {
  ...NAME_FIELD,
  checks: [...NAME_FIELD.checks, IsNotIn([ROOT_TOKEN], { message: `must not be ${ROOT_TOKEN}` })],
};

const SCOPES: Field = {
  checks: [
    check(
      'areAdminScopes',
      `must be a list of one or more of ${ADMIN_SCOPES.join(', ')}`,
      (value) =>
        Array.isArray(value) &&
        value.length > 0 &&
        value.length <= ADMIN_SCOPES.length &&
        value.every((scope) => ADMIN_SCOPES.some((known) => known === scope)),
    ),
  ],
  schema: {
    type: 'array',
    items: { type: 'string', enum: [...ADMIN_SCOPES] },
    minItems: 1,
    maxItems: ADMIN_SCOPES.length,
    description:
      '`read`: calls that change nothing; `write`: the others, but for those of these three; `credentials`: making, ' +
      'changing, rotating and revoking credentials, and sign-in links; `audit`: the audit log; `tokens`: admin tokens.',
    example: ['read', 'credentials'],
  },
  transform: (scopes: AdminScope[]) => [...new Set(scopes)],
};
const EXPIRES_AT = instant({ description: 'From when it is refused.', example: '2031-01-01T00:00:00.000Z' });

export class CreateTokenDto {
  @Required(NAME) name!: string;
  @Required(SCOPES) scopes!: AdminScope[];
  @Optional(EXPIRES_AT) expires_at?: Instant | null;
}

export class TokenResponseDto {
  @ResponseField(field.ID) id!: number;
  @ResponseField(NAME) name!: string;
  @ResponseField(SCOPES) scopes!: readonly AdminScope[];
  @NullableResponseField(EXPIRES_AT) expires_at!: Instant | null;
  @ResponseField(field.CREATED_AT) created_at!: Instant;
}

/** The only response that contains the token. */
export class NewTokenResponseDto extends TokenResponseDto {
  @ResponseField({
    checks: [],
    schema: {
      type: 'string',
      description: 'The whole header value. Shown once.',
      example: 'Bearer qnt_admin_5kQ…',
    },
  })
  authorization!: string;
}

export function viewToken({ id, name, scopes, expires_at, created_at }: AdminToken): TokenResponseDto {
  return { id, name, scopes, expires_at, created_at };
}
