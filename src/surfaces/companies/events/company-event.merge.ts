import type { Fault } from '../../../core/failure.js';
import { wallClockIn } from '../companies.fields.js';
import { lackingIn, type Conditioned, type Span } from './company-event.conditions.js';
import type { CompanyEventRow } from './company-events.repository.js';

/** A change as the client sent it, by the names of the wire. */
export type Sent = Readonly<Record<string, unknown>>;

/** A value that stands for one that came but is faulty: it is there, and it is told elsewhere what is wrong with it. */
const FAULTY = Symbol('faulty');

const CONDITIONED: readonly (keyof Conditioned)[] = [
  'attendance_mode',
  'company_role',
  'city',
  'province',
  'country',
  'timezone',
  'requires_ticket_assignment',
];

/**
 * What an event would lack after a change. Fields in `faulty` are not looked into: no rule is applied that hangs on
 * one of them, and none of them is told twice.
 */
export function lackingAfter(
  event: CompanyEventRow,
  sent: Sent,
  faulty: ReadonlySet<string> = new Set<string>(),
): readonly Fault[] {
  const merged: Record<string, unknown> = {};
  for (const field of CONDITIONED) {
    const value = Object.hasOwn(sent, field) ? sent[field] : undefined;
    merged[field] = faulty.has(field)
      ? FAULTY
      : value === undefined
        ? event[field as keyof CompanyEventRow]
        : value;
  }
  const lacking = lackingIn({ ...merged, ...spanAfter(event, sent, faulty) }, sent);
  return lacking.map(({ field, message }) => ({ location: 'body', field, message: `${field} ${message}` }));
}

function spanAfter(event: CompanyEventRow, sent: Sent, faulty: ReadonlySet<string>): Span {
  const start = timeIn(sent.date_start) ?? event.date_start;
  if (faulty.has('date_start') || faulty.has('date_end')) return { date_start: start, date_end: start };
  return { date_start: start, date_end: timeIn(sent.date_end) ?? event.date_end };
}

/** A time as the client wrote it, or as it was read already. */
function timeIn(value: unknown): Span['date_start'] | undefined {
  return wallClockIn(value) ?? (typeof value === 'string' ? (value as Span['date_start']) : undefined);
}
