import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { call, type Answer } from '../support/http.js';
import { connectTo, embeddedPostgresOf, freePort, makeFolder, Service, tidyUp } from '../support/service.js';
import { anEvent, givenTrainingClient, type TrainingClient } from '../support/training.js';

const ROUNDS = 10;
const CLIENTS = 4;

const services: Service[] = [];
const folders: string[] = [];
const writing: Writers[] = [];

afterEach(async () => {
  for (const writers of writing.splice(0)) await writers.stop();
  await tidyUp(services, []);
});
afterAll(() => tidyUp(services, folders));

interface KillableService {
  readonly dataDir: string;
  readonly client: TrainingClient;
  start(): Promise<Service>;
}

/** A service on its embedded PostgreSQL, with an organization. */
async function givenService(): Promise<KillableService & { readonly service: Service }> {
  const folder = makeFolder();
  folders.push(folder);
  const dataDir = join(folder, 'data');
  const environment = { PORT: String(await freePort()), TRAINING_RATE_LIMIT: '1000000' };
  const start = async (): Promise<Service> => {
    const service = new Service(folder, { environment });
    services.push(service);
    return service.ready();
  };
  const service = await start();
  const pool = connectTo(embeddedPostgresOf(dataDir).url);
  const client = await givenTrainingClient({ open: { pool }, url: service.url });
  await pool.end();
  return { dataDir, client, start, service };
}

/** Creates events continuously, several at a time, and keeps the acknowledged ids. */
class Writers {
  readonly acknowledged: string[] = [];
  readonly others: Answer[] = [];
  private stopping = false;
  private readonly over: Promise<unknown>;

  constructor(private readonly client: TrainingClient) {
    writing.push(this);
    this.over = Promise.all(Array.from({ length: CLIENTS }, () => this.write()));
  }

  /** Waits until that many more are acknowledged. */
  async acknowledge(more: number): Promise<void> {
    const wanted = this.acknowledged.length + more;
    const deadline = Date.now() + 20_000;
    while (this.acknowledged.length < wanted) {
      if (Date.now() > deadline) throw new Error(`only ${this.acknowledged.length} of ${wanted}`);
      await sleep(5);
    }
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.over;
  }

  private async write(): Promise<void> {
    while (!this.stopping) {
      try {
        const answer = await this.client('/events', { body: anEvent(this.client) });
        if (answer.status === 200) this.acknowledged.push((answer.json as { id: string }).id);
        else this.others.push(answer);
      } catch {
        // The service was killed during or before the request.
        await sleep(20);
      }
    }
  }
}

/** Which of the ids have no event. */
async function missing(client: TrainingClient, ids: readonly string[]): Promise<string[]> {
  const answer = await client('/events');
  expect(answer.status).toBe(200);
  const there = new Set((answer.json as { id: string }[]).map(({ id }) => id));
  return ids.filter((id) => !there.has(id));
}

describe('a service that is killed', () => {
  it(`has every event that it acknowledged, each of ${ROUNDS} times`, async () => {
    const ground = await givenService();
    let { service } = ground;
    const writers = new Writers(ground.client);
    for (let round = 0; round < ROUNDS; round++) {
      await writers.acknowledge(30);
      service.signal('SIGKILL');
      expect(await service.ended).toBe('SIGKILL');
      // Mostly at once, while the orphaned database may still be stopping; sometimes later.
      if (round % 3 === 2) await sleep(500);
      service = await ground.start();
      expect(await missing(ground.client, [...writers.acknowledged])).toEqual([]);
    }
    await writers.stop();
    expect(await missing(ground.client, writers.acknowledged)).toEqual([]);
    expect(new Set(writers.acknowledged).size).toBe(writers.acknowledged.length);
    expect(writers.acknowledged.length).toBeGreaterThanOrEqual(30 * ROUNDS);
  }, 180_000);
});

describe('a service whose PostgreSQL is killed', () => {
  it('answers 503 until it is back, lives, and loses nothing that it acknowledged', async () => {
    const { client, service, dataDir } = await givenService();
    const writers = new Writers(client);
    for (let round = 0; round < 2; round++) {
      await writers.acknowledge(30);
      const { pid } = embeddedPostgresOf(dataDir);
      process.kill(pid, 'SIGKILL');
      await service.hears(new RegExp(`(?:is back on port[^]*){${round + 1}}`));
      expect(embeddedPostgresOf(dataDir).pid).not.toBe(pid);
      await writers.acknowledge(30);
    }
    await writers.stop();
    expect((await call(`${service.url}/health/ready`)).status).toBe(200);
    expect(writers.others.length).toBeGreaterThan(0);
    for (const answer of writers.others) {
      expect(answer.status).toBe(503);
      expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
      expect(answer.json).toMatchObject({ result: 'failure', error: { type: 'ServiceUnavailable' } });
    }
    expect(await missing(client, writers.acknowledged)).toEqual([]);
    service.signal('SIGTERM');
    expect(await service.ended).toBe(0);
  }, 90_000);
});
