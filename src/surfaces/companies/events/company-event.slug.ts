import { transliterate } from 'transliteration';

/** Lower-case words with single hyphens between them. */
const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

export const MAX_EVENT_SLUG_LENGTH = 255;

/** Room for the number that tells events of one name apart. */
const MAX_DERIVED_LENGTH = 240;

/** What an event is called in addresses when its name leaves nothing to be called. */
const FALLBACK_SLUG = 'event';

/** The address of "create an event" stands where an event's slug would. */
const RESERVED = new Set(['create']);

export function isReservedSlug(slug: string): boolean {
  return RESERVED.has(slug);
}

/** Whether an event can have this slug at all. */
export function isEventSlug(text: unknown): text is string {
  return (
    typeof text === 'string' && text.length <= MAX_EVENT_SLUG_LENGTH && SLUG.test(text) && !RESERVED.has(text)
  );
}

/**
 * A name as clients of the product know it from its addresses: accents folded, other scripts spelt in Latin letters,
 * `@` said aloud, whatever is neither letter nor digit left out, words joined by hyphens. It may be reserved or taken.
 */
export function slugOfName(name: string): string {
  const words = transliterate(name.normalize('NFC'))
    .replaceAll('_', '-')
    .replaceAll('@', '-at-')
    .toLowerCase()
    .replace(/[^a-z0-9\s-]+/g, '')
    .replace(/[\s-]+/g, '-')
    .slice(0, MAX_DERIVED_LENGTH + 1)
    .replace(/^-|-$/g, '');
  return words.slice(0, MAX_DERIVED_LENGTH).replace(/-$/, '') || FALLBACK_SLUG;
}
