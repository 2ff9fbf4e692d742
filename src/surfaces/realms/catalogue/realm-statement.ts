import { statement, type Statement } from '../../../database/statement.js';
import type { RealmName } from './realm-collection.js';

/** Input columns of batched statements: the values of a `RealmScope`. */
export const SCOPE_TYPES = {
  organization_id: 'integer',
  realm_id: 'integer',
  member_id: 'integer',
  is_admin: 'boolean',
} as const;

/** Creates a value, such as a statement, once per kind of realm, on first use. */
export function oncePerRealm<T>(create: (realm: RealmName) => T): (realm: RealmName) => T {
  const cache = new Map<RealmName, T>();
  return (realm) => {
    const value = cache.get(realm) ?? create(realm);
    cache.set(realm, value);
    return value;
  };
}

/** A statement per kind of realm, named `name.realm`. */
export function realmStatement<Row>(
  name: string,
  text: (realm: RealmName) => string,
): (realm: RealmName) => Statement<Row> {
  return oncePerRealm((realm) => statement<Row>(`${name}.${realm}`, text(realm)));
}

/** The foreign key in `realms.events`. */
export function calendarColumn(realm: RealmName): 'user_id' | 'realm_id' {
  return realm === 'user' ? 'user_id' : 'realm_id';
}
