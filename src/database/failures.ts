import { Failure } from '../core/failure.js';
import { CONTENDED_CODES } from './contention.js';

/** Fields of PostgreSQL, driver and socket errors that are used here. */
interface DatabaseErrorFields {
  readonly message: string;
  readonly code?: unknown;
  readonly constraint?: unknown;
  readonly column?: unknown;
  readonly schema?: unknown;
  readonly table?: unknown;
}

const RETRY_AFTER_SECONDS = 1;

/**
 * Node.js socket errors that mean the database is unreachable or the connection was lost, or that this process has too
 * many files and sockets open to make another.
 */
const CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EMFILE',
  'ENFILE',
]);

/** SQLSTATE classes: 08 connection, 53 resources, 57 operator intervention (statement timeout, restart). */
const UNAVAILABLE_CLASSES = new Set(['08', '53', '57']);

/**
 * Retryable: serialization failure, deadlock, lock not available, and an unknown prepared statement, which happens when
 * the earlier statement on the same pipelined connection that should have prepared it timed out.
 */
const CONTENTION_CODES = new Set([...CONTENDED_CODES, '55P03', '26000']);

/** `pg` reports these errors without a code. */
const UNAVAILABLE_MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|timeout expired|Query read timeout|Client has encountered a connection error|Client was closed|Cannot use a pool after calling end|the database (system|connection))/;

/** Converts an error to a failure if the database is unavailable; `undefined` for other errors. */
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
 * Whether requests queued behind this one would fail with the same error, each after its own wait. A deadlock affects
 * only one request; an unresponsive database affects all.
 */
export function isTroubleOfAll(error: unknown): boolean {
  const fields = fieldsOf(error);
  return fields !== undefined && isUnavailable(fields) && !CONTENTION_CODES.has(String(fields.code));
}

/** Checks fields instead of `instanceof`: socket errors may come from another JavaScript realm, for example in Jest. */
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
 * The constraint violated by a write (`fk_training_events_class`), or `not null: column`. Repositories map these names
 * to errors.
 */
export function refusedBy(error: unknown): string | undefined {
  const { code, constraint, column } = fieldsOf(error) ?? {};
  if (typeof constraint === 'string') return constraint;
  return code === '23502' && typeof column === 'string' ? `not null: ${column}` : undefined;
}

/** The table that still references a row to be deleted, as text: `training events`. */
export function referrerNamedBy(error: unknown): string | undefined {
  const { code, schema, table } = fieldsOf(error) ?? {};
  if (code !== '23503' || typeof schema !== 'string' || typeof table !== 'string') return undefined;
  return schema === table ? table : `${schema} ${table}`;
}

/**
 * Awaits a write and maps constraint violations to errors: `{ uq_members_email: () => new Failure(…) }`.
 * Other errors are rethrown unchanged.
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
