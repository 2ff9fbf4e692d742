/** The six kinds of calendar, by first path segment. */
export const COLLECTIONS = {
  districts: { realm: 'district', idField: 'district_id' },
  schools: { realm: 'school', idField: 'school_id' },
  users: { realm: 'user', idField: 'user_id' },
  groups: { realm: 'group', idField: 'group_id' },
  courses: { realm: 'course', idField: 'course_id' },
  sections: { realm: 'section', idField: 'section_id' },
} as const;

export type Collection = keyof typeof COLLECTIONS;
export type RealmName = (typeof COLLECTIONS)[Collection]['realm'];

export const COLLECTION_NAMES = Object.keys(COLLECTIONS) as Collection[];

export function isCollection(name: string): name is Collection {
  return Object.hasOwn(COLLECTIONS, name);
}

const BY_REALM = new Map<RealmName, Collection>(
  COLLECTION_NAMES.map((collection) => [COLLECTIONS[collection].realm, collection]),
);

export function collectionOf(realm: RealmName): Collection {
  const collection = BY_REALM.get(realm);
  if (collection === undefined) throw new Error(`No collection holds the realm ${realm}.`);
  return collection;
}
