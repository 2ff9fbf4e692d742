/** The kinds of realm that are rows, from the widest to the narrowest; a user's realm is that member's own row. */
export const REALM_KINDS = ['district', 'school', 'course', 'section', 'group'] as const;

export type RealmKind = (typeof REALM_KINDS)[number];

/** A realm lies in a wider one, so there can be no circle; levels may be skipped. A group lies in any but a group. */
export function mayLieIn(kind: RealmKind, parent: RealmKind): boolean {
  return REALM_KINDS.indexOf(parent) < REALM_KINDS.indexOf(kind);
}
