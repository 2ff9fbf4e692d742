import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

/** Words of OpenAPI that stand in schemas beside those of JSON Schema. */
const SCHEMA_KEYWORDS = ['example', 'xml'];

/** Words of the document around its schemas, for who hands over a whole one. */
export const DOCUMENT_KEYWORDS = ['openapi', 'info', 'tags', 'servers', 'security', 'paths', 'components'];

/** A validator of JSON Schema 2020-12, as OpenAPI 3.1 means it. */
export function createAjv(): Ajv2020 {
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
  ajv.addVocabulary(SCHEMA_KEYWORDS);
  formats.default(ajv);
  return ajv;
}
