import { check, type Field } from '../../../http/validation/field.js';
import { timeZone } from '../../../http/validation/fields.js';
import { parseInstant } from '../../../core/instant.js';
import { isStorable } from '../../../core/storable-text.js';

const MIN_MINUTES = 5;
const MAX_MINUTES = 1440;
/** How many people one call asks for. */
export const MAX_SLOT_PEOPLE = 20;

export const DURATION: Field = {
  checks: [
    check(
      'isDuration',
      `must be a whole number from ${MIN_MINUTES} to ${MAX_MINUTES}`,
      (value) =>
        typeof value === 'string' &&
        /^\d{1,4}$/.test(value) &&
        Number(value) >= MIN_MINUTES &&
        Number(value) <= MAX_MINUTES,
    ),
  ],
  schema: {
    type: 'integer',
    minimum: MIN_MINUTES,
    maximum: MAX_MINUTES,
    description: 'Length of a slot in minutes.',
    example: 60,
  },
  transform: (value: string) => Number(value),
};

export const TIMEZONE = timeZone({
  description: 'IANA zone of the days and of the answer; the first person’s unless given.',
  example: 'Europe/Paris',
});

/** A day, `YYYY-MM-DD`. */
export function isDay(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && parseInstant(value) !== undefined;
}

export function day(description: string, example: string): Field {
  return {
    checks: [check('isDay', 'must be an existing day, such as 2030-05-06', isDay)],
    schema: { type: 'string', format: 'date', description, example },
  };
}

/** Comma-separated people. */
export function people(description: string, example?: string): Field {
  return {
    checks: [
      check(
        'arePeople',
        `must be 1 to ${MAX_SLOT_PEOPLE} values parted by commas`,
        (value) =>
          typeof value === 'string' &&
          isStorable(value) &&
          itemsOf(value).length > 0 &&
          itemsOf(value).length <= MAX_SLOT_PEOPLE,
      ),
    ],
    schema: { type: 'string', description, ...(example !== undefined && { example }) },
    transform: itemsOf,
  };
}

function itemsOf(list: string): string[] {
  return list
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
