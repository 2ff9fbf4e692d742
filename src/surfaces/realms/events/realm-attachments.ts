import { isURL } from 'class-validator';
import { isXmlText } from '../representation/realm-xml.writer.js';

/** A link that belongs to an event; files, videos and embeds cannot be attached here. */
export interface AttachedLink {
  readonly url: string;
  readonly title: string;
}

export const MAX_LINKS = 50;
export const MAX_URL = 2048;
export const MAX_TITLE = 500;
const URL_RULES = { protocols: ['http', 'https'], require_protocol: true, require_tld: false };

/** What belongs to an event; only links are kept. */
const KINDS = ['files', 'links', 'videos', 'embeds'];

/**
 * Reads `{links: {link: [{url, title}]}}`; a lone link counts as a list of one. Has no `links` where none are told of,
 * an empty list where there are to be none. `undefined` for anything else.
 */
export function readAttachments(value: unknown): { readonly links?: AttachedLink[] } | undefined {
  if (isNothing(value)) return { links: [] };
  if (!isObjectOf(KINDS, value)) return undefined;
  const links = inside(value, 'links');
  if (links === undefined) return {};
  if (isNothing(links)) return { links: [] };
  if (!isObjectOf(['link'], links)) return undefined;
  const link = inside(links, 'link');
  if (link === undefined) return {};
  const list = (Array.isArray(link) ? link : [link]).map(readLink);
  return list.length <= MAX_LINKS && list.every((one) => one !== undefined) ? { links: list } : undefined;
}

/** In XML a list without elements is an empty text, or the blanks between its tags. */
function isNothing(value: unknown): boolean {
  return value === null || (typeof value === 'string' && value.trim() === '');
}

function readLink(value: unknown): AttachedLink | undefined {
  const url = inside(value, 'url');
  const title = inside(value, 'title') ?? url;
  if (typeof url !== 'string' || url.length > MAX_URL || !isXmlText(url) || !isURL(url, URL_RULES))
    return undefined;
  if (typeof title !== 'string' || title.length > MAX_TITLE || !isXmlText(title)) return undefined;
  return { url, title };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object with other keys would be taken for one that leaves all as it is. */
function isObjectOf(keys: readonly string[], value: unknown): boolean {
  return isObject(value) && Object.keys(value).every((key) => keys.includes(key));
}

function inside(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
