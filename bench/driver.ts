import type { Job, Report } from './driver/jobs.js';
import { runLoad } from './driver/load.js';
import { runStream } from './driver/stream.js';
import { Supply } from './driver/supply.js';

/** The client, in its own process so that it shares no event loop with the servers. */
let supply = new Supply([]);

async function perform(job: Job): Promise<Report> {
  switch (job.kind) {
    case 'requests':
      supply = new Supply(job.requests);
      return { kind: 'ready' };
    case 'load':
      return { kind: 'load', result: await runLoad(job, supply) };
    case 'stream':
      return { kind: 'stream', result: await runStream(job, supply.next()) };
  }
}

process.on('message', (job: Job) => {
  perform(job)
    .catch((error: unknown): Report => ({ kind: 'failed', message: String(error) }))
    .then((report) => process.send?.(report), console.error);
});
// The parent process has exited.
process.on('disconnect', () => process.exit(0));
process.on('SIGINT', () => undefined);
