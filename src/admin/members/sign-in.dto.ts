import type { NewSignInLink } from '../../auth/sign-in/sign-in.service.js';
import type { Instant } from '../../core/instant.js';
import { ResponseField, type Field } from '../../http/validation/field.js';
import { instant } from '../../http/validation/fields.js';

const URL_FIELD: Field = {
  checks: [],
  schema: {
    type: 'string',
    format: 'uri',
    description: 'Opens a browser session as the member. Works once.',
    example: 'https://events.example.org/sign-in?token=5kQ8mZt2',
  },
};
const EXPIRES_AT = instant({ description: 'Until when it works.', example: '2030-05-04T09:15:00.000Z' });

export class SignInLinkResponseDto {
  @ResponseField(URL_FIELD) url!: string;
  @ResponseField(EXPIRES_AT) expires_at!: Instant;
}

export function viewSignInLink(
  { token, expiresAt }: NewSignInLink,
  publicUrl: string,
): SignInLinkResponseDto {
  return { url: `${publicUrl}/sign-in?token=${token}`, expires_at: expiresAt };
}
