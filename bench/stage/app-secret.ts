import { randomBytes } from 'node:crypto';

/** What ours seals secrets with in this run; the dataset holds some that it has to open. */
export const APP_SECRET = randomBytes(24).toString('hex');
