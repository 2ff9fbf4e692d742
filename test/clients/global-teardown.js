import { rmSync } from 'node:fs';

export default async function teardown() {
  const { service, folder } = globalThis.quintetClientsService ?? {};
  if (service?.exitCode === null) {
    const ended = new Promise((end) => service.once('exit', end));
    service.kill('SIGTERM');
    await ended;
  }
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}
