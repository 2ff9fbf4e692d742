import { Connection, type Exchange } from './connection.js';
import type { StreamJob } from './jobs.js';

const LIMIT_MS = 60_000;

/** Reads one whole response, as fast as it arrives. */
export async function runStream({ port }: StreamJob, request: Buffer | undefined): Promise<Exchange> {
  if (request === undefined) throw new Error('There is no request to send.');
  let connection: Connection | undefined;
  let limit: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Exchange>((resolve, reject) => {
      limit = setTimeout(() => reject(new Error('The answer took longer than a minute.')), LIMIT_MS);
      Connection.open(
        port,
        (_, exchange) =>
          exchange.status === 200
            ? resolve(exchange)
            : reject(new Error(`The request was answered ${exchange.status}.`)),
        reject,
      ).then((opened) => {
        connection = opened;
        opened.send(request);
      }, reject);
    });
  } finally {
    clearTimeout(limit);
    connection?.close();
  }
}
