import 'reflect-metadata';
import { runCommand } from './boot/command.js';
import { routeOf } from './tour/route.js';
import { paintFor } from './tour/paint.js';
import { Teller } from './tour/teller.js';
import { walk } from './tour/walk.js';

/** `npm run tour`: shows all products against the running service, with a shell command for each request. */
await runCommand(async (config) => {
  const teller = new Teller((text) => void process.stdout.write(text), paintFor(process.stdout));
  await walk(await routeOf(config, process.argv.slice(2)), teller);
});
