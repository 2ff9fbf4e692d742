import { check, type Field } from '../../../http/validation/field.js';

/** Longest duration, in minutes: the longest window of free/busy. */
export const MAX_MINUTES = 366 * 24 * 60;

/** Minutes, or weeks to seconds as ISO 8601 writes them. */
export const DURATION_FORM =
  /^(?:\d{1,6}|P\d{1,2}W|P(?:\d{1,3}D)?(?:T(?:\d{1,4}H)?(?:\d{1,6}M)?(?:\d{1,8}S)?)?)$/;
const PARTS = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

export const DURATION_DESCRIPTION =
  'Only spaces that are free for so long without a break, within the window: minutes, or an ISO 8601 duration such as PT60M.';

/** A number or a text that a body or a query has as a duration. */
export function isDuration(value: unknown): boolean {
  if (typeof value === 'number') return Number.isInteger(value) && value > 0 && value <= MAX_MINUTES;
  if (typeof value !== 'string' || !DURATION_FORM.test(value)) return false;
  const seconds = secondsOf(value);
  return seconds > 0 && seconds <= MAX_MINUTES * 60;
}

/** The seconds of a valid duration. */
export function secondsOf(value: string | number): number {
  const parts = PARTS.exec(String(value));
  if (parts === null) return Number(value) * 60;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts
    .slice(1)
    .map((part: string | undefined) => Number(part ?? 0));
  return (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds;
}

/** A duration in a query. */
export const DURATION: Field = {
  checks: [
    check(
      'isDuration',
      `must be minutes from 1 to ${MAX_MINUTES}, or an ISO 8601 duration such as PT60M`,
      isDuration,
    ),
  ],
  schema: {
    type: 'string',
    pattern: DURATION_FORM.source,
    description: DURATION_DESCRIPTION,
    example: 'PT60M',
  } as Field['schema'],
  transform: secondsOf,
};
