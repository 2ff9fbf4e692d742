import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { placeBelowVarLib } from '../embedded-postgres/data-dir.js';
import type { Demo } from './demo.js';

/** Readable only by the user who runs the service. */
const PRIVATE = 0o600;

/** Generated secrets and the demo, beside the data of the embedded database, so that no setting is required. */
export class LocalFiles {
  readonly demo: string;
  private demoRead: Demo | undefined;

  constructor(readonly folder: string) {
    this.demo = join(folder, 'demo.json');
  }

  /** A secret that is generated on the first start and read on later ones. */
  secret(name: 'admin-token' | 'app-secret'): string {
    const file = join(this.folder, name);
    if (existsSync(file)) return readFileSync(file, 'utf8').trim();
    const secret = randomBytes(32).toString('base64url');
    writeFileSync(file, `${secret}\n`, { mode: PRIVATE, flag: 'wx' });
    return secret;
  }

  /** The path of the admin token. */
  get adminToken(): string {
    return join(this.folder, 'admin-token');
  }

  get hasDemo(): boolean {
    return existsSync(this.demo);
  }

  /** `undefined` before the first start wrote it, or if it is unreadable. */
  readDemo(): Demo | undefined {
    if (this.demoRead !== undefined || !this.hasDemo) return this.demoRead;
    try {
      this.demoRead = JSON.parse(readFileSync(this.demo, 'utf8')) as Demo;
    } catch {
      return undefined;
    }
    return this.demoRead;
  }

  writeDemo(demo: Demo): void {
    writeFileSync(this.demo, `${JSON.stringify(demo, null, 2)}\n`, { mode: PRIVATE });
  }
}

/** The files of the service with this DATA_DIR; the database may be in another folder. */
export function filesOf(dataDir: string): LocalFiles {
  const asked = new LocalFiles(dataDir);
  const elsewhere = new LocalFiles(placeBelowVarLib(dataDir));
  return !asked.hasDemo && elsewhere.hasDemo ? elsewhere : asked;
}
