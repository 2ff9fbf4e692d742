import { LRUCache } from 'lru-cache';
import Sqids from 'sqids';

const MAX_ID = 2_147_483_647;
const MIN_LENGTH = 8;

/** Ids shown of late: making one goes through a list of words that it must not spell, which a list of events feels. */
const MAX_CACHED_IDS = 20_000;

/** A number as short text that does not look like one. */
interface IdCodec {
  show(id: number): string;
  /** Nothing for text that is no id; an id has one spelling only. */
  read(text: string): number | undefined;
}

/** The alphabet was shuffled once and never is again: ids that were given out are kept. */
function sqids(alphabet: string): IdCodec {
  const codec = new Sqids({ alphabet, minLength: MIN_LENGTH });
  const cache = new LRUCache<number, string>({ max: MAX_CACHED_IDS, memoMethod: (id) => codec.encode([id]) });
  return {
    show: (id) => cache.memo(id),
    read: (text) => {
      const [id, ...others] = /^[0-9A-Za-z]{8,32}$/.test(text) ? codec.decode(text) : [];
      const isId = id !== undefined && others.length === 0 && id <= MAX_ID && codec.encode([id]) === text;
      return isId ? id : undefined;
    },
  };
}

/** Cohosts in addresses and answers. */
export const cohostId = sqids('Q9cLwZ2tVbXn7KfRj4HsGp0MdYvT6kWq1BzDx8JgNa3FhPyC5mUeSrAiEu');

/** Events where an id must outlive a change of slug: in calendars. */
export const eventUid = sqids('f7WkQz3XvJt9RbM0hLsYc5NgDq2PxT8aKwGe4ViFuC6ByHj1SnUrEmZAdo');
