/** Format of the public ids of classes, events and members. */
export const TRAINING_ID = /^[0-9A-Za-z]{17}$/;

/** Text in any other format cannot be an id, so no lookup is needed. */
export function isTrainingId(text: unknown): text is string {
  return typeof text === 'string' && TRAINING_ID.test(text);
}
