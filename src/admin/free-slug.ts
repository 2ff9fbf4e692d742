import { firstFreeSlug } from '../core/slug.js';
import { isTaken } from './admin.failures.js';

/** Others may take the same slug in the same moment; each round one of them gets it. */
const ROUNDS = 50;

/** Writes a row under the first free form of a slug. `taken` tells which of its forms rows have already. */
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
