import { REALM_KINDS, type RealmKind } from '../../surfaces/realms/catalogue/realm-kind.js';

/** A realm lies in a wider one, so there can be no circle; levels may be skipped. A group lies in any but a group. */
export function mayLieIn(kind: RealmKind, parent: RealmKind): boolean {
  return REALM_KINDS.indexOf(parent) < REALM_KINDS.indexOf(kind);
}
