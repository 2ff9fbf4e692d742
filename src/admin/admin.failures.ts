import { Failure, invalidField } from '../core/failure.js';

/** Another row already has this unique value. */
export const taken = (field: string, message: string): Failure =>
  new Failure('conflict', message, { faults: [{ location: 'body', field, message }] });

/** The member in `field` does not exist, or was deleted between the lookup and the write. */
export const unknownMember = (field: string): Failure =>
  invalidField(field, `${field} is no member of this organization`);

/** Whether a write failed because another row already has the field's value. */
export function isTaken(error: unknown, field: string): boolean {
  return error instanceof Failure && error.kind === 'conflict' && error.faults[0]?.field === field;
}
