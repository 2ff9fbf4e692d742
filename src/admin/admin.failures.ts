import { Failure } from '../core/failure.js';

/** Another row has what must be one row's alone. */
export const taken = (field: string, message: string): Failure =>
  new Failure('conflict', message, { faults: [{ location: 'body', field, message }] });

/** Whether a write was refused because another row has the field's value. */
export function isTaken(error: unknown, field: string): boolean {
  return error instanceof Failure && error.kind === 'conflict' && error.faults[0]?.field === field;
}
