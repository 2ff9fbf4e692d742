import { Connection, type Exchange } from './connection.js';
import { Latencies } from './latencies.js';
import type { LoadJob, LoadResult } from './jobs.js';
import type { Supply } from './supply.js';

/** How long the last responses may take after the time is up. */
const DRAIN_MS = 15_000;

/** More than either server can handle on today's machines; a higher value only costs time and memory. */
const SIGNED_FOR_A_SECOND = 20_000;

/** Keeps all connections busy for the length of the job. Any response other than 2xx ends it. */
export async function runLoad({ port, connections, seconds }: LoadJob, supply: Supply): Promise<LoadResult> {
  const latencies = new Latencies();
  let inTime = 0;
  let all = 0;
  let busy = 0;
  let deadline = 0;
  let drained: () => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const over = new Promise<void>((resolve, reject) => {
    drained = resolve;
    fail = reject;
  });

  const next = (connection: Connection): void => {
    const request = supply.next();
    if (request === undefined) return fail(new Error('No request is left to send.'));
    connection.send(request);
  };
  const done = (connection: Connection, { status, totalMs }: Exchange): void => {
    if (status < 200 || status > 299) return fail(new Error(`A request was answered ${status}.`));
    all++;
    if (performance.now() < deadline) {
      inTime++;
      latencies.record(totalMs);
      next(connection);
    } else if (--busy === 0) drained();
  };

  supply.signAhead(connections + SIGNED_FOR_A_SECOND * seconds);
  const open = await Promise.all(
    Array.from({ length: connections }, () => Connection.open(port, done, (error) => fail(error))),
  );
  const cpu = process.cpuUsage();
  deadline = performance.now() + seconds * 1000;
  busy = open.length;
  for (const connection of open) next(connection);
  const limit = setTimeout(
    () => fail(new Error('The last answers did not come.')),
    seconds * 1000 + DRAIN_MS,
  );
  try {
    await over;
  } finally {
    clearTimeout(limit);
    for (const connection of open) connection.close();
  }
  const { user, system } = process.cpuUsage(cpu);
  return {
    requests: all,
    perSecond: inTime / seconds,
    p50: latencies.percentile(0.5),
    p99: latencies.percentile(0.99),
    driverCpuMs: (user + system) / 1000,
  };
}
