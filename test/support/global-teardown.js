import { rmSync } from 'node:fs';

export default async function teardown() {
  const postgres = globalThis.quintetTestPostgres;
  await postgres?.stop();
  if (postgres !== undefined) rmSync(postgres.dataDir, { recursive: true, force: true });
}
