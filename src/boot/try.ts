import { parseConfig } from '../config.js';
import { createApp } from '../app.setup.js';
import { startEmbeddedPostgres } from '../database/embedded/embedded-postgres.js';
import { createLogger } from '../http/logger.js';
import { migrateDatabase, openCheckedDatabase } from './database.js';

const config = parseConfig({ DATA_DIR: '/tmp/q-data', PORT: '3999', LOG_LEVEL: 'info', LOG_FORMAT: 'json' });
const pg = await startEmbeddedPostgres({
  dataDir: config.dataDir,
  log: (l) => process.stdout.write(l + '\n'),
});
const options = { url: pg.url, poolSize: 8, statementTimeoutMs: 1000 };
process.stdout.write(JSON.stringify(await migrateDatabase(options)) + pg.url + '\n');
const open = await openCheckedDatabase(config, pg.url, (e) => process.stdout.write(String(e) + '\n'));
const logger = await createLogger(config);
const app = await createApp(config, {
  open,
  logger,
  adminToken: 'a'.repeat(20),
  appSecrets: ['b'.repeat(20)],
});
await app.listen(config.port, config.host);
process.stdout.write('up\n');
process.on(
  'SIGTERM',
  () =>
    void app
      .close()
      .then(() => open.close())
      .then(() => pg.stop())
      .then(() => process.exit(0)),
);
