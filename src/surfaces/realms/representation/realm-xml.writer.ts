const DECLARATION = '<?xml version="1.0" encoding="utf-8" ?>';

/** Characters that XML 1.0 does not allow, even escaped. */
const INVALID_CHARACTERS =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

export function isXmlText(text: string): boolean {
  INVALID_CHARACTERS.lastIndex = 0;
  return !INVALID_CHARACTERS.test(text);
}

/** Writes a document with the root `result`. A list becomes repeated elements, `null` an empty element. */
export function writeXml(value: unknown): string {
  return `${DECLARATION}\n${writeXmlElement('result', value)}\n`;
}

/** The same for content that is already XML and not empty. */
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
  // Parsers normalize an unescaped carriage return to a line feed.
  '\r': '&#13;',
};

/** Most texts do not match and need no replacement. */
const NEEDS_ESCAPING = /[&<>\u0000-\u0008\u000b-\u001f\ud800-\udfff\ufffe\uffff]/;

export function escapeXml(text: string): string {
  if (!NEEDS_ESCAPING.test(text)) return text;
  return text
    .replace(/[&<>\r]/g, (character) => ESCAPES[character] ?? '')
    .replace(INVALID_CHARACTERS, '\ufffd');
}
