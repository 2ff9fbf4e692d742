import { isURL } from 'class-validator';
import { isXmlText } from '../representation/realm-xml.writer.js';

/** A link attached to an event. Files, videos and embeds are not supported. */
export interface AttachedLink {
  readonly url: string;
  readonly title: string;
}

export const MAX_LINKS = 50;
export const MAX_URL = 2048;
export const MAX_TITLE = 500;
const URL_RULES = { protocols: ['http', 'https'], require_protocol: true, require_tld: false };

/** Kinds of attachments that clients may send; only links are stored. */
const KINDS = ['files', 'links', 'videos', 'embeds'];

/**
 * Parses `{links: {link: [{url, title}]}}`; a single link is a list of one. Returns no `links` if the key is missing, an
 * empty list if they are cleared, `undefined` if the value is invalid.
 */
export function parseAttachments(value: unknown): { readonly links?: AttachedLink[] } | undefined {
  if (value === null || value === '') return { links: [] };
  if (!hasOnlyKeys(KINDS, value)) return undefined;
  const links = propertyOf(value, 'links');
  if (links === undefined) return {};
  if (links === null) return { links: [] };
  if (!hasOnlyKeys(['link'], links)) return undefined;
  const link = propertyOf(links, 'link');
  if (link === undefined) return { links: [] };
  const list = (Array.isArray(link) ? link : [link]).map(readLink);
  return list.length <= MAX_LINKS && list.every((item) => item !== undefined) ? { links: list } : undefined;
}

function readLink(value: unknown): AttachedLink | undefined {
  const url = propertyOf(value, 'url');
  const title = propertyOf(value, 'title') ?? url;
  if (typeof url !== 'string' || url.length > MAX_URL || !isXmlText(url) || !isURL(url, URL_RULES))
    return undefined;
  if (typeof title !== 'string' || title.length > MAX_TITLE || !isXmlText(title)) return undefined;
  return { url, title };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Rejects unknown keys, which would otherwise mean "no change". */
function hasOnlyKeys(keys: readonly string[], value: unknown): boolean {
  return isObject(value) && Object.keys(value).every((key) => keys.includes(key));
}

function propertyOf(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
