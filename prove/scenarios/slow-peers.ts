import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Scenario, Stage } from '../scenario.js';
import type { Tenant } from '../target/tenant.js';

const PEERS_PER_KIND = 100;
/** The service's limit for a request to arrive (REQUEST_TIMEOUT_MS of the run), and as much again. */
const CUT_OFF_AFTER_MS = 8_000;
const HEALTHY_LIMIT_MS = 2_000;
const BETWEEN_BYTES_MS = 300;
/** Open files that a process may have more than before. */
const FILES_LEFT = 20;

/** Peers that say nothing, or say it one byte after the other, beside clients that work. */
export const slowPeers: Scenario = {
  name: 'Slow peers',
  promise:
    'While hundreds of peers send their requests a byte at a time or not at all, others are served as usual (p99 below 2 s), and the slow ones are cut off.',
  share: 1.5,
  run: async (stage, milliseconds) => {
    const tenant = await stage.tenant('slow');
    const before = filesOf(stage);
    const until = Date.now() + Math.max(milliseconds, CUT_OFF_AFTER_MS + 1_000);
    let isOver = false;
    const served = healthyClient(tenant, () => isOver);
    const outcomes = await Promise.all([
      ...peers(stage, trickleHead),
      ...peers(stage, withoutBody(tenant)),
      ...peers(stage, () => undefined, until),
    ]);
    isOver = true;
    const { times, failures } = await served;
    await pause(500);
    const left = filesOf(stage) - before;
    const cut = outcomes.filter((one) => one === 'cut off').length;
    const mustBeCut = 2 * PEERS_PER_KIND;
    times.sort((a, b) => a - b);
    const p99 = Math.round(times[Math.floor(times.length * 0.99)] ?? Infinity);
    const faults = [...failures];
    if (p99 > HEALTHY_LIMIT_MS) faults.push(`the p99 of the others was ${p99} ms`);
    if (cut < mustBeCut)
      faults.push(`${mustBeCut - cut} peers were not cut off within ${CUT_OFF_AFTER_MS} ms`);
    if (left > FILES_LEFT * stage.processes.length) faults.push(`${left} files are still open`);
    return {
      counts: {
        'slow peers': outcomes.length,
        'of them cut off by the service': cut,
        'requests of others meanwhile': times.length,
        'ms until their answer, p99': p99,
        'open files more than before, in all processes': left,
      },
      faults: faults.slice(0, 50),
    };
  },
};

type Behaviour = (socket: Socket) => void;
type End = 'cut off' | 'still open';

/** Peers of a kind, on all processes; each ends when it is cut off, or gives up. */
function peers({ next }: Stage, behave: Behaviour, until = Date.now() + CUT_OFF_AFTER_MS): Promise<End>[] {
  return Array.from({ length: PEERS_PER_KIND }, () => peer(next(), behave, until));
}

function peer(url: string, behave: Behaviour, until: number): Promise<End> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  return new Promise((resolve) => {
    const giveUp = setTimeout(() => end('still open'), until - Date.now());
    const end = (how: End): void => {
      clearTimeout(giveUp);
      socket.destroy();
      resolve(how);
    };
    socket.on('connect', () => behave(socket)).on('error', () => undefined);
    // An answer such as 408 is read, so that the end of the connection is seen.
    socket.resume().on('close', () => end('cut off'));
  });
}

/** Sends a request line and headers, one byte after the other. */
function trickleHead(socket: Socket): void {
  const text = `GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ${'a'.repeat(10_000)}`;
  let index = 0;
  const timer = setInterval(() => socket.write(text[index++] ?? 'a'), BETWEEN_BYTES_MS);
  socket.once('close', () => clearInterval(timer));
}

/** Announces a body and sends one byte of it. */
function withoutBody(tenant: Tenant): Behaviour {
  const authorization = tenant.authorization('training', 'POST', '/api/v1/events');
  return (socket) =>
    void socket.write(
      `POST /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: ${authorization}\r\n` +
        'Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{',
    );
}

/** Reads and writes until told to end. */
async function healthyClient(
  tenant: Tenant,
  isOver: () => boolean,
): Promise<{ times: number[]; failures: string[] }> {
  const times: number[] = [];
  const failures: string[] = [];
  const work = async (): Promise<void> => {
    while (!isOver()) {
      const from = performance.now();
      const answer = await tenant.call('training', '/api/v1/events?limit=20').catch(String);
      times.push(performance.now() - from);
      if (typeof answer === 'string' || answer.status !== 200)
        failures.push(`a sound request was answered ${typeof answer === 'string' ? answer : answer.status}`);
      await pause(5);
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  return { times, failures };
}

const filesOf = ({ processes }: Stage): number =>
  processes.reduce((sum, one) => sum + one.figures().files, 0);
