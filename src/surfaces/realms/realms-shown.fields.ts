import type { Field } from '../../http/validation/field.js';

/** Fields that are only in responses. */
export const value = (schema: object): Field => ({ checks: [], schema: schema as Field['schema'] });

export const integer = (description: string, example: number): Field =>
  value({ type: 'integer', description, example });

export const text = (description: string, example: string): Field =>
  value({ type: 'string', description, example });

export const flag = (description: string, example: 0 | 1): Field =>
  value({ type: 'integer', enum: [0, 1], description, example });

/** Fields of the product for what is not kept here. */
export const EMPTY = text('Not kept here; always empty.', '');
export const NOTHING = value({ type: 'string', nullable: true, description: 'Not kept here; always null.' });

export const TOTAL = integer('All rows, on whatever page.', 2);
