import { isURL } from 'class-validator';
import { isXmlText } from './realm-xml.writer.js';

/** A link that belongs to an event; files, videos and embeds cannot be attached here. */
export interface AttachedLink {
  readonly url: string;
  readonly title: string;
}

export const MAX_LINKS = 50;
export const MAX_URL = 2048;
export const MAX_TITLE = 500;
const URL_RULES = { protocols: ['http', 'https'], require_protocol: true, require_tld: false };

/** Reads `{links: {link: [{url, title}]}}`; a lone link counts as a list of one. `undefined` for anything else. */
export function readAttachments(value: unknown): AttachedLink[] | undefined {
  if (value === '' || value === null) return [];
  const links = inside(inside(value, 'links'), 'link');
  if (links === undefined) return isObject(value) ? [] : undefined;
  const list = (Array.isArray(links) ? links : [links]).map(readLink);
  return list.length <= MAX_LINKS && list.every((link) => link !== undefined) ? list : undefined;
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

function inside(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
