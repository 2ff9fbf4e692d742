import { LRUCache } from 'lru-cache';
import Sqids from 'sqids';
import { MAX_INTEGER } from '../../../core/integer.js';

const MIN_LENGTH = 8;

/** Encoding checks a block list of words, which is noticeable in lists, so recent ids are cached. */
const MAX_CACHED_IDS = 20_000;

/** Encodes numeric ids as short opaque text. */
interface IdCodec {
  show(id: number): string;
  /** `undefined` if the text is not an id; only the canonical encoding of a number is accepted. */
  read(text: string): number | undefined;
}

/** The shuffled alphabet must never change: ids already handed out depend on it. */
function sqids(alphabet: string): IdCodec {
  const codec = new Sqids({ alphabet, minLength: MIN_LENGTH });
  const cache = new LRUCache<number, string>({ max: MAX_CACHED_IDS, memoMethod: (id) => codec.encode([id]) });
  return {
    show: (id) => cache.memo(id),
    read: (text) => {
      const [id, ...others] = /^[0-9A-Za-z]{8,32}$/.test(text) ? codec.decode(text) : [];
      const isId =
        id !== undefined && others.length === 0 && id <= MAX_INTEGER && codec.encode([id]) === text;
      return isId ? id : undefined;
    },
  };
}

/** Ids of cohosts in paths and responses. */
export const cohostId = sqids('Q9cLwZ2tVbXn7KfRj4HsGp0MdYvT6kWq1BzDx8JgNa3FhPyC5mUeSrAiEu');

/** Ids of events in calendars, where an id must survive a change of slug. */
export const eventUid = sqids('f7WkQz3XvJt9RbM0hLsYc5NgDq2PxT8aKwGe4ViFuC6ByHj1SnUrEmZAdo');

/** Ids of members where they are users. */
export const userId = sqids('BtloriDdMSc6OYfIj9TbqNgQkz4G1nCJU2e0aPHspvZw3ux5XK7AEVFmyWRLh8');
