import { Failure } from '../core/failure.js';
import { CONTENDED_CODES } from './contention.js';

/** What PostgreSQL, the driver or a socket said, as far as rules may look at it. */
interface DatabaseErrorFields {
  readonly message: string;
  readonly code?: unknown;
  readonly constraint?: unknown;
  readonly column?: unknown;
  readonly schema?: unknown;
  readonly table?: unknown;
}

const RETRY_AFTER_SECONDS = 1;

/** Socket errors of Node that mean: the database is not there, or not there any more. */
const CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** SQLSTATE classes: 08 connection, 53 resources, 57 operator intervention (statement timeout, restart). */
const UNAVAILABLE_CLASSES = new Set(['08', '53', '57']);

/**
 * Serialization failure, deadlock, lock not available; and a statement that PostgreSQL does not know, because the one
 * ahead of it on its lane was to prepare it and timed out. Nobody's fault, worth trying again.
 */
const CONTENTION_CODES = new Set([...CONTENDED_CODES, '55P03', '26000']);

/** `pg` reports these by their words only. */
const UNAVAILABLE_MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|timeout expired|Query read timeout|Client has encountered a connection error|Client was closed|Cannot use a pool after calling end|the database (system|connection))/;

/** PostgreSQL's and the driver's errors as failures; `undefined` for what is no trouble of the database's. */
export function databaseFailure(error: unknown): Failure | undefined {
  const fields = fieldsOf(error);
  if (fields !== undefined && isUnavailable(fields)) {
    return new Failure('unavailable', 'The database does not answer at the moment. Please try again.', {
      retryAfter: RETRY_AFTER_SECONDS,
      cause: error,
    });
  }
  return undefined;
}

/**
 * Whether whoever waits behind this error would meet it as well, each after a wait of its own. A deadlock is one's own
 * misfortune; a database that does not answer one, and in time, does not answer the next one either.
 */
export function isTroubleOfAll(error: unknown): boolean {
  const fields = fieldsOf(error);
  return fields !== undefined && isUnavailable(fields) && !CONTENTION_CODES.has(String(fields.code));
}

/** By its fields, not by its class: a socket's error may come from another realm than ours, as it does in Jest. */
function fieldsOf(error: unknown): DatabaseErrorFields | undefined {
  return typeof error === 'object' &&
    error !== null &&
    'message' in error &&
    typeof error.message === 'string'
    ? (error as DatabaseErrorFields)
    : undefined;
}

function isUnavailable({ code, message }: DatabaseErrorFields): boolean {
  if (typeof code === 'string') {
    if (CONNECTION_CODES.has(code) || CONTENTION_CODES.has(code)) return true;
    if (/^[0-9A-Z]{5}$/.test(code) && UNAVAILABLE_CLASSES.has(code.slice(0, 2))) return true;
  }
  return UNAVAILABLE_MESSAGES.test(message);
}

/**
 * The named constraint that refused a write (`fk_training_events_class`), or `not null: column`.
 * Tables translate it: constraints are where a rule is held, so their names are the rule's names.
 */
export function refusedBy(error: unknown): string | undefined {
  const { code, constraint, column } = fieldsOf(error) ?? {};
  if (typeof constraint === 'string') return constraint;
  return code === '23502' && typeof column === 'string' ? `not null: ${column}` : undefined;
}

/** What still refers to a row that was to be deleted, in words: `training events`. */
export function referrerNamedBy(error: unknown): string | undefined {
  const { code, schema, table } = fieldsOf(error) ?? {};
  if (code !== '23503' || typeof schema !== 'string' || typeof table !== 'string') return undefined;
  return schema === table ? table : `${schema} ${table}`;
}

/**
 * Runs a write and says what a refusing constraint means: `{ uq_members_email: () => new Failure(…) }`.
 * Anything not named there is thrown on as it came.
 */
export async function whenRefused<T>(
  write: Promise<T>,
  meaning: Readonly<Record<string, () => Error>>,
): Promise<T> {
  try {
    return await write;
  } catch (error) {
    const constraint = refusedBy(error);
    const translate = constraint === undefined ? undefined : meaning[constraint];
    throw translate === undefined ? error : translate();
  }
}
