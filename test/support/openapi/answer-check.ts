import type { OpenAPIObject } from '@nestjs/swagger';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { readXml } from '../../../src/surfaces/realms/representation/realm-xml.reader.js';
import type { Answer } from '../http.js';
import { createAjv, DOCUMENT_KEYWORDS } from './ajv.js';
import { mediaTypeOf, type Operation, type Schema } from './document.js';
import { fromXml } from './xml-by-schema.js';

/** How a response deviates from the document; empty if it does not. */
export type AnswerCheck = (operation: Operation, answer: Answer) => string[];

/**
 * Checks status, media type and body of responses. Undocumented fields are errors here, although the schemas allow new
 * ones: everything returned must be documented.
 */
export function answerCheck(document: OpenAPIObject): AnswerCheck {
  const ajv = createAjv();
  ajv.addVocabulary(DOCUMENT_KEYWORDS);
  const closed = withoutRoom(document) as OpenAPIObject;
  ajv.addSchema({ $id: 'document', ...closed } as object, 'document', false, false);
  const validators = new Map<string, ValidateFunction>();
  const validatorAt = (pointer: string): ValidateFunction => {
    const validator = validators.get(pointer) ?? ajv.compile({ $ref: `document#${pointer}` });
    validators.set(pointer, validator);
    return validator;
  };
  return (operation, answer) => {
    const documented = operation.responses[String(answer.status)];
    if (documented === undefined) return [`status ${answer.status} is not documented`];
    const contents = documented.content ?? {};
    const type = mediaTypeOf(answer.headers.get('content-type'));
    if (Object.keys(contents).length === 0) {
      return answer.text === '' ? [] : [`${answer.status} has a body that is not documented`];
    }
    const content = contents[type];
    if (content === undefined) return [`${answer.status} of type "${type}" is not documented`];
    const validate = validatorAt(
      [
        '',
        'paths',
        operation.template,
        operation.method.toLowerCase(),
        'responses',
        String(answer.status),
        'content',
        type,
        'schema',
      ]
        .map(escapePointer)
        .join('/'),
    );
    const body = bodyOf(type, answer.text, document, content.schema);
    if (validate(body)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) =>
        `${answer.status} ${type}${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
    );
  };
}

function bodyOf(type: string, text: string, document: OpenAPIObject, schema: Schema): unknown {
  if (type.endsWith('json')) return JSON.parse(text);
  return type.endsWith('/xml') ? fromXml(readXml(text), document, schema) : text;
}

/** Escapes a part of a JSON pointer in a URI fragment. */
function escapePointer(part: string): string {
  return encodeURIComponent(part.replace(/~/g, '~0').replace(/\//g, '~1'));
}

/** The same schema, with no other properties allowed in objects that list theirs. */
function withoutRoom(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutRoom);
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutRoom(inner)]));
  const { type, properties, additionalProperties } = value as Schema;
  const closes = [type].flat().includes('object') && properties !== undefined;
  return closes && additionalProperties === undefined ? { ...copy, additionalProperties: false } : copy;
}
