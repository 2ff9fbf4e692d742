import type { Member } from '../../../auth/member.entity.js';
import { selectList } from '../../../database/columns.js';
import { utcColumn } from '../events/space-event.columns.js';
import type { UserRow } from '../people/space-people.repository.js';
import { SpacePresence } from './space-presence.entity.js';

/** Columns of a user, which stand beside those of their presence. */
const USER_FIELDS = [
  'slug',
  'name',
  'email',
  'time_zone',
  'locale',
  'created_at',
  'updated_at',
] as const satisfies (keyof Member)[];

type UserColumns = Readonly<{
  [Field in (typeof USER_FIELDS)[number] as `user_${Field}`]: UserRow[Field] | null;
}>;

/** A presence with its location and, if it is of a person, their columns. */
export type PresenceRow = Readonly<Omit<SpacePresence, 'organization_id'>> &
  UserColumns & { readonly location_id: number };

/** Columns of the presence `p`, of its space `s` and of its user `m`. */
export const PRESENCE_COLUMNS = `${selectList(SpacePresence, 'p', { without: ['organization_id'] })}, s.location_id,
  ${USER_FIELDS.map((field) => `m.${field} AS user_${field}`).join(', ')}`;

export const PRESENCE_USER = `LEFT JOIN tenancy.members m
  ON m.organization_id = p.organization_id AND m.id = p.user_id`;

/** The user of a presence; null for a device alone. */
export function userOf(row: PresenceRow): UserRow | null {
  const { user_id: id, user_slug: slug, user_email: email, user_created_at: created_at } = row;
  if (id === null || slug === null || email === null || created_at === null) return null;
  const {
    user_name: name,
    user_time_zone: time_zone,
    user_locale: locale,
    user_updated_at: updated_at,
  } = row;
  return { id, slug, name, email, time_zone, locale, created_at, updated_at };
}

/** The active presences in the space with this alias, at `:now`. */
const activeIn = (space: string): string => `FROM spaces.presences present
  WHERE present.organization_id = ${space}.organization_id AND present.space_id = ${space}.id
    AND present.expires_at > :now::timestamptz`;

/** How many people and devices are in a space, given by its alias, at `:now`. */
export const activePresences = (space: string): string => `(SELECT count(*)::integer ${activeIn(space)})`;

/** Whether a user, who may be null, has an active presence in a space at `:now`. */
export const hasActivePresence = (space: string, user: string): string =>
  `EXISTS (SELECT ${activeIn(space)} AND present.user_id = ${user})`;

/** When somebody was last known to be in a space, given by its alias, in UTC; null if never. */
export const lastPresence = (space: string): string => `(
  SELECT ${utcColumn('last.last_presence_at')} FROM spaces.last_presences last
   WHERE last.organization_id = ${space}.organization_id AND last.space_id = ${space}.id)`;
