import {
  VERIFIER_RULES,
  type Credential,
  type VerifierRule,
} from '../../auth/credentials/credential.entity.js';
import type { CredentialUse } from '../../auth/credentials/credential-use.entity.js';
import type { Member } from '../../auth/member.entity.js';
import { CALLBACK_HOST, isCallbackHost } from '../../auth/oauth1/callback-hosts.js';
import type { CredentialSecret } from '../../core/credential-secret.js';
import type { Instant } from '../../core/instant.js';
import { MAX_INTEGER } from '../../core/integer.js';
import { SURFACE_NAMES, type SurfaceName } from '../../core/surface-name.js';
import {
  check,
  Clearable,
  Optional,
  Required,
  ResponseField,
  NullableResponseField,
  OptionalResponseField,
  type Field,
} from '../../http/validation/field.js';
import { choice, flag, instant, text, wholeNumber } from '../../http/validation/fields.js';
import * as field from '../admin.fields.js';
import { SCOPE_RULES, unknownScope } from './credential-scopes.js';

const MAX_SCOPES = 50;
const SCOPE = /^[\w.:/-]{1,64}$/;

const SURFACE = choice(SURFACE_NAMES, {
  description: 'The product that the credential is good for.',
  example: 'training',
});
const LABEL = text({ max: 256, description: 'Whatever tells it from others.', example: 'calendar sync' });
const EXPIRES_AT = instant({
  description:
    'From when it is refused. One that is made without it expires as CREDENTIAL_LIFETIME_DAYS says.',
  example: '2031-01-01T00:00:00.000Z',
});
export const DEFAULT_OVERLAP_SECONDS = 86_400;
const OVERLAP_SECONDS = wholeNumber({
  min: 0,
  max: 30 * 86_400,
  description: `Seconds for which the old secret is accepted; ${DEFAULT_OVERLAP_SECONDS} if not given.`,
  example: 3600,
});
const SUCCESSOR_ID = wholeNumber({
  min: 1,
  max: MAX_INTEGER,
  description: 'The credential that replaces it; it is refused from `expires_at` on.',
  example: 8,
});
const LAST_USED_AT = instant({
  description: 'Its last request, to the minute; null before the first one.',
  example: '2030-05-04T09:00:00.000Z',
});
const ENVELOPE = flag({
  description: 'Whether this client reads answers wrapped, where the product has both forms.',
  example: false,
});
const SCOPES_IN_WORDS = SURFACE_NAMES.map((name) => {
  const { description, withoutScopes } = SCOPE_RULES[name];
  return `For ${name}: ${description}; none of them: ${withoutScopes}.`;
}).join(' ');
const SCOPES: Field = {
  checks: [
    check('areScopes', `must be a list of at most ${MAX_SCOPES} short tokens without blanks`, areScopes),
  ],
  schema: {
    type: 'array',
    items: { type: 'string', enum: [...new Set(SURFACE_NAMES.flatMap((name) => SCOPE_RULES[name].known))] },
    maxItems: MAX_SCOPES,
    description: `What it is allowed. ${SCOPES_IN_WORDS}`,
    example: ['read'],
  },
  transform: (scopes: string[]) => [...new Set(scopes)],
};
const MAX_HOSTS = 50;
const MAX_HOST = 260;
const CALLBACK_HOSTS: Field = {
  checks: [
    check(
      'areHosts',
      `must be a list of at most ${MAX_HOSTS} hosts, each perhaps with a port, such as app.example.org`,
      (value) =>
        Array.isArray(value) &&
        value.length <= MAX_HOSTS &&
        value.every(
          (host) => typeof host === 'string' && host.length <= MAX_HOST && isCallbackHost(host.toLowerCase()),
        ),
    ),
  ],
  schema: {
    type: 'array',
    items: { type: 'string', pattern: CALLBACK_HOST, maxLength: MAX_HOST },
    maxItems: MAX_HOSTS,
    description:
      'For realms only: hosts that a member may be sent back to after agreeing, such as `app.example.org` (any port) or ' +
      '`localhost:5173` (that one). Without any the member is shown a code to copy.',
    example: ['app.example.org', 'localhost:5173'],
  },
  transform: (hosts: string[]) => [...new Set(hosts.map((host) => host.toLowerCase()))],
};
const VERIFIER = choice(VERIFIER_RULES, {
  description:
    'For realms only: whether the client has to bring `oauth_verifier` to get its access token. Clients that follow ' +
    'OAuth 1.0a do. Say `optional` for those of the older protocol, which send none, as schoolopy and the PHP SDK of ' +
    'the vendor: nothing proves then that who agreed is also who is signed in at the client.',
  example: 'required',
});
const secret = (description: string, example: string): Field => ({
  checks: [],
  schema: { type: 'string', description, example },
});

