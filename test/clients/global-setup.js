// Jest loads a global setup outside its own transform, so this one is plain JavaScript over the built service.
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const PATIENCE_MS = 120_000;

/** One service for all clients, in a process of its own, started as a newcomer starts it: with its own database. */
export default async function setup() {
  const folder = mkdtempSync(join(tmpdir(), 'quintet-clients-'));
  // The service gives up root's rights, and its database has to enter the folder.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const service = spawn(process.execPath, [resolve('dist/src/main.js')], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  globalThis.quintetClientsService = { service, folder };
  await ready(service);
  process.env.QUINTET_CLIENTS_URL = `http://localhost:${port}`;
  process.env.QUINTET_CLIENTS_DATA = join(folder, 'data');
}

async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Waits until it says where it listens; fails with its output if it ends before, or says nothing for too long. */
function ready(service) {
  return new Promise((resolve, reject) => {
    let said = '';
    const fail = () => reject(new Error(`The service did not start:\n${said}`));
    const timer = setTimeout(fail, PATIENCE_MS);
    service.once('exit', fail);
    for (const stream of [service.stdout, service.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        said += text;
        if (!/listens on \S+/.test(said)) return;
        clearTimeout(timer);
        service.off('exit', fail);
        resolve();
      });
    }
  });
}
