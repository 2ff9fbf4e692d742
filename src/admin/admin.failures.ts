import { Failure } from '../core/failure.js';

/** Another row already has this unique value. */
export const taken = (field: string, message: string): Failure =>
  new Failure('conflict', message, { faults: [{ location: 'body', field, message }] });

/** Whether a write failed because another row already has the field's value. */
export function isTaken(error: unknown, field: string): boolean {
  return error instanceof Failure && error.kind === 'conflict' && error.faults[0]?.field === field;
}
