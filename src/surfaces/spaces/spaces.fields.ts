import { parseInstant, type Instant } from '../../core/instant.js';
import { MAX_INTEGER } from '../../core/integer.js';
import { check, type Field } from '../../http/validation/field.js';
import { instant, text } from '../../http/validation/fields.js';
import { wholeNumber } from './spaces.loose-fields.js';

export const SPACE_ID = wholeNumber({
  min: 1,
  max: MAX_INTEGER,
  description: 'Id of the space.',
  example: 48,
});
export const LOCATION_ID = wholeNumber({
  min: 1,
  max: MAX_INTEGER,
  description: 'Id of the location.',
  example: 12,
});
export const LEVEL = wholeNumber({ min: 1, max: MAX_INTEGER, description: 'Id of the level.', example: 5 });
export const AMENITY = wholeNumber({
  min: 1,
  max: MAX_INTEGER,
  description: 'Id of the amenity.',
  example: 9,
});
export const ORGANIZATION = text({
  max: 64,
  description: 'Your organization, by id or slug.',
  example: 'demo',
});
export const USER = text({
  max: 128,
  description: 'A user of your organization, by id or slug.',
  example: 'ada-lovelace',
});
export const SLUG = text({
  max: 128,
  description: 'Slug of your organization or of one of its users, or the id of the organization.',
  example: 'demo',
});
export const ID = text({
  max: 64,
  description: 'Number of the event; an occurrence adds an underscore and its original start.',
  example: '23481829',
});
export const USER_ID = wholeNumber({ min: 1, max: MAX_INTEGER, description: 'Id of a user.', example: 42 });
/** A time of day, a blank and four digits: an offset whose plus was sent unescaped, which means a blank in a query. */
const LOST_PLUS = /(?<=[Tt ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?) (?=\d{2}:?\d{2}$)/;

/** An instant in a query. */
function queryInstant(docs: { readonly description: string; readonly example: string }): Field {
  const { schema } = instant(docs);
  const read = (value: unknown): Instant | undefined =>
    typeof value === 'string' ? parseInstant(value.replace(LOST_PLUS, '+')) : undefined;
  return {
    checks: [
      check(
        'isInstant',
        'must be an existing date and time in ISO 8601, such as 2026-03-01T09:00:00Z',
        (value) => read(value) !== undefined,
      ),
    ],
    schema,
    transform: read,
  };
}

export const AFTER = queryInstant({
  description: 'Only events that end after this time.',
  example: '2030-01-01T00:00:00Z',
});
export const BEFORE = queryInstant({
  description: 'Only events that start before this time.',
  example: '2030-01-08T00:00:00Z',
});

export const CREATED_AT = text({
  max: 24,
  description: 'When it was made, in UTC.',
  example: '2030-01-01T12:00:00+0000',
});
export const UPDATED_AT = text({
  max: 24,
  description: 'When it was last changed, in UTC.',
  example: '2030-01-01T12:00:00+0000',
});
