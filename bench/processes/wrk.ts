import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { LoadJob, LoadResult } from '../driver/jobs.js';
import { bytesOf, type WireRequest } from '../wire-request.js';
import type { LoadClient } from './load-client.js';

/** LuaJIT allows 65,536 constants in a script. */
const MOST_REQUESTS = 30_000;
const MS: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1000 };

/** The load generator `wrk`, which has to be installed, in place of our driver: what both measure should be equal. */
export class Wrk implements LoadClient {
  private readonly script: string;

  constructor(folder: string) {
    this.script = join(folder, 'requests.lua');
  }

  async prepare(requests: readonly WireRequest[]): Promise<void> {
    if (requests.some(({ signedBy }) => signedBy !== undefined))
      throw new Error('wrk cannot sign requests: measure this scenario with the driver.');
    const texts = requests.slice(0, MOST_REQUESTS).map((request) => luaText(bytesOf(request)));
    writeFileSync(
      this.script,
      `local requests = {\n${texts.join(',\n')}\n}\nlocal n = 0\n` +
        'request = function()\n  n = n % #requests + 1\n  return requests[n]\nend\n',
    );
  }

  async load({ port, connections, seconds }: Omit<LoadJob, 'kind'>): Promise<LoadResult> {
    const { stdout } = await promisify(execFile)('wrk', [
      ...['--threads', '1', '--connections', String(connections), '--duration', `${Math.ceil(seconds)}s`],
      ...['--latency', '--script', this.script, `http://127.0.0.1:${port}`],
    ]);
    if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(`wrk reports errors:\n${stdout}`);
    return {
      requests: numberIn(stdout, /(\d+) requests in/),
      perSecond: numberIn(stdout, /Requests\/sec:\s+([\d.]+)/),
      p50: milliseconds(stdout, '50%'),
      p99: milliseconds(stdout, '99%'),
    };
  }

  stream(): never {
    throw new Error('wrk measures no streams.');
  }

  async stop(): Promise<void> {}
}

/** Printable ASCII as it is, all else as decimal escapes. */
function luaText(bytes: Buffer): string {
  const escaped = Array.from(bytes, (byte) =>
    byte < 0x20 || byte > 0x7e || byte === 0x22 || byte === 0x5c
      ? `\\${String(byte).padStart(3, '0')}`
      : String.fromCharCode(byte),
  );
  return `"${escaped.join('')}"`;
}

function numberIn(report: string, pattern: RegExp): number {
  const found = pattern.exec(report)?.[1];
  if (found === undefined) throw new Error(`wrk reports something unknown:\n${report}`);
  return Number(found);
}

function milliseconds(report: string, percentile: string): number {
  const [, value, unit = ''] = new RegExp(`${percentile}\\s+([\\d.]+)(us|ms|s)`).exec(report) ?? [];
  return Number(value) * (MS[unit] ?? Number.NaN);
}
