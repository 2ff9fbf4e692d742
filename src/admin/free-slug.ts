import { firstFreeSlug } from '../core/slug.js';
import { isTaken } from './admin.failures.js';

/** Concurrent requests may choose the same slug; in each round one of them succeeds. */
const ROUNDS = 50;

/** Writes a row under the first free variant of a slug. `taken` returns the variants already in use. */
export async function underFreeSlug<T>(
  slug: string,
  taken: (slug: string) => Promise<ReadonlySet<string>>,
  write: (slug: string) => Promise<T>,
): Promise<T> {
  for (let round = 1; ; round++) {
    const known = await taken(slug);
    try {
      return await write(firstFreeSlug(slug, (candidate) => known.has(candidate)));
    } catch (error) {
      if (!isTaken(error, 'slug') || round === ROUNDS) throw error;
    }
  }
}
