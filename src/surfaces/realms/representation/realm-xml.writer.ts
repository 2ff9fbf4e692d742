const DECLARATION = '<?xml version="1.0" encoding="utf-8" ?>';

/** What XML 1.0 cannot carry, not even escaped. */

const UNSPEAKABLE =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Whether XML can carry a text. */
export function isXmlText(text: string): boolean {
  UNSPEAKABLE.lastIndex = 0;
  return !UNSPEAKABLE.test(text);
}

/** Writes an answer as a document with the root `result`: a list is its element repeated, nothing an empty one. */
export function writeXml(answer: unknown): string {
  return `${DECLARATION}\n${writeXmlElement('result', answer)}\n`;
}

/** The same for content that is XML already, and not empty. */
export function writeXmlDocument(content: string): string {
  return `${DECLARATION}\n<result>${content}</result>\n`;
}

export function writeXmlElement(name: string, value: unknown): string {
  if (Array.isArray(value)) {
    let elements = '';
    for (const item of value) elements += writeXmlElement(name, item);
    return elements;
  }
  const inner = content(value);
  return inner === '' ? `<${name} />` : `<${name}>${inner}</${name}>`;
}

function content(value: unknown): string {
  if (typeof value === 'string') return escapeXml(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'object' || value === null) return '';
  let elements = '';
  for (const [name, inner] of Object.entries(value)) {
    if (inner !== undefined) elements += writeXmlElement(name, inner);
  }
  return elements;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  // A reader turns a bare one into a line feed.
  '\r': '&#13;',
};

/** Most text holds nothing of this, and is done after one look. */
const SUSPECT = /[&<>\u0000-\u0008\u000b-\u001f\ud800-\udfff\ufffe\uffff]/;

export function escapeXml(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return text.replace(/[&<>\r]/g, (character) => ESCAPES[character] ?? '').replace(UNSPEAKABLE, '\ufffd');
}
