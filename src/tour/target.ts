import { existsSync, readFileSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Demo } from '../boot/demo.js';
import { filesOf } from '../boot/local-files.js';
import { StartError } from '../boot/start-error.js';
import type { Config } from '../config/config.js';
import { keyOf } from './keys.js';

/** The service that the tour calls, and the credentials it uses. */
export interface TourTarget {
  /** The service's address, without a trailing slash. */
  readonly address: string;
  readonly demo: Demo;
  /** The file that `demo` was read from. */
  readonly demoFile: string;
}

/**
 * Finds the service and its demo credentials from the settings, or from `--url` and `--demo`. Throws where there is no
 * service, or it does not accept the credentials.
 */
export async function findTarget(config: Config, args: readonly string[]): Promise<TourTarget> {
  const { url, demo } = optionsOf(args);
  const address = (url ?? addressOf(config)).replace(/\/+$/, '');
  await assertReady(address);
  const demoFile = demo === undefined ? filesOf(config.dataDir).demo : resolve(demo);
  const credentials = demoIn(demoFile);
  await assertKnown(address, credentials, demoFile);
  return { address, demo: credentials, demoFile };
}

interface Options {
  readonly url?: string;
  readonly demo?: string;
}

function optionsOf(args: readonly string[]): Options {
  try {
    const options = { url: { type: 'string' }, demo: { type: 'string' } } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch {
    throw new StartError('The tour takes --url ADDRESS and --demo FILE, nothing else.');
  }
}

/** The address, on this machine, of a service with these settings. */
function addressOf({ host, port }: Config): string {
  const isEverywhere = ['0.0.0.0', '::', '127.0.0.1', '::1'].includes(host);
  return `http://${isEverywhere ? 'localhost' : isIPv6(host) ? `[${host}]` : host}:${port}`;
}

async function assertReady(address: string): Promise<void> {
  const answer = await fetch(`${address}/health/ready`).catch(() => undefined);
  if (answer === undefined) {
    throw new StartError(
      `Nothing answers at ${address}: run "npm start" in another terminal, or say where it is with "npm run tour -- --url ADDRESS".`,
    );
  }
  if (!answer.ok) {
    throw new StartError(`What answers at ${address} is not ready to serve: it said ${answer.status}.`);
  }
}

function demoIn(file: string): Demo {
  if (!existsSync(file)) {
    throw new StartError(
      `There are no demo credentials in ${file}: the embedded database brings them; on an own one, write what "npm run -s seed" prints to a file and name it with "npm run tour -- --demo FILE".`,
    );
  }
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Demo;
  } catch {
    throw new StartError(`${file} holds no demo credentials that can be read.`);
  }
}

/** The address may belong to another service than the one that wrote the file. */
async function assertKnown(address: string, demo: Demo, file: string): Promise<void> {
  const headers = { authorization: keyOf('training', demo.training, file).header() };
  const { status } = await fetch(`${address}/api/v1/classes`, { headers });
  if (status === 401) {
    throw new StartError(
      `The service at ${address} does not know the credentials of ${file}: they are another's.`,
    );
  }
}
