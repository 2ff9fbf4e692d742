import { lazyPackage } from './lazy-package.js';

const transliteration = lazyPackage<typeof import('transliteration')>('transliteration');

export const MAX_SLUG_LENGTH = 60;

/** Lower-case letters and digits in words separated by single hyphens. */
export const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** The URL slug of a name (`Zürich 2024!` → `zurich-2024`); `fallback` if it has no letter or digit. */
export function slugOf(name: string, fallback: string): string {
  const words = transliteration().slugify(name.replace(/['’]/g, ''), { allowedChars: 'a-zA-Z0-9' });
  return words.slice(0, MAX_SLUG_LENGTH).replace(/^-+|-+$/g, '') || fallback;
}

/** The slug itself, or the first of `-2`, `-3`… that is free. */
export function firstFreeSlug(slug: string, isTaken: (slug: string) => boolean): string {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? slug : `${slug}-${number}`;
    if (!isTaken(candidate)) return candidate;
  }
}
