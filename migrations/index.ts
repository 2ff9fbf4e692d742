import { Tenancy1767225600001 } from './1767225600001-tenancy.js';
import { Training1767225600002 } from './1767225600002-training.js';

/** History, oldest first. A migration that has been released is never changed. */
export const MIGRATIONS = [Tenancy1767225600001, Training1767225600002];
