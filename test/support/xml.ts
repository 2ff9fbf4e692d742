import { readXml } from '../../src/surfaces/realms/representation/realm-xml.reader.js';

/** Serializes a body as XML clients do: values are text, lists are repeated elements, `null` is an empty one. */
export function asXml(value: unknown, name = 'body'): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.map((item) => asXml(item, name)).join('');
  if (typeof value === 'object' && value !== null) {
    const inner = Object.entries(value)
      .map(([key, item]) => asXml(item, key))
      .join('');
    return `<${name}>${inner}</${name}>`;
  }
  const text = String(value ?? '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
  return text === '' ? `<${name} />` : `<${name}>${text}</${name}>`;
}

/** A response with every value as a string, so that JSON and XML can be compared. */
export function asStrings(text: string): unknown {
  return text.startsWith('<') ? plain(readXml(text)) : stringValues(JSON.parse(text));
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

/** Removes what XML cannot distinguish: one element and a list of one, nothing and an empty list. */
function stringValues(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 1 ? stringValues(value[0]) : value.map(stringValues);
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value).filter(([, item]) => !(Array.isArray(item) && item.length === 0));
  if (entries.length === 0) return '';
  return Object.fromEntries(entries.map(([key, item]) => [key, stringValues(item)]));
}
