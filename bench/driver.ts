import type { Job, Report } from './driver/jobs.js';
import { runLoad } from './driver/load.js';
import { runStream } from './driver/stream.js';
import { bytesOf } from './wire-request.js';

/** The client, in a process of its own so that it shares no event loop with what it measures. */
let requests: Buffer[] = [];
const cursor = { at: 0 };

async function perform(job: Job): Promise<Report> {
  switch (job.kind) {
    case 'requests':
      requests = job.requests.map(bytesOf);
      cursor.at = 0;
      return { kind: 'ready' };
    case 'load':
      return { kind: 'load', result: await runLoad(job, requests, cursor) };
    case 'stream':
      return { kind: 'stream', result: await runStream(job, requests[0]) };
  }
}

process.on('message', (job: Job) => {
  perform(job)
    .catch((error: unknown): Report => ({ kind: 'failed', message: String(error) }))
    .then((report) => process.send?.(report), console.error);
});
// Whoever started it is gone.
process.on('disconnect', () => process.exit(0));
process.on('SIGINT', () => undefined);
