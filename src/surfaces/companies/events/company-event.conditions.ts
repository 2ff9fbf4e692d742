import type { WallClock } from '../../../core/wall-clock.js';

export const ATTENDANCE_MODES = ['online', 'offline'] as const;
export const COMPANY_ROLES = ['organizing', 'attending'] as const;
export const LOCALES = ['en', 'nl', 'es', 'fr', 'de', 'pt', 'it'] as const;

export type AttendanceMode = (typeof ATTENDANCE_MODES)[number];
export type CompanyRole = (typeof COMPANY_ROLES)[number];
export type Locale = (typeof LOCALES)[number];

/** Fields that other fields make required. `null` or `undefined`: not given. */
export interface ConditionalFields {
  readonly attendance_mode?: unknown;
  readonly company_role?: unknown;
  readonly city?: unknown;
  readonly province?: unknown;
  readonly country?: unknown;
  readonly timezone?: unknown;
  readonly requires_ticket_assignment?: unknown;
  readonly date_start?: unknown;
  readonly date_end?: unknown;
}

export const isOffline = (event: ConditionalFields): boolean => event.attendance_mode === 'offline';
export const isOnline = (event: ConditionalFields): boolean => event.attendance_mode === 'online';
export const isOrganizing = (event: ConditionalFields): boolean => event.company_role === 'organizing';

/** When each conditional field is required. */
export const CONDITIONS = {
  city: { isRequired: isOffline, message: 'is required for an offline event' },
  province: { isRequired: isOffline, message: 'is required for an offline event' },
  country: { isRequired: isOffline, message: 'is required for an offline event' },
  timezone: { isRequired: isOnline, message: 'is required for an online event' },
  requires_ticket_assignment: {
    isRequired: isOrganizing,
    message: 'is required for an event that you organize',
  },
} as const;

type ConditionalField = keyof typeof CONDITIONS;
const CONDITIONAL_FIELDS = Object.keys(CONDITIONS) as ConditionalField[];

/** Both as texts of the same format, so that string order is time order. */
export interface DateRange {
  readonly date_start: WallClock;
  readonly date_end: WallClock;
}

export const ENDS_BEFORE_START = 'must not be before date_start';
const STARTS_AFTER_END = 'must not be after date_end';

/**
 * Returns what makes the event as a whole invalid. `sent` are the fields given by the client: if the dates are in the
 * wrong order, the fault is reported for the one that was given.
 */
export function findFaults(
  event: ConditionalFields & DateRange,
  sent: { readonly date_end?: unknown },
): { field: string; message: string }[] {
  const faults: { field: string; message: string }[] = CONDITIONAL_FIELDS.filter(
    (field) => CONDITIONS[field].isRequired(event) && event[field] == null,
  ).map((field) => ({ field, message: CONDITIONS[field].message }));
  if (event.date_end < event.date_start) {
    faults.push(
      sent.date_end === undefined
        ? { field: 'date_start', message: STARTS_AFTER_END }
        : { field: 'date_end', message: ENDS_BEFORE_START },
    );
  }
  return faults;
}
