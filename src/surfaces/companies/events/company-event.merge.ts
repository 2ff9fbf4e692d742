import type { Fault } from '../../../core/failure.js';
import { readWallClock } from '../companies.fields.js';
import { findFaults, type ConditionalFields, type DateRange } from './company-event.conditions.js';
import type { CompanyEventRow } from './company-events.repository.js';

/** A change as the client sent it, by the API's field names. */
export type RawChange = Readonly<Record<string, unknown>>;

/** Stands for a value that was given but is invalid, and is reported elsewhere. */
const FAULTY = Symbol('faulty');

const CONDITIONAL_FIELDS: readonly (keyof ConditionalFields)[] = [
  'attendance_mode',
  'company_role',
  'city',
  'province',
  'country',
  'timezone',
  'requires_ticket_assignment',
];

/**
 * Faults that an event would have after a change. Rules that depend on a field in `faulty` are skipped, so that nothing
 * is reported twice.
 */
export function faultsAfter(
  event: CompanyEventRow,
  change: RawChange,
  faulty: ReadonlySet<string> = new Set<string>(),
): readonly Fault[] {
  const merged: Record<string, unknown> = {};
  for (const field of CONDITIONAL_FIELDS) {
    const value = Object.hasOwn(change, field) ? change[field] : undefined;
    merged[field] = faulty.has(field)
      ? FAULTY
      : value === undefined
        ? event[field as keyof CompanyEventRow]
        : value;
  }
  const faults = findFaults({ ...merged, ...datesAfter(event, change, faulty) }, change);
  return faults.map(({ field, message }) => ({ location: 'body', field, message: `${field} ${message}` }));
}

function datesAfter(event: CompanyEventRow, change: RawChange, faulty: ReadonlySet<string>): DateRange {
  const start = parseTime(change.date_start) ?? event.date_start;
  if (faulty.has('date_start') || faulty.has('date_end')) return { date_start: start, date_end: start };
  return { date_start: start, date_end: parseTime(change.date_end) ?? event.date_end };
}

/** Reads a time as the client sent it, or one that was already parsed. */
function parseTime(value: unknown): DateRange['date_start'] | undefined {
  return readWallClock(value) ?? (typeof value === 'string' ? (value as DateRange['date_start']) : undefined);
}
