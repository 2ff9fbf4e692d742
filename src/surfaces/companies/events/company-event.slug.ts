import { lazyPackage } from '../../../core/lazy-package.js';

const transliteration = lazyPackage<typeof import('transliteration')>('transliteration');

/** Lower-case words joined by single hyphens. */
const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

export const MAX_EVENT_SLUG_LENGTH = 255;

/** Leaves room for a numeric suffix. */
const MAX_DERIVED_LENGTH = 240;

/** Slug of an event whose name contains no usable characters. */
const FALLBACK_SLUG = 'event';

/** Would collide with the path of "create an event". */
const RESERVED = new Set(['create']);

export function isReservedSlug(slug: string): boolean {
  return RESERVED.has(slug);
}

/** Whether a text is a valid slug of an event. */
export function isEventSlug(text: unknown): text is string {
  return (
    typeof text === 'string' && text.length <= MAX_EVENT_SLUG_LENGTH && SLUG.test(text) && !RESERVED.has(text)
  );
}

/**
 * Derives a slug as the product does: accents removed, other scripts transliterated, `@` spelled out, other characters
 * dropped, words joined by hyphens. The result may be reserved or taken.
 */
export function slugOfName(name: string): string {
  const words = transliteration()
    .transliterate(name.normalize('NFC'))
    .replaceAll('_', '-')
    .replaceAll('@', '-at-')
    .toLowerCase()
    .replace(/[^a-z0-9\s-]+/g, '')
    .replace(/[\s-]+/g, '-')
    .slice(0, MAX_DERIVED_LENGTH + 1)
    .replace(/^-|-$/g, '');
  return words.slice(0, MAX_DERIVED_LENGTH).replace(/-$/, '') || FALLBACK_SLUG;
}
