import type sanitizeHtml from 'sanitize-html';
import { lazyPackage } from '../../../core/lazy-package.js';

const sanitizer = lazyPackage<typeof sanitizeHtml>('sanitize-html');

/** HTML allowed in a description: structured text, but no scripts, embedded resources, styles or forms. */
const ALLOWED: sanitizeHtml.IOptions = {
  allowedTags: [
    'a',
    'b',
    'blockquote',
    'br',
    'code',
    'dd',
    'del',
    'div',
    'dl',
    'dt',
    'em',
    'h2',
    'h3',
    'h4',
    'hr',
    'i',
    'ins',
    'li',
    'ol',
    'p',
    'pre',
    's',
    'small',
    'span',
    'strong',
    'sub',
    'sup',
    'table',
    'tbody',
    'td',
    'th',
    'thead',
    'tr',
    'u',
    'ul',
  ],
  allowedAttributes: { a: ['href', 'title', 'rel'], td: ['colspan', 'rowspan'], th: ['colspan', 'rowspan'] },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  transformTags: {
    h1: 'h2',
    a: (_, attribs) => ({ tagName: 'a', attribs: { ...attribs, rel: 'nofollow noopener noreferrer' } }),
  },
  // Deeply nested markup would keep the parser busy.
  nestingLimit: 50,
};

/** Removes everything from HTML that could harm a visitor. */
export function sanitised(html: string): string {
  return sanitizer()(html, ALLOWED);
}

/** The text of a piece of HTML, on one line. */
export function plainText(html: string): string {
  const spaced = html.replace(/<(?:\/(?:p|li|h[2-4]|div|td|th|dt|dd|blockquote|pre)|br|hr)\b/gi, ' $&');
  return decodeEntities(sanitizer()(spaced, { allowedTags: [], allowedAttributes: {} }))
    .replace(/\s+/g, ' ')
    .trim();
}

/** Decodes the four entities that sanitize-html writes. */
function decodeEntities(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
