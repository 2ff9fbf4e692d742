import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, makeFolder, Service, tidyUp } from '../support/service.js';
import { createTestDatabase, dropTestDatabase } from '../support/test-database.js';

const services: Service[] = [];
const folders: string[] = [];
const databases: string[] = [];

afterEach(() => tidyUp(services, []));
afterAll(async () => {
  await tidyUp(services, folders);
  for (const url of databases) await dropTestDatabase(url);
});

async function started(environment: Record<string, string>): Promise<Service> {
  const [folder, url] = [makeFolder(), await createTestDatabase()];
  folders.push(folder);
  databases.push(url);
  const service = new Service(folder, {
    environment: {
      DATABASE_URL: url,
      APP_SECRET: 'a secret for tests only',
      PORT: String(await freePort()),
      ...environment,
    },
  });
  services.push(service);
  return service.ready();
}

/** A request on a new connection: its status and whether the connection will be closed, or the error. */
function ask(url: string): Promise<string> {
  return new Promise((tell) => {
    get(url, { agent: false, headers: { connection: 'keep-alive' } }, (response) => {
      response.resume().once('end', () => tell(`${response.statusCode} ${response.headers.connection}`));
    }).once('error', ({ message }) => tell(message));
  });
}

/** How long the exit took, in milliseconds. */
async function ending(service: Service): Promise<number> {
  const began = Date.now();
  expect(await service.ended).toBe(0);
  return Date.now() - began;
}

describe('a service that is told to end by SIGTERM', () => {
  it('serves everybody who comes within the delay, and asks nobody to come back', async () => {
    const service = await started({ SHUTDOWN_DELAY_MS: '2500' });
    const answers: string[] = [];
    let over = false;
    const clients = Array.from({ length: 8 }, async () => {
      while (!over) answers.push(await ask(`${service.url}/api/v1/health`));
    });
    await sleep(300);
    const before = answers.splice(0);
    service.signal('SIGTERM');
    await service.hears(/SIGTERM/);
    expect(await ask(`${service.url}/health/ready`)).toBe('503 close');
    expect(await ask(`${service.url}/health/live`)).toBe('200 close');
    await sleep(1_500);
    over = true;
    await Promise.all(clients);
    const after = answers.slice(-100);
    expect(before.length).toBeGreaterThan(20);
    expect([...new Set(before)]).toEqual(['200 keep-alive']);
    expect(after.length).toBeGreaterThan(20);
    expect([...new Set(after)]).toEqual(['200 close']);
    expect(answers.filter((answer) => !answer.startsWith('200'))).toEqual([]);
    await ending(service);
  });

  it('waits two seconds where it was told nothing and the database is somebody else’s', async () => {
    const service = await started({});
    service.signal('SIGTERM');
    const took = await ending(service);
    expect(took).toBeGreaterThan(1_900);
    expect(took).toBeLessThan(5_000);
  });

  it('does not wait where it is told so, nor for a second signal', async () => {
    const [hasty, patient] = await Promise.all([
      started({ SHUTDOWN_DELAY_MS: '0' }),
      started({ SHUTDOWN_DELAY_MS: '20000' }),
    ]);
    hasty.signal('SIGTERM');
    expect(await ending(hasty)).toBeLessThan(1_500);
    patient.signal('SIGTERM');
    await patient.hears(/SIGTERM/);
    patient.signal('SIGINT');
    expect(await ending(patient)).toBeLessThan(1_500);
  });

  it('may be given a delay that is longer than it has to end', async () => {
    const service = await started({ SHUTDOWN_DELAY_MS: '10000' });
    service.signal('SIGTERM');
    expect(await ending(service)).toBeGreaterThan(9_900);
  });
});

describe('a service that is told to end by Ctrl-C', () => {
  it('does not wait for anybody', async () => {
    const service = await started({ SHUTDOWN_DELAY_MS: '20000' });
    service.signal('SIGINT');
    expect(await ending(service)).toBeLessThan(1_500);
  });
});
