import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

/** OpenAPI keywords in schemas that are not in JSON Schema. */
const SCHEMA_KEYWORDS = ['example', 'xml'];

/** Keywords of the document outside its schemas, for validating with a whole document. */
export const DOCUMENT_KEYWORDS = ['openapi', 'info', 'tags', 'servers', 'security', 'paths', 'components'];

/** A validator of JSON Schema 2020-12, as OpenAPI 3.1 uses it. */
export function createAjv(): Ajv2020 {
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
  ajv.addVocabulary(SCHEMA_KEYWORDS);
  formats.default(ajv);
  return ajv;
}
