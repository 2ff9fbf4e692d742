import { REALM_KINDS, type RealmKind } from '../../surfaces/realms/catalogue/realm-kind.js';

/**
 * A realm's parent must be of a higher level, so cycles are impossible; levels may be skipped. A group can be in any
 * realm except another group.
 */
export function mayHaveParent(kind: RealmKind, parent: RealmKind): boolean {
  return REALM_KINDS.indexOf(parent) < REALM_KINDS.indexOf(kind);
}
