import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { codeOf, EmbeddedPostgresError, messageOf } from './embedded-postgres-error.js';

/** The account PostgreSQL runs as when the service runs as root, which PostgreSQL refuses. */
export interface Account {
  uid: number;
  gid: number;
  name: string;
}

/** The first that exists is used. */
const CANDIDATES = ['postgres', 'node', 'nobody', 'daemon'];

/**
 * The whole environment of child processes. LC_ALL keeps messages in English, since some are recognised by their
 * text.
 */
export const CHILD_ENV: Record<string, string> = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

export function parsePasswd(passwd: string): Account[] {
  // Entries for a directory service ("+::::::") have no ids.
  return passwd.split('\n').flatMap((line) => {
    const found = /^([^:#]+):[^:]*:(\d+):(\d+):/.exec(line);
    return found?.[1] ? [{ name: found[1], uid: Number(found[2]), gid: Number(found[3]) }] : [];
  });
}

/** Picks one of the machine's accounts in order of preference; root under another name does not count. */
export function pickAccount(accounts: Account[]): Account | null {
  for (const name of CANDIDATES) {
    const found = accounts.find((account) => account.name === name && account.uid !== 0);
    if (found) return found;
  }
  return null;
}

export function unprivilegedAccount(): Account {
  const account = pickAccount(parsePasswd(passwd()));
  if (account) return account;
  throw new EmbeddedPostgresError(
    `PostgreSQL refuses to run as root and none of the accounts ${CANDIDATES.join(', ')} exists: run the service as another user or set DATABASE_URL.`,
  );
}

/** The account that owns existing data, so that root can continue with a normal user's data. */
export function accountOf(uid: number, gid: number): Account {
  return parsePasswd(passwd()).find((account) => account.uid === uid) ?? { uid, gid, name: `uid ${uid}` };
}

/** Spawn options for that account; none when the service is not root. */
export function runAs(account: Account | null): { uid?: number; gid?: number } {
  return account === null ? {} : { uid: account.uid, gid: account.gid };
}

/** Tries it rather than reading mode bits, since groups, access lists and mounts count as well. */
export function canEnter(account: Account, folder: string): boolean {
  const { status, error } = spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], {
    ...runAs(account),
    cwd: '/',
    env: CHILD_ENV,
    stdio: 'ignore',
    timeout: 10_000,
  });
  if (error) {
    throw new EmbeddedPostgresError(
      `PostgreSQL refuses to run as root and this root may not become ${account.name} (${codeOf(error) ?? messageOf(error)}): run the service as another user or set DATABASE_URL.`,
    );
  }
  return status === 0;
}

function passwd(): string {
  try {
    return readFileSync('/etc/passwd', 'utf8');
  } catch {
    return '';
  }
}
