/** The kinds of realm that are rows, from the widest to the narrowest; a user's realm is that member's own row. */
export const REALM_KINDS = ['district', 'school', 'course', 'section', 'group'] as const;

export type RealmKind = (typeof REALM_KINDS)[number];
