/** Kinds of calendar. */
export const REALM_NAMES = ['district', 'school', 'user', 'group', 'course', 'section'] as const;

export type RealmName = (typeof REALM_NAMES)[number];

/** The first path segment: `sections` for a section. */
export function collectionOf(realm: RealmName): string {
  return `${realm}s`;
}

const BY_COLLECTION = new Map(REALM_NAMES.map((realm) => [collectionOf(realm), realm]));

export const COLLECTIONS = [...BY_COLLECTION.keys()];

export function realmIn(collection: string): RealmName | undefined {
  return BY_COLLECTION.get(collection);
}
