/** Its message is one sentence that names a setting; it is shown to the person as it is, never with a stack. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
}

/** The first line of PostgreSQL's own words that says what is wrong, without its prefix; later ones follow from it. */
export function firstComplaint(output: string): string {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const complaint = lines.find((line) => /\b(FATAL|PANIC|error):/.test(line)) ?? lines.at(-1) ?? 'no message';
  return complaint.replace(/^.*?\b(?:FATAL|PANIC|error):\s+/, '').replace(/[.\s]+$/, '');
}

/** Turns what PostgreSQL or the file system said into the sentence for the person. */
export function explain(dataDir: string, output: string): EmbeddedPostgresError {
  const said = firstComplaint(output);
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

/** Runs file work of ours; whatever the file system answers becomes a sentence about DATA_DIR. */
export async function explaining<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof EmbeddedPostgresError || codeOf(error) === null) throw error;
    throw explain(dataDir, wordsOf(error));
  }
}

/** ENOENT, EACCES and so on. Not asked by `instanceof`: below Jest, Node's own errors are of another realm. */
export function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

export function wordsOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('message' in error)) return String(error);
  return String(error.message);
}
