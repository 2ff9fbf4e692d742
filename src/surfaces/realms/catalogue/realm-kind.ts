/** Kinds of `realms.realms` rows, from widest to narrowest. A user's realm is the row in `tenancy.members`. */
export const REALM_KINDS = ['district', 'school', 'course', 'section', 'group'] as const;

export type RealmKind = (typeof REALM_KINDS)[number];
