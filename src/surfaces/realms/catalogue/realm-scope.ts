import type { Caller } from '../../../core/caller.js';
import { requireId } from '../../../core/integer.js';
import { notAllowed, notFound } from '../realms.failures.js';
import { realmIn, type RealmName } from './realm-collection.js';

/** A realm and the caller: parameters of every statement of this surface. */
export interface RealmScope {
  readonly organization_id: number;
  readonly realm: RealmName;
  readonly realm_id: number;
  /** `null` for a key without a member. */
  readonly member_id: number | null;
  /** Whether the caller is an administrator of the organization. */
  readonly is_admin: boolean;
}

/** Path parameters of a calendar and of an event in it. */
export interface CalendarPath {
  readonly collection: string;
  readonly realm_id: string;
}

export interface EventPath extends CalendarPath {
  readonly event_id: string;
}

/** Stands for the caller's own id in `users`. */
export const ME = 'me';

/** First segments of paths that are known, but no collections of realms. */
const OTHER_SEGMENTS = ['app-user-info', 'oauth'];

/** An unknown collection gets 403, an impossible realm id 404. */
export function scopeOf(caller: Caller, path: CalendarPath): RealmScope {
  const realm = realmIn(path.collection);
  if (realm === undefined) throw OTHER_SEGMENTS.includes(path.collection) ? notFound() : notAllowed();
  const { organizationId: organization_id, memberId: member_id, isAdmin: is_admin } = caller;
  const realm_id = realm === 'user' && path.realm_id === ME ? member_id : parseRealmId(path.realm_id);
  if (realm_id === null) throw notFound();
  return { organization_id, realm, realm_id, member_id, is_admin };
}

/** The realm of a user; `me` is the caller. */
export function userScope(caller: Caller, userId: string): RealmScope {
  return scopeOf(caller, { collection: 'users', realm_id: userId });
}

/** The id in a path; an impossible one is not found. */
export const parseRealmId = (text: string): number => requireId(text, notFound);