function areScopes(value: unknown): value is string[] {
  const isScope = (item: unknown): boolean => typeof item === 'string' && SCOPE.test(item);
  return Array.isArray(value) && value.length <= MAX_SCOPES && value.every(isScope);
}

/** Validates against `surface`. An invalid `surface` is reported on that field only. */
const FitsSurface = (): PropertyDecorator =>
  check('fitsSurface', 'must hold only scopes of the surface', (value, credential) => {
    const { surface } = credential as { surface?: unknown };
    return !areScopes(value) || unknownScope(surface as SurfaceName, value) === undefined;
  });

/** Only realms clients use three-legged OAuth. */
const OfRealms = (): PropertyDecorator =>
  check('isOfRealms', 'is for realms only', (_value, credential) => {
    const { surface } = credential as { surface?: unknown };
    return surface === 'realms' || !SURFACE_NAMES.some((name) => name === surface);
  });

/** `null` in the documented example, because the example is for another surface. */
const notGiven = (field: Field): Field => ({ ...field, schema: { ...field.schema, example: null } });

export class CreateCredentialDto {
  @Required(SURFACE) surface!: SurfaceName;
  @Optional(field.MEMBER) member?: string | null;
  @FitsSurface() @Optional(SCOPES) scopes?: string[] | null;
  @Optional(LABEL) label?: string | null;
  @Optional(EXPIRES_AT) expires_at?: Instant | null;
  @Optional(ENVELOPE) envelope?: boolean | null;
  @OfRealms() @Optional(notGiven(CALLBACK_HOSTS)) callback_hosts?: string[] | null;
  @OfRealms() @Optional(notGiven(VERIFIER)) verifier?: VerifierRule | null;
}

export class UpdateCredentialDto {
  @Clearable(SCOPES) scopes?: string[] | null;
  @Clearable(LABEL) label?: string | null;
  @Clearable(EXPIRES_AT) expires_at?: Instant | null;
  @Clearable(ENVELOPE) envelope?: boolean | null;
  @Clearable(notGiven(CALLBACK_HOSTS)) callback_hosts?: string[] | null;
}

export class RotateCredentialDto {
  @Optional(OVERLAP_SECONDS) overlap_seconds?: number | null;
}

export class CredentialResponseDto {
  @ResponseField(field.ID) id!: number;
  @ResponseField(SURFACE) surface!: SurfaceName;
  @NullableResponseField(field.MEMBER) member!: string | null;
  @ResponseField(SCOPES) scopes!: string[];
  @NullableResponseField(LABEL) label!: string | null;
  @ResponseField(ENVELOPE) envelope!: boolean;
  @OptionalResponseField(CALLBACK_HOSTS) callback_hosts?: string[];
  @OptionalResponseField(VERIFIER) verifier?: VerifierRule;
  @NullableResponseField(EXPIRES_AT) expires_at!: Instant | null;
  @NullableResponseField(SUCCESSOR_ID) successor_id!: number | null;
  @NullableResponseField(LAST_USED_AT) last_used_at!: Instant | null;
  @ResponseField(field.CREATED_AT) created_at!: Instant;
}

/** The only response that contains the secret. */
export class NewCredentialResponseDto extends CredentialResponseDto {
  @OptionalResponseField(
    secret(
      'The whole header value that a client sends. Shown once. For training, spaces, polls and companies.',
      'Bearer 7:5kQ…',
    ),
  )
  authorization?: string;

  @OptionalResponseField(secret('What realms clients name themselves by.', 'h4kPzQ7wXn2RbTsYd'))
  consumer_key?: string;

  @OptionalResponseField(secret('What realms clients sign with. Shown once.', '5kQ…'))
  consumer_secret?: string;
}

/** A credential with the member it is bound to and its uses. */
export type CredentialWithMember = Credential & {
  readonly member: Member | null;
  readonly use: CredentialUse | null;
};

export function viewCredential(row: CredentialWithMember): CredentialResponseDto {
  return {
    id: row.id,
    surface: row.surface,
    member: row.member?.email ?? null,
    scopes: row.scopes,
    label: row.label,
    envelope: row.envelope,
    ...(row.surface === 'realms' && { callback_hosts: row.callback_hosts, verifier: row.verifier }),
    expires_at: row.expires_at,
    successor_id: row.successor_id,
    last_used_at: row.use?.last_used_at ?? null,
    created_at: row.created_at,
  };
}

export function viewNewCredential(
  row: CredentialWithMember,
  issued: CredentialSecret,
): NewCredentialResponseDto {
  return { ...viewCredential(row), ...issued };
}
