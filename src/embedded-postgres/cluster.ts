import { createHmac, randomBytes } from 'node:crypto';
import { chownSync, closeSync, existsSync, fsyncSync, lchownSync, mkdirSync, openSync } from 'node:fs';
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { Account } from './account.js';
import { Binaries } from './binaries.js';
import { runToEnd } from './child.js';
import { Layout } from './data-dir.js';
import { EmbeddedPostgresError, explain } from './embedded-postgres-error.js';

/** Name of both the role and the database. */
export const OWNER = 'quintet';

/** The role that serves requests. Its password follows from the owner's, so that there is one file to keep. */
const SERVING = 'quintet_serving';

/** The address of a database for the serving role, from that for the owner. */
export function servingUrlOf(ownerUrl: string): string {
  const url = new URL(ownerUrl);
  url.username = SERVING;
  url.password = createHmac('sha256', url.password).update(SERVING).digest('base64url');
  return url.href;
}

const DRAFT = 'pg.tmp-';

/**
 * Makes sure that there is a cluster that these binaries can read, and returns its password. A new one is created in
 * a temporary folder, so that an interrupted first start leaves nothing that looks complete.
 */
export async function ensureCluster(
  layout: Layout,
  binaries: Binaries,
  account: Account | null,
  timeout: number,
): Promise<string> {
  for (const entry of readdirSync(layout.dir)) {
    if (entry.startsWith(DRAFT))
      rmSync(join(layout.dir, entry), { recursive: true, force: true, maxRetries: 3 });
  }
  if (existsSync(layout.pgDir)) {
    checkCluster(layout, binaries, account);
    return readPassword(layout);
  }
  const password = writePassword(layout);
  await makeCluster(layout, binaries, account, password, timeout);
  return password;
}

async function makeCluster(
  layout: Layout,
  binaries: Binaries,
  account: Account | null,
  password: string,
  timeout: number,
): Promise<void> {
  if (account === null) requireName();
  const draft = join(layout.dir, `${DRAFT}${randomBytes(4).toString('hex')}`);
  const passwordCopy = join(draft, 'password');
  try {
    mkdirSync(draft, { mode: 0o700 });
    // initdb runs as the account, which must not be able to read the permanent file.
    writeFileSync(passwordCopy, password, { mode: 0o600 });
    if (account) for (const path of [passwordCopy, draft]) chownSync(path, account.uid, account.gid);
    const { code, output, errorCode } = await runToEnd(
      binaries.initdb,
      [
        `--pgdata=${join(draft, 'pg')}`,
        `--username=${OWNER}`,
        '--auth=scram-sha-256',
        `--pwfile=${passwordCopy}`,
        '--encoding=UTF8',
        '--locale-provider=builtin',
        // PostgreSQL's built-in collation and case rules, the same on every machine. macOS has no C.UTF-8.
        ...(process.platform === 'darwin'
          ? ['--locale=C', '--builtin-locale=C.UTF-8']
          : ['--locale=C.UTF-8']),
      ],
      { account, timeout },
    );
    if (code !== 0) throw explain(layout.dir, errorCode ?? output);
    renameSync(join(draft, 'pg'), layout.pgDir);
    syncFolder(layout.dir);
  } finally {
    rmSync(draft, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** PostgreSQL would report these errors too, but only in its log and without naming the setting. */
function checkCluster(layout: Layout, binaries: Binaries, account: Account | null): void {
  const owner = statSync(layout.pgDir);
  if (account === null && owner.uid !== process.getuid?.()) {
    throw new EmbeddedPostgresError(
      `DATA_DIR ${layout.dir} holds a database of another user (uid ${owner.uid}): run the service as that user or as root, or choose another DATA_DIR.`,
    );
  }
  // Copied or restored by root; PostgreSQL cannot run as root.
  if (account && owner.uid === 0) chownTree(layout.pgDir, account);
  let major: string;
  try {
    major = readFileSync(join(layout.pgDir, 'PG_VERSION'), 'utf8').trim();
  } catch {
    throw new EmbeddedPostgresError(
      `DATA_DIR ${layout.dir} holds a folder pg that is no PostgreSQL database.`,
    );
  }
  if (major !== String(binaries.major)) {
    throw new EmbeddedPostgresError(
      `DATA_DIR ${layout.dir} holds data of PostgreSQL ${major} and this service brings PostgreSQL ${binaries.major}: choose another DATA_DIR, or set DATABASE_URL to a PostgreSQL ${major} that serves it.`,
    );
  }
}

function readPassword(layout: Layout): string {
  try {
    const password = readFileSync(layout.password, 'utf8').trim();
    if (password !== '') return password;
  } catch {
    // Reported below.
  }
  throw new EmbeddedPostgresError(
    `DATA_DIR ${layout.dir} holds a database but its password cannot be read from ${layout.password}: put that file back.`,
  );
}

/** Written before the cluster is created, so that every cluster has a password file. */
function writePassword(layout: Layout): string {
  const password = randomBytes(24).toString('base64url');
  const draft = `${layout.password}.tmp`;
  rmSync(draft, { force: true });
  const fd = openSync(draft, 'wx', 0o600);
  try {
    writeFileSync(fd, `${password}\n`);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(draft, layout.password);
  return password;
}

/** initdb looks up the user's name, and fails in containers that run under a uid without one. */
function requireName(): void {
  try {
    userInfo();
  } catch {
    throw new EmbeddedPostgresError(
      `The embedded PostgreSQL cannot be set up by a user without a name (uid ${process.getuid?.()} has no line in /etc/passwd): run as a named user or set DATABASE_URL.`,
    );
  }
}

function chownTree(folder: string, account: Account): void {
  lchownSync(folder, account.uid, account.gid);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) chownTree(path, account);
    else lchownSync(path, account.uid, account.gid);
  }
}

function syncFolder(folder: string): void {
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
