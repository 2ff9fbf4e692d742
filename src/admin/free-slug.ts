import { firstFreeSlug } from '../core/slug.js';
import { isTaken } from './admin.failures.js';

/** Concurrent requests may choose the same slug; in each round one of them succeeds. */
const ROUNDS = 50;

/** Writes a row under the first variant of a slug that is neither in the table nor reserved. */
export async function underFreeSlug<T>(
  slug: string,
  table: { slugsLike(slug: string): Promise<readonly string[]> },
  write: (slug: string) => Promise<T>,
  reserved: ReadonlySet<string> = new Set(),
): Promise<T> {
  for (let round = 1; ; round++) {
    const known = new Set(await table.slugsLike(slug));
    const free = firstFreeSlug(slug, (candidate) => known.has(candidate) || reserved.has(candidate));
    try {
      return await write(free);
    } catch (error) {
      if (!isTaken(error, 'slug') || round === ROUNDS) throw error;
    }
  }
}
