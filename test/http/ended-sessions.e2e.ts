import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Organization } from '../../src/auth/organization.entity.js';
import type { OpenDatabase } from '../../src/database/open.js';
import { statement } from '../../src/database/statement.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { bootApp, type TestApp } from '../support/app.js';
import { EndingProxy } from '../support/ending-proxy.js';
import { call } from '../support/http.js';
import { createTestDatabase, dropTestDatabase } from '../support/test-database.js';

const ROUNDS = 25;
/** More than there are connections, so that they are reused. */
const AT_ONCE = 6;

const BACKEND = statement<{ pid: number }>('test.ended.backend', 'SELECT pg_backend_pid() AS pid');
const ROWS = statement<{ n: number }>('test.ended.rows', 'SELECT n FROM generate_series(1, 1200) n');

const WAYS: Readonly<Record<string, (open: OpenDatabase) => Promise<unknown>>> = {
  'a short statement': ({ database }) => database.one(BACKEND, []),
  'a transaction': ({ database, dataSource }) =>
    new UnitOfWork(dataSource).run(({ queryRunner }) => database.all(BACKEND, [], queryRunner)),
  'a long answer': async ({ database }) => {
    const { rest } = await database.stream(ROWS, [], { organizationId: 1, credentialId: 1 });
    for await (const rows of rest) expect(rows.length).toBeGreaterThan(0);
  },
  'a search': ({ database }) => database.search(BACKEND, [], 1),
  'a repository': ({ dataSource }) => dataSource.getRepository(Organization).count(),
  'a transaction of TypeORM': ({ dataSource }) =>
    dataSource.transaction((manager) => manager.query('SELECT 1')),
  'a pooled statement': ({ database }) => database.inBackground(BACKEND, []),
};

// An uncaught exception would end the process; here it fails the running test.
let databaseUrl: string;
let proxy: EndingProxy;
let app: TestApp;

beforeAll(async () => {
  databaseUrl = await createTestDatabase();
  proxy = await EndingProxy.before(databaseUrl);
  app = await bootApp({
    databaseUrl: proxy.url,
    environment: { DATABASE_POOL_SIZE: '2', STATEMENT_TIMEOUT_MS: '1000' },
  });
});

afterEach(() => {
  proxy.every = 0;
});

afterAll(async () => {
  await app.close();
  await proxy.close();
  await dropTestDatabase(databaseUrl);
});

describe('a session that PostgreSQL ends right behind an answer', () => {
  it.each(Object.keys(WAYS))('does not end the process: %s', async (name) => {
    const use = WAYS[name] as (typeof WAYS)[string];
    proxy.every = 3;
    const endedBefore = proxy.ended;
    for (let round = 0; round < ROUNDS; round++)
      await Promise.allSettled(Array.from({ length: AT_ONCE }, () => use(app.open)));
    expect(proxy.ended - endedBefore).toBeGreaterThan(0);
    proxy.every = 0;
    // A request on a lost connection fails; the next one gets another connection.
    await use(app.open).catch(() => undefined);
    await use(app.open);
    expect((await call(`${app.url}/health/live`)).status).toBe(200);
  });
});
