import type { CompanyEventFields } from './company-events.repository.js';

/** Writable columns and their types. */
export const WRITABLE_COLUMNS = {
  name: 'text',
  name_key: 'text',
  date_start: 'timestamp',
  date_end: 'timestamp',
  attendance_mode: 'text',
  company_role: 'text',
  timezone: 'text',
  locale: 'text',
  privacy_policy: 'text',
  tax_country: 'text',
  requires_ticket_assignment: 'boolean',
  city: 'text',
  province: 'text',
  country: 'text',
  google_place_id: 'text',
  venue: 'text',
  venue_address: 'text',
  venue_google_place_id: 'text',
} as const satisfies Record<keyof CompanyEventFields, string>;

export const WRITABLE_COLUMN_NAMES = Object.keys(WRITABLE_COLUMNS);

/** Columns of offline events only; switching to online clears them. */
const OFFLINE_ONLY = ['city', 'google_place_id'];

/** Place ids and the columns that name the place: if the name changes, the id no longer applies. */
const PLACE_IDS: Readonly<Record<string, readonly string[]>> = {
  google_place_id: ['city'],
  venue_google_place_id: ['venue', 'venue_address'],
};

function fromJson(column: string): string {
  return OFFLINE_ONLY.includes(column)
    ? `CASE r.attendance_mode WHEN 'offline' THEN r.${column} END`
    : `r.${column}`;
}

/** The writable columns of `r`, a row built from JSON. */
export const FROM_JSON = WRITABLE_COLUMN_NAMES.map(fromJson).join(', ');

/** The same for a change: `old` is the current row, `json` the change. */
export function changedBy(json: string): string {
  return WRITABLE_COLUMN_NAMES.map((column) => {
    const renamed = PLACE_IDS[column]?.map((name) => `btrim(r.${name}) IS DISTINCT FROM btrim(old.${name})`);
    return renamed === undefined
      ? fromJson(column)
      : `CASE WHEN ${json} ? '${column}' OR NOT (${renamed.join(' OR ')}) THEN ${fromJson(column)} END`;
  }).join(', ');
}

export const EVENT_COLUMNS = `e.slug, e.name, e.date_start::text AS date_start, e.date_end::text AS date_end,
  e.attendance_mode, e.company_role, e.timezone, e.locale, e.privacy_policy, e.requires_ticket_assignment, e.city,
  e.province, e.country, e.google_place_id, e.venue, e.venue_address, e.venue_google_place_id, e.page,
  e.unsplash_data::text AS unsplash_data, e.created_at`;

export const COHOSTS = `(SELECT coalesce(json_agg(json_build_object('id', c.id, 'name', c.name,
     'privacy_policy', c.privacy_policy, 'position', c.position) ORDER BY c.position), '[]')
   FROM companies.cohosts c WHERE c.organization_id = e.organization_id AND c.event_id = e.id) AS cohosts`;
