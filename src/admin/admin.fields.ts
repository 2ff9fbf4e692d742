import { IsNotIn, Matches, MaxLength } from 'class-validator';
import { MAX_SLUG_LENGTH, SLUG } from '../core/slug.js';
import { MAX_INTEGER } from '../core/integer.js';
import type { Field } from '../http/validation/field.js';
import { email, flag, instant, text, timeZone, wholeNumber } from '../http/validation/fields.js';

/** Fields shared by several admin resources. Fields of a single resource are in its DTO file. */
export const ID: Field = {
  checks: [],
  schema: { type: 'integer', description: 'Its number.', example: 7 },
};

export const NAME = text({ min: 1, max: 256, description: 'What it is called.', example: 'Demo' });

export const DESCRIPTION = text({ max: 65_536, description: 'Free text about it.', example: 'By the lift.' });

export const TIME_ZONE = timeZone({
  description: 'IANA zone. Where none is given, the organization’s at that moment.',
  example: 'Europe/Berlin',
});

export const MEMBER = email({
  description: 'E-mail address of a member of the organization.',
  example: 'ada@example.org',
});

export const MEMBER_ID = wholeNumber({
  min: 1,
  max: MAX_INTEGER,
  description: 'Id of a member.',
  example: 7,
});

export const CREATED_AT = instant({ description: 'When it was made.', example: '2030-05-04T09:00:00.000Z' });

export const UPDATED_AT = instant({
  description: 'When it was last changed.',
  example: '2030-05-04T09:00:00.000Z',
});

export const IS_ADMIN = flag({ description: 'Whether this person administers it.', example: false });

/** A URL path segment. `reserved` values are used by the service itself. */
export function slug(description: string, reserved: ReadonlySet<string> = new Set()): Field {
  const message = `must be at most ${MAX_SLUG_LENGTH} lower-case letters and digits, with single hyphens between words`;
  return {
    checks: [
      Matches(SLUG, { message }),
      MaxLength(MAX_SLUG_LENGTH, { message }),
      IsNotIn([...reserved], { message: 'must not be a word that our own addresses begin with' }),
    ],
    schema: {
      type: 'string',
      maxLength: MAX_SLUG_LENGTH,
      pattern: SLUG.source,
      description,
      example: 'acme',
    },
  };
}
