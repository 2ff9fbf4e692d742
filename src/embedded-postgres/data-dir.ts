import { createHash } from 'node:crypto';
import { accessSync, chmodSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Account, accountOf, canEnter, isRoot, unprivilegedAccount } from './account.js';
import { EmbeddedPostgresError, explain, messageOf } from './embedded-postgres-error.js';

export interface SettledDataDir {
  dir: string;
  /** True when the data is not in the requested folder. */
  moved: boolean;
  /** The account PostgreSQL runs as; null for the service's own user. */
  account: Account | null;
}

/** The paths in a data folder. */
export function layoutOf(dir: string) {
  return {
    dir,
    pgDir: join(dir, 'pg'),
    log: join(dir, 'postgres.log'),
    password: join(dir, 'postgres-password'),
    lock: join(dir, 'quintet.lock'),
  };
}
export type Layout = ReturnType<typeof layoutOf>;

/**
 * The folder used for the requested DATA_DIR, created if it does not exist. It is DATA_DIR itself, except for root when
 * the unprivileged account cannot enter a parent folder (such as root's home): then a folder below /var/lib that is
 * derived from the path, so that two checkouts never share one. The same path always gives the same folder.
 */
export function settleDataDir(asked: string): SettledDataDir {
  const dir = resolve(asked);
  if (!isRoot()) {
    make(dir, 0o700);
    return { dir, moved: false, account: null };
  }
  const existing = deepestExisting(dir);
  if (!statSync(existing).isDirectory()) {
    throw new EmbeddedPostgresError(`DATA_DIR ${dir} is no folder: ${existing} is a file.`);
  }
  const account = clusterOwner(dir) ?? unprivilegedAccount();
  if (canEnter(account, existing)) {
    make(dir, 0o755);
    return { dir, moved: false, account };
  }
  if (existsSync(layoutOf(dir).pgDir)) {
    throw new EmbeddedPostgresError(
      `DATA_DIR ${dir} holds a database that the account ${account.name} cannot reach: let it pass through the folders above, or choose another DATA_DIR.`,
    );
  }
  const elsewhere = placeBelowVarLib(dir);
  make(elsewhere, 0o755);
  return { dir: elsewhere, moved: true, account: clusterOwner(elsewhere) ?? account };
}

/** Readable, and unique because of the hash. */
export function placeBelowVarLib(dir: string): string {
  const words = dir.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '');
  const hash = createHash('sha256').update(dir).digest('hex').slice(0, 12);
  return join('/var/lib/quintet', `${words.slice(-40).replace(/^-/, '')}-${hash}`);
}

/** The owner of existing data. Data copied as root belongs to root; its owner is changed later. */
function clusterOwner(dir: string): Account | null {
  const found = statSync(layoutOf(dir).pgDir, { throwIfNoEntry: false });
  return found === undefined || found.uid === 0 ? null : accountOf(found.uid, found.gid);
}

function deepestExisting(dir: string): string {
  let place = dir;
  while (!existsSync(place) && dirname(place) !== place) place = dirname(place);
  return place;
}

/** Creates the folder with this mode, and its parents, whatever the umask; existing ones keep their mode. */
function make(dir: string, mode: number): void {
  try {
    const missing: string[] = [];
    for (let place = dir; !existsSync(place) && dirname(place) !== place; place = dirname(place))
      missing.push(place);
    for (const place of missing.reverse()) {
      mkdirSync(place);
      chmodSync(place, place === dir ? mode : 0o755);
    }
    if (!statSync(dir).isDirectory())
      throw new EmbeddedPostgresError(`DATA_DIR ${dir} is a file, not a folder.`);
    accessSync(dir, constants.W_OK | constants.X_OK);
  } catch (error) {
    if (error instanceof EmbeddedPostgresError) throw error;
    throw explain(dir, messageOf(error));
  }
}
