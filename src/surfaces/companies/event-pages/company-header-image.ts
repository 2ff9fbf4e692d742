import { createHash } from 'node:crypto';

/** How the page refers to an uploaded picture: relative to the event's public page, whose slug may change. */
const REFERENCE = '/header-image?v=';

/** Signatures at the beginning of the formats that are accepted. */
const SIGNATURES: readonly (readonly [string, RegExp])[] = [
  ['image/png', /^\x89PNG\r\n\x1a\n/],
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/gif', /^GIF8[79]a/],
  ['image/webp', /^RIFF[^]{4}WEBP/],
];

/** The media type of a picture by its first bytes; `undefined` if it is none of the accepted formats. */
export function pictureType(bytes: Buffer): string | undefined {
  const head = bytes.toString('latin1', 0, 16);
  return SIGNATURES.find(([, signature]) => signature.test(head))?.[0];
}

/** An uploaded picture, ready to be stored. */
export interface HeaderImage {
  readonly content_type: string;
  readonly hash: string;
  readonly bytes: Buffer;
}

export function headerImageOf(bytes: Buffer): HeaderImage {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
  return { content_type: pictureType(bytes) ?? 'application/octet-stream', hash, bytes };
}

/** What the page stores for an uploaded picture. */
export function referenceTo({ hash }: HeaderImage): string {
  return `${REFERENCE}${hash}`;
}

/** The address of a page's picture: of ours below the event's public page, of others as given. */
export function headerImageAddress(stored: string | null | undefined, eventUrl: string): string | null {
  return stored?.startsWith(REFERENCE) === true ? eventUrl + stored : (stored ?? null);
}

/** Whether an address is that of this event's uploaded picture, which a client read and writes back. */
export function isOwnAddress(address: string, eventUrl: string): boolean {
  return address.startsWith(eventUrl + REFERENCE);
}
