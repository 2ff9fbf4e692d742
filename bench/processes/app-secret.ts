import { randomBytes } from 'node:crypto';

/** The `APP_SECRET` of the run, with which secrets of the dataset are encrypted. */
export const APP_SECRET = randomBytes(24).toString('hex');
