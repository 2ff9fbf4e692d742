import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, makeFolder, Service, tidyUp } from '../support/service.js';

const services: Service[] = [];
const folders: string[] = [];

afterAll(() => tidyUp(services, folders));

const folder = makeFolder();
folders.push(folder);

/** The service with two processes on an embedded PostgreSQL. */
async function givenTwoProcesses(): Promise<Service> {
  const service = new Service(folder, { environment: { PORT: String(await freePort()), PROCESSES: '2' } });
  services.push(service);
  return service.ready();
}

/** The Node processes that it started. */
function workersOf({ pid }: Service): number[] {
  return readdirSync('/proc').flatMap((name) => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
      const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return Number(parent) === pid && state !== 'Z' && stat.includes('(node)') ? [Number(name)] : [];
    } catch {
      return [];
    }
  });
}

/** Statuses of requests on connections of their own. */
async function ask(service: Service, times: number): Promise<(number | string)[]> {
  const asked = Array.from({ length: times }, () =>
    fetch(`${service.url}/health/live`, { headers: { connection: 'close' } }).then(
      async (response) => {
        await response.text();
        return response.status;
      },
      (error: Error) => error.message,
    ),
  );
  return Promise.all(asked);
}

async function requestsCounted(service: Service): Promise<number> {
  const text = await (await fetch(`${service.url}/metrics`)).text();
  const counts = text.matchAll(
    /^quintet_request_duration_seconds_count\{.*route="\/health\/live".*\} (\d+)$/gm,
  );
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}

describe('a service of two processes', () => {
  // The first three tests follow one another on one service.
  let service: Service;
  beforeAll(async () => {
    service = await givenTwoProcesses();
  }, 60_000);

  it('serves on one port and one embedded database, and counts the requests of both', async () => {
    expect(service.said.match(/listens on/g)).toHaveLength(1);
    expect(workersOf(service).length).toBeGreaterThanOrEqual(2);
    const before = await requestsCounted(service);
    expect(await ask(service, 40)).toEqual(Array.from({ length: 40 }, () => 200));
    expect(await requestsCounted(service)).toBe(before + 40);
  });

  it('replaces a process that is killed, and the other one serves meanwhile', async () => {
    const before = workersOf(service);
    const pid = before.at(-1) ?? 0;
    process.kill(pid, 'SIGKILL');
    await service.hears(/ended \(SIGKILL\) and is replaced/);
    expect(await ask(service, 20)).toEqual(Array.from({ length: 20 }, () => 200));
    const deadline = Date.now() + 20_000;
    while (workersOf(service).length < before.length && Date.now() < deadline) await sleep(100);
    expect(workersOf(service)).toHaveLength(before.length);
    expect(workersOf(service)).not.toContain(pid);
  });

  it('ends all of them on SIGTERM, after the requests that are running', async () => {
    const before = workersOf(service);
    service.signal('SIGTERM');
    expect(await service.ended).toBe(0);
    expect(before.filter(isAlive)).toEqual([]);
  });

  it('ends all of them when the one that started them is killed', async () => {
    const killed = await givenTwoProcesses();
    const before = workersOf(killed);
    killed.signal('SIGKILL');
    await killed.ended;
    const deadline = Date.now() + 10_000;
    while (before.some(isAlive) && Date.now() < deadline) await sleep(100);
    expect(before.filter(isAlive)).toEqual([]);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
