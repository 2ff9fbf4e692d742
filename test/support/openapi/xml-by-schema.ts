import type { OpenAPIObject } from '@nestjs/swagger';
import { resolve, type Schema } from './document.js';

/**
 * Converts an XML response according to its schema: XML has neither numbers nor lists, omits an empty list, and
 * does not distinguish nothing from an empty string.
 */
export function fromXml(value: unknown, document: OpenAPIObject, written: Schema): unknown {
  const schema = resolve(document, written);
  const [only] = schema.allOf ?? [];
  if (only !== undefined) return fromXml(value, document, only);
  const type = [schema.type ?? 'any'].flat();
  if (type.includes('array')) {
    return [value ?? []].flat().map((item) => fromXml(item, document, schema.items ?? {}));
  }
  if (type.includes('object')) return objectFromXml(value, document, schema);
  if (type.includes('null') && value === '') return null;
  if (type.includes('integer') || type.includes('number')) return value === '' ? value : Number(value);
  if (type.includes('boolean')) return value === 'true' ? true : value === 'false' ? false : value;
  return value;
}

function objectFromXml(value: unknown, document: OpenAPIObject, schema: Schema): unknown {
  const properties = Object.entries(schema.properties ?? {});
  const given = value === '' ? {} : value;
  if (typeof given !== 'object' || given === null) return given;
  const read = { ...given } as Record<string, unknown>;
  for (const [name, property] of properties) {
    const isList = [resolve(document, property).type].flat().includes('array');
    if (name in read || isList) read[name] = fromXml(read[name], document, property);
  }
  return read;
}
