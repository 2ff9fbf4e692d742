import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { call } from '../support/http.js';
import { freePort, makeFolder, Service, tidyUp, type ServiceOptions } from '../support/service.js';
import { createTestDatabase, serverUrl } from '../support/test-database.js';

const services: Service[] = [];
const folders: string[] = [];

afterEach(() => tidyUp(services, folders));

/** Runs a command of the service with these settings. */
async function run(
  command: ServiceOptions['command'],
  environment: Readonly<Record<string, string>>,
): Promise<Service> {
  const folder = makeFolder();
  folders.push(folder);
  const settings = {
    APP_SECRET: 'a secret for tests only',
    LOG_FORMAT: 'json',
    PORT: String(await freePort()),
    SHUTDOWN_DELAY_MS: '0',
  };
  const service = new Service(folder, {
    ...(command !== undefined && { command }),
    environment: { ...settings, ...environment },
  });
  services.push(service);
  return service;
}

/** What a start says: its log is complete once the service has ended. */
async function startOn(DATABASE_URL: string): Promise<{ status: number; said: string }> {
  const service = await (await run('main', { DATABASE_URL })).ready();
  const { status } = await call(`${service.url}/health/ready`);
  service.signal('SIGTERM');
  await service.ended;
  return { status, said: service.said };
}

const WARNING = 'the role of DATABASE_URL';

/** A database with an owner that is no superuser. */
async function givenOwner(): Promise<{ owner: string; as: (role: string) => string }> {
  const name = `owner_${randomBytes(4).toString('hex')}`;
  const server = new pg.Client({ connectionString: serverUrl() });
  await server.connect();
  await server.query(`CREATE ROLE ${name} LOGIN PASSWORD 'x'`);
  await server.query(`CREATE DATABASE ${name} OWNER ${name}`);
  await server.end();
  const as = (role: string): string => {
    const url = new URL(serverUrl());
    return Object.assign(url, { username: role, password: 'x', pathname: `/${name}` }).href;
  };
  return { owner: name, as };
}

describe('on a PostgreSQL of one’s own', () => {
  it('migrating makes the role that serves', async () => {
    const url = new URL(await createTestDatabase('empty'));
    const MIGRATION_DATABASE_URL = url.href;
    Object.assign(url, { username: `serving_${randomBytes(4).toString('hex')}`, password: 'x' });
    const migrate = await run('migrate', { MIGRATION_DATABASE_URL, DATABASE_URL: url.href });
    expect(await migrate.ended).toBe(0);

    const { status, said } = await startOn(url.href);
    expect(status).toBe(200);
    expect(said).not.toContain(WARNING);
  });

  it('one role may do both, and the start says what that means', async () => {
    const DATABASE_URL = await createTestDatabase();
    expect((await startOn(DATABASE_URL)).said).toContain(`${WARNING} is a superuser`);
  });

  it('an owner that is no superuser migrates, for a role that exists', async () => {
    const { owner, as } = await givenOwner();
    const serving = `${owner}_serving`;
    const settings = { MIGRATION_DATABASE_URL: as(owner), DATABASE_URL: as(serving) };
    const refused = await run('migrate', settings);
    expect(await refused.ended).toBe(1);
    expect(refused.complained).toBe(
      `DATABASE_URL names the role ${serving}, which MIGRATION_DATABASE_URL may not create: create it with a password.\n`,
    );

    const server = new pg.Client({ connectionString: serverUrl() });
    await server.connect();
    await server.query(`CREATE ROLE ${serving} LOGIN PASSWORD 'x'`);
    await server.end();
    const migrate = await run('migrate', settings);
    expect(await migrate.ended).toBe(0);
    expect(migrate.said).toContain('ALTER FUNCTION citext_eq(citext,citext) LEAKPROOF;');

    expect((await startOn(as(owner))).said).toContain(`${WARNING} owns the tables`);
    const { status, said } = await startOn(as(serving));
    expect(status).toBe(200);
    expect(said).not.toContain(WARNING);
  });
});
