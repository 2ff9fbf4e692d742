import { SaxesParser } from 'saxes';
import { Failure } from '../../../core/failure.js';

const MAX_DEPTH = 32;
const MAX_ELEMENTS = 20_000;
const MAX_ATTRIBUTES = 32;

/** The common subset of XML and JSON: text, lists and objects. */
export type Plain = string | Plain[] | PlainObject;
export interface PlainObject {
  [key: string]: Plain;
}

interface OpenElement {
  readonly name: string;
  text: string;
  children: PlainObject | undefined;
}

/**
 * Converts an XML document to the equivalent JSON object: elements become keys, repeated elements a list, an empty
 * element an empty string. White space around a text is removed, as documents are indented. The root's name and all attributes are ignored. A DOCTYPE is rejected before parsing, no
 * external resource is fetched, and only the five predefined entities are supported.
 */
export function readXml(text: string): PlainObject {
  if (/^<!doctype/i.test(afterProlog(text))) throw malformed('A document type is not accepted.');
  const parser = new SaxesParser();
  const reader = new Reader();
  parser.on('error', (error) => {
    throw malformed(`The body is not well-formed XML (${explain(error)}).`);
  });
  parser.on('doctype', () => {
    throw malformed('A document type is not accepted.');
  });
  parser.on('processinginstruction', () => {
    throw malformed('Processing instructions are not accepted.');
  });
  parser.on('xmldecl', ({ version, encoding }) => {
    if (version !== '1.0') throw malformed('Only XML 1.0 is read.');
    if (encoding !== undefined && !/^utf-?8$/i.test(encoding)) throw malformed('Only UTF-8 is read.');
  });
  parser.on('attribute', () => reader.attribute());
  parser.on('opentag', ({ name }) => reader.open(name));
  parser.on('text', (chunk) => reader.text(chunk));
  parser.on('cdata', (chunk) => reader.text(chunk));
  parser.on('closetag', () => reader.close());
  parser.write(text).close();
  return reader.result();
}

/** The first characters after the XML declaration, comments and white space. */
function afterProlog(text: string): string {
  let position = 0;
  for (;;) {
    while (WHITE_SPACE.has(text.charCodeAt(position))) position++;
    const opening = PROLOG_PARTS.find(([start]) => text.startsWith(start, position));
    if (opening === undefined) return text.slice(position, position + DOCTYPE_LENGTH);
    const [start, end] = opening;
    const found = text.indexOf(end, position + start.length);
    if (found === -1) return '';
    position = found + end.length;
  }
}

const DOCTYPE_LENGTH = '<!doctype'.length;
const WHITE_SPACE: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);
const PROLOG_PARTS = [
  ['<?', '?>'],
  ['<!--', '-->'],
] as const;

/** What an empty element means for the fields where it does not mean "not given". */
const EMPTY_ELEMENTS: ReadonlyMap<string, string | null> = new Map([
  ['description', ''],
  ['links', null],
]);

/** Reads a request's body: an empty element counts as "not given", since XML has neither `null` nor empty lists. */
export function readXmlBody(text: string): object {
  return withoutEmpty(readXml(text));
}

function withoutEmpty(object: PlainObject): object {
  const result = Object.create(null) as Record<string, unknown>;
  for (const [name, value] of Object.entries(object)) {
    const read =
      value === '' ? EMPTY_ELEMENTS.get(name) : Array.isArray(value) ? value.map(inner) : inner(value);
    if (read !== undefined) result[name] = read;
  }
  return result;
}

function inner(value: Plain): unknown {
  return typeof value === 'object' && !Array.isArray(value) ? withoutEmpty(value) : value;
}

class Reader {
  private readonly stack: OpenElement[] = [];
  private elements = 0;
  private attributes = 0;
  private root: PlainObject | undefined;

  attribute(): void {
    if (++this.attributes > MAX_ATTRIBUTES) throw malformed('An element has too many attributes.');
  }

  open(name: string): void {
    this.attributes = 0;
    if (this.stack.length === MAX_DEPTH) throw malformed(`The body nests deeper than ${MAX_DEPTH} levels.`);
    if (++this.elements > MAX_ELEMENTS) throw malformed('The body has too many elements.');
    this.stack.push({ name, text: '', children: undefined });
  }

  text(chunk: string): void {
    const element = this.stack.at(-1);
    if (element !== undefined) element.text += chunk;
  }

  close(): void {
    const element = this.stack.pop();
    if (element === undefined) return;
    if (element.children !== undefined && element.text.trim() !== '') {
      throw malformed(`The element ${element.name} mixes text with elements.`);
    }
    const parent = this.stack.at(-1);
    if (parent === undefined) {
      if (element.children === undefined && element.text.trim() !== '') {
        throw malformed('The body must be an object: the root holds text only.');
      }
      this.root = element.children ?? emptyObject();
      return;
    }
    parent.children ??= emptyObject();
    add(parent.children, element.name, element.children ?? element.text.trim());
  }

  result(): PlainObject {
    if (this.root === undefined) throw malformed('The body holds no XML document.');
    return this.root;
  }
}

/** Without a prototype, so that `__proto__` is an ordinary key. */
function emptyObject(): PlainObject {
  return Object.create(null) as PlainObject;
}

function add(object: PlainObject, name: string, value: Plain): void {
  const existing = object[name];
  if (existing === undefined) object[name] = value;
  else if (Array.isArray(existing)) existing.push(value);
  else object[name] = [existing, value];
}

function malformed(message: string): Failure {
  return new Failure('malformed', message);
}

/** The parser's message without quotes from the document. */
function explain({ message }: Error): string {
  return /^\d+:\d+: ([\w ,'-]{1,80})/.exec(message)?.[1]?.trim() ?? 'syntax error';
}
