// Builds the service, and with `bench` or `prove` those besides, unless nothing has changed since the last build. npm runs
// it before whatever needs the build.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const BUILDS = {
  service: {
    sources: [
      'src',
      'migrations',
      'package-lock.json',
      'nest-cli.json',
      'tsconfig.json',
      'tsconfig.build.json',
    ],
    command: 'nest build',
  },
  bench: {
    sources: ['bench', 'tsconfig.bench.json', 'dist/.service-built'],
    command: 'tsc -p tsconfig.bench.json',
  },
  prove: {
    sources: ['prove', 'tsconfig.prove.json', 'dist/.service-built'],
    command: 'tsc -p tsconfig.prove.json',
  },
};

/** When the path was last changed; of a folder, the latest of all in it. A removed file changes its folder. */
function changedAt(path) {
  const facts = statSync(path);
  const { mtimeMs } = facts;
  if (!facts.isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((entry) => changedAt(join(path, entry))));
}

function build(name) {
  const { sources, command } = BUILDS[name];
  // `nest build` empties dist, so that a build which fails leaves no mark of an earlier one.
  const mark = `dist/.${name}-built`;
  if (existsSync(mark) && Math.max(...sources.map(changedAt)) < statSync(mark).mtimeMs) return;
  const startedAt = new Date();
  const { status } = spawnSync(command, { shell: true, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(mark, '');
  // What is changed while it builds is newer than the build.
  utimesSync(mark, startedAt, startedAt);
}

build('service');
for (const name of process.argv.slice(2)) build(name);
