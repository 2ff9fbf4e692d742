import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** A service with a tenant and three spaces, created through the admin API. */
export interface ProvenService {
  readonly url: string;
  /** The whole header value. */
  readonly token: string;
  readonly spaceIds: readonly number[];
  stop(): Promise<void>;
}

const ADMIN_TOKEN = 'good for as long as this proof takes';
const PATIENCE_MS = 60_000;

/** Starts what `npm start` starts, with its embedded PostgreSQL in a folder. */
export async function startProvenService(folder: string): Promise<ProvenService> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, ['dist/src/main.js'], {
    env: {
      ...process.env,
      PORT: String(port),
      DATA_DIR: folder,
      ADMIN_TOKEN,
      LOG_LEVEL: 'warn',
      SPACES_RATE_LIMIT: '1000000000',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  try {
    await untilReady(url, () => child.exitCode !== null);
    const organization = await make(url, '/organizations', { name: 'Proof' });
    const path = `/organizations/${String(organization.id)}`;
    const location = await make(url, `${path}/locations`, { name: 'Proof', time_zone: 'UTC' });
    const spaceIds: number[] = [];
    for (const name of ['Red', 'Green', 'Blue']) {
      const space = await make(url, `${path}/spaces`, { name, location_id: location.id });
      spaceIds.push(Number(space.id));
    }
    const credential = await make(url, `${path}/credentials`, { surface: 'spaces' });
    return { url, token: String(credential.authorization), spaceIds, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function make(url: string, path: string, body: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${url}/admin/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  if (response.status !== 201)
    throw new Error(`${path} answered ${response.status}: ${JSON.stringify(answer)}`);
  return answer;
}

async function untilReady(url: string, hasEnded: () => boolean): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    if (hasEnded()) throw new Error('The service ended before it was ready.');
    const ready = await fetch(`${url}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return;
    await pause(100);
  }
  throw new Error('The service was not ready in time.');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
