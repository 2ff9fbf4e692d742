import { slugify } from 'transliteration';

export const MAX_SLUG_LENGTH = 60;

/** Lower-case words with single hyphens between them. */
export const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** A name as a part of an address (`Zürich 2024!` → `zurich-2024`); `fallback` for one without a letter or digit. */
export function slugOf(name: string, fallback: string): string {
  const words = slugify(name.replace(/['’]/g, ''), { allowedChars: 'a-zA-Z0-9' });
  return words.slice(0, MAX_SLUG_LENGTH).replace(/^-+|-+$/g, '') || fallback;
}

/** The slug itself, or the first of `-2`, `-3`… that nobody has. */
export function firstFreeSlug(slug: string, isTaken: (slug: string) => boolean): string {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? slug : `${slug}-${number}`;
    if (!isTaken(candidate)) return candidate;
  }
}
