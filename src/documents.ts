import 'reflect-metadata';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp, documentsOf } from './app.setup.js';
import { runCommand } from './boot/command.js';
import { migrateDatabase, openCheckedDatabase } from './boot/database.js';
import { startEmbeddedPostgres } from './embedded-postgres/embedded-postgres.js';
import { createLogger } from './http/server/logger.js';
import { sqlDocuments } from './sql-documents.js';

/** The server URL in the committed documents. */
const PUBLIC_URL = 'http://localhost:3000';
const FOLDER = 'docs/openapi';
const SQL_FOLDER = 'docs/sql';

/** `npm run docs`: writes the OpenAPI documents and the SQL that are committed and compared by tests. */
await runCommand(async (config) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'quintet-docs-'));
  const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined });
  try {
    await migrateDatabase(postgres.url);
    const open = await openCheckedDatabase(config, postgres.url, () => undefined);
    const logger = await createLogger({ ...config, logLevel: 'error' });
    const app = await createApp(config, {
      open,
      logger,
      adminToken: undefined,
      appSecrets: ['only for documents'],
    });
    mkdirSync(FOLDER, { recursive: true });
    for (const { name, document } of documentsOf(app, PUBLIC_URL)) {
      writeFileSync(join(FOLDER, `${name}.json`), `${JSON.stringify(document, null, 2)}\n`);
      process.stdout.write(`${FOLDER}/${name}.json\n`);
    }
    mkdirSync(SQL_FOLDER, { recursive: true });
    for (const [file, text] of sqlDocuments()) writeFileSync(join(SQL_FOLDER, file), text);
    await app.close();
    await open.close();
  } finally {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
});
