import type { Contestant } from './processes/contestants.js';
import type { LoadClient } from './processes/load-client.js';
import { cpuMsOf, cpuMsOfChildren, MemoryWatch } from './processes/process-figures.js';
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
  /** Of PostgreSQL's connections, per request. */
  readonly postgresCpuMs: number;
  readonly memoryBeforeMb: number;
  readonly memoryPeakMb: number;
  readonly megabytesPerSecond?: number;
  readonly driverCpuMs?: number;
}

/** The rounds of one contestant. The first of each contestant ran consecutively, and so on. */
export interface Series {
  readonly name: Contestant['name'];
  readonly rounds: Round[];
  /** Memory when it was ready and had served nothing. */
  readonly idleMb: number;
}

/** The parties of a measurement. */
export interface Course {
  readonly scenario: Scenario;
  readonly connections: number;
  /** Ours first. */
  readonly contestants: readonly Contestant[];
  readonly driver: LoadClient;
  /** PostgreSQL's main process. */
  readonly postgresPid: number;
}

const STREAM_LOOK_MS = 20;
const LOAD_LOOK_MS = 100;
/** Warm-up streams: enough to compile the code, too few to grow the heap without need. */
const STREAM_WARM_UPS = 1;
const REST_MS = 300;

/** Loads all in turn; the order alternates, so that none always comes last. */
export async function measure(
  course: Course,
  settings: Settings,
  between: () => Promise<void>,
): Promise<Series[]> {
  const { contestants, scenario } = course;
  const series = contestants.map(({ name, idleMb }): Series => ({ name, idleMb, rounds: [] }));
  for (const contestant of contestants) {
    await warmUp(course, contestant, settings);
    await between();
  }
  const turns = series.map((own, index) => ({ own, contestant: contestants[index] as Contestant }));
  for (let round = 0; round < settings.rounds; round++) {
    for (const { own, contestant } of round % 2 === 0 ? turns : turns.toReversed()) {
      const play = scenario.kind === 'load' ? loadRound : streamRound;
      own.rounds.push(await play(course, contestant, settings));
      await between();
      await new Promise((resolve) => setTimeout(resolve, REST_MS));
    }
  }
  return series;
}

async function warmUp(
  { scenario, connections, driver }: Course,
  { server: { port } }: Contestant,
  { warmUpSeconds: seconds }: Settings,
): Promise<void> {
  if (scenario.kind === 'load') await driver.load({ port, seconds, connections });
  else for (let count = 0; count < STREAM_WARM_UPS; count++) await driver.stream({ port });
}

async function loadRound(
  { connections, driver, postgresPid }: Course,
  { server: { pid, port } }: Contestant,
  { seconds }: Settings,
): Promise<Round> {
  const memory = new MemoryWatch(pid, LOAD_LOOK_MS);
  const cpu = cpuMsOf(pid);
  const postgresCpu = cpuMsOfChildren(postgresPid);
  try {
    const { requests, perSecond, p50, p99, driverCpuMs } = await driver.load({ port, connections, seconds });
    return {
      throughput: perSecond,
      p50,
      p99,
      cpuMs: (cpuMsOf(pid) - cpu) / requests,
      postgresCpuMs: (cpuMsOfChildren(postgresPid) - postgresCpu) / requests,
      memoryBeforeMb: memory.before,
      memoryPeakMb: memory.stop(),
      ...(driverCpuMs !== undefined && { driverCpuMs }),
    };
  } finally {
    memory.stop();
  }
}

async function streamRound(
  { scenario: { rows = 1 }, driver, postgresPid }: Course,
  { server: { pid, port } }: Contestant,
): Promise<Round> {
  const memory = new MemoryWatch(pid, STREAM_LOOK_MS);
  const cpu = cpuMsOf(pid);
  const postgresCpu = cpuMsOfChildren(postgresPid);
  try {
    const { bytes, firstByteMs, totalMs } = await driver.stream({ port });
    return {
      throughput: rows / (totalMs / 1000),
      firstByteMs,
      cpuMs: cpuMsOf(pid) - cpu,
      postgresCpuMs: cpuMsOfChildren(postgresPid) - postgresCpu,
      memoryBeforeMb: memory.before,
      memoryPeakMb: memory.stop(),
      megabytesPerSecond: bytes / 1e6 / (totalMs / 1000),
    };
  } finally {
    memory.stop();
  }
}
