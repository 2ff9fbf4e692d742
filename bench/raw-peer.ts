/**
 * The raw peer: what the same routes cost with nothing between `node:http` and `pg` but the statement and the JSON of
 * the response. No credential check, no validation, no limiter, no log, no metrics. It is written to be fast.
 * The statements are our own copies on purpose, so that a change in `src/` cannot slow both down at once.
 *
 * `PEER=batched`: requests for training events that arrive together share a statement.
 */
// As ours does: otherwise chance decisions of V8 during warm-up would be measured.
import '../src/boot/v8-flags.js';
import pg from 'pg';
import { serveCompanies } from './raw-peer/companies.js';
import { answer, PeerServer } from './raw-peer/http-server.js';
import { servePolls } from './raw-peer/polls.js';
import { serveRealms } from './raw-peer/realms.js';
import { serveSpaces } from './raw-peer/spaces.js';
import { batchedStore, plainStore } from './raw-peer/training-store.js';
import { serveTraining } from './raw-peer/training.js';
import { cheapTypes } from './raw-peer/types.js';

const { DATABASE_URL, PORT, CONNECTIONS, STREAM_CONNECTIONS, PUBLIC_URL = '', PEER } = process.env;
const shared = {
  connectionString: DATABASE_URL ?? '',
  types: cheapTypes,
  options: '-c TimeZone=UTC -c DateStyle=ISO',
  keepAlive: true,
};
const pool = new pg.Pool({ ...shared, max: Number(CONNECTIONS), idleTimeoutMillis: 0 });
const streams = new pg.Pool({ ...shared, max: Number(STREAM_CONNECTIONS) });

const server = new PeerServer();
serveTraining(server, PEER === 'batched' ? batchedStore(pool) : plainStore(pool), streams, PUBLIC_URL);
await serveCompanies(server, pool, PUBLIC_URL);
await serveSpaces(server, pool);
await servePolls(server, pool, PUBLIC_URL);
await serveRealms(server, pool, PUBLIC_URL);

server.get('/health/ready', async (_, response) => {
  await pool.query('SELECT 1');
  answer(response, '{"status":"ok"}');
});

await server.listen(Number(PORT));
process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => process.exit(0));
