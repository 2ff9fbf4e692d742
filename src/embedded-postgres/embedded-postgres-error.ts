/** Its message is one sentence that names a setting; it is shown to the user as it is, never with a stack. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
}

/** The first error in PostgreSQL's output, without its prefix; later ones are consequences. */
export function firstError(output: string): string {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const error = lines.find((line) => /\b(FATAL|PANIC|error):/.test(line)) ?? lines.at(-1) ?? 'no message';
  return error.replace(/^.*?\b(?:FATAL|PANIC|error):\s+/, '').replace(/[.\s]+$/, '');
}

/** Turns the output of PostgreSQL or an error of the file system into a sentence for the user. */
export function explain(dataDir: string, output: string): EmbeddedPostgresError {
  const said = firstError(output);
  if (/No space left on device|Check free disk space|ENOSPC|Disk quota exceeded|EDQUOT/.test(output)) {
    return new EmbeddedPostgresError(`DATA_DIR ${dataDir} is on a disk that is full: ${said}.`);
  }
  if (/Read-only file system|EROFS/.test(output)) {
    return new EmbeddedPostgresError(`DATA_DIR ${dataDir} is on a read-only file system.`);
  }
  if (/Permission denied|EACCES|EPERM|Operation not permitted/.test(output)) {
    return new EmbeddedPostgresError(`DATA_DIR ${dataDir} cannot be written by this user: ${said}.`);
  }
  if (/ENOTDIR|EEXIST/.test(output)) {
    return new EmbeddedPostgresError(`DATA_DIR ${dataDir} is not a folder.`);
  }
  return new EmbeddedPostgresError(
    `The embedded PostgreSQL cannot run in DATA_DIR ${dataDir}: ${said} (more in postgres.log there; DATABASE_URL names another PostgreSQL).`,
  );
}

/** Runs our file operations; errors of the file system become a sentence about DATA_DIR. */
export async function explaining<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof EmbeddedPostgresError || codeOf(error) === null) throw error;
    throw explain(dataDir, messageOf(error));
  }
}

/** ENOENT, EACCES and so on. Without `instanceof`, since in Jest Node's own errors are of another realm. */
export function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

export function messageOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('message' in error)) return String(error);
  return String(error.message);
}
