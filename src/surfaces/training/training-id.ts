/** The form of the ids of classes, events and members, as clients of the product know it. */
export const TRAINING_ID = /^[0-9A-Za-z]{17}$/;

/** Text of any other form is no id of anything: it is simply unknown, and need not be looked up. */
export function isTrainingId(text: unknown): text is string {
  return typeof text === 'string' && TRAINING_ID.test(text);
}
