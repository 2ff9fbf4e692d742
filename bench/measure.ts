import type { Contestants } from './processes/contestants.js';
import type { DriverProcess } from './processes/driver-process.js';
import { cpuMsOf, MemoryWatch } from './processes/process-figures.js';
import type { ServerProcess } from './processes/server-process.js';
import type { Scenario } from './scenarios/scenario.js';
import type { Settings } from './settings.js';

/** One round on one server. */
export interface Round {
  /** Requests per second; for a stream, rows per second. */
  readonly throughput: number;
  readonly firstByteMs?: number;
  readonly p50?: number;
  readonly p99?: number;
  /** Of the server's process alone, per request. */
  readonly cpuMs: number;
  readonly memoryBeforeMb: number;
  readonly memoryPeakMb: number;
  readonly megabytesPerSecond?: number;
  readonly driverCpuMs?: number;
}

/** Rounds in pairs: the first of `ours` and the first of `raw` ran consecutively, and so on. */
export interface Measured {
  readonly scenario: Scenario;
  readonly ours: readonly Round[];
  readonly raw: readonly Round[];
  /** Memory of each when it was ready and had served nothing. */
  readonly idleMb: { readonly ours: number; readonly raw: number };
}

const STREAM_LOOK_MS = 20;
const LOAD_LOOK_MS = 100;
/** Warm-up streams: enough to compile the code, too few to grow the heap without need. */
const STREAM_WARM_UPS = 1;
const REST_MS = 300;

/** Loads both in turn; the order alternates, so that neither always comes second. */
export async function measure(
  scenario: Scenario,
  contestants: Contestants,
  driver: DriverProcess,
  settings: Settings,
  between: () => Promise<void>,
): Promise<Omit<Measured, 'idleMb'>> {
  const { ours, raw } = contestants;
  const rounds = { ours: [] as Round[], raw: [] as Round[] };
  for (const server of [ours, raw]) {
    await warmUp(scenario, server, driver, settings);
    await between();
  }
  for (let round = 0; round < settings.rounds; round++) {
    const turns = round % 2 === 0 ? (['ours', 'raw'] as const) : (['raw', 'ours'] as const);
    for (const turn of turns) {
      const server = contestants[turn];
      rounds[turn].push(
        scenario.kind === 'load'
          ? await loadRound(scenario, server, driver, settings)
          : await streamRound(scenario, server, driver),
      );
      await between();
      await new Promise((resolve) => setTimeout(resolve, REST_MS));
    }
  }
  return { scenario, ...rounds };
}

async function warmUp(
  { kind, connections }: Scenario,
  { port }: ServerProcess,
  driver: DriverProcess,
  { warmUpSeconds: seconds, connections: usual }: Settings,
): Promise<void> {
  if (kind === 'load') await driver.load({ port, seconds, connections: connections ?? usual });
  else for (let count = 0; count < STREAM_WARM_UPS; count++) await driver.stream({ port });
}

async function loadRound(
  scenario: Scenario,
  { pid, port }: ServerProcess,
  driver: DriverProcess,
  settings: Settings,
): Promise<Round> {
  const { seconds } = settings;
  const connections = scenario.connections ?? settings.connections;
  const memory = new MemoryWatch(pid, LOAD_LOOK_MS);
  const cpu = cpuMsOf(pid);
  try {
    const { requests, perSecond, p50, p99, driverCpuMs } = await driver.load({ port, connections, seconds });
    const cpuMs = (cpuMsOf(pid) - cpu) / requests;
    return {
      throughput: perSecond,
      p50,
      p99,
      cpuMs,
      memoryBeforeMb: memory.before,
      memoryPeakMb: memory.stop(),
      driverCpuMs,
    };
  } finally {
    memory.stop();
  }
}

async function streamRound(
  { rows = 1 }: Scenario,
  { pid, port }: ServerProcess,
  driver: DriverProcess,
): Promise<Round> {
  const memory = new MemoryWatch(pid, STREAM_LOOK_MS);
  const cpu = cpuMsOf(pid);
  try {
    const { bytes, firstByteMs, totalMs } = await driver.stream({ port });
    return {
      throughput: rows / (totalMs / 1000),
      firstByteMs,
      cpuMs: cpuMsOf(pid) - cpu,
      memoryBeforeMb: memory.before,
      memoryPeakMb: memory.stop(),
      megabytesPerSecond: bytes / 1e6 / (totalMs / 1000),
    };
  } finally {
    memory.stop();
  }
}
