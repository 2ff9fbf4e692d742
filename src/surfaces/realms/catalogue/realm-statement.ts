import { statement, type Statement } from '../../../database/statement.js';
import { REALM_NAMES, type RealmName } from './realm-collection.js';

/** Input columns of batched statements: the values of a `RealmScope`. */
export const SCOPE_TYPES = {
  organization_id: 'integer',
  realm_id: 'integer',
  member_id: 'integer',
  is_admin: 'boolean',
} as const;

/** Creates a value, such as a statement, for each kind of realm. */
export function perRealm<T>(create: (realm: RealmName) => T): (realm: RealmName) => T {
  const values = Object.fromEntries(REALM_NAMES.map((realm) => [realm, create(realm)])) as Record<
    RealmName,
    T
  >;
  return (realm) => values[realm];
}

/** A statement per kind of realm, named `name.realm`. */
export function realmStatement<Row>(
  name: string,
  text: (realm: RealmName) => string,
): (realm: RealmName) => Statement<Row> {
  return perRealm((realm) => statement<Row>(`${name}.${realm}`, text(realm)));
}

/** The foreign key in `realms.events`. */
export function calendarColumn(realm: RealmName): 'user_id' | 'realm_id' {
  return realm === 'user' ? 'user_id' : 'realm_id';
}
