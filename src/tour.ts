import 'reflect-metadata';
import { runCommand } from './boot/command.js';
import { routeOf } from './tour/route.js';
import { paintFor } from './tour/paint.js';
import { Teller } from './tour/teller.js';
import { walk } from './tour/walk.js';

/** `npm run tour`: all products in a minute, each call as a line to paste, against the service that is running. */
await runCommand(async (config) => {
  const teller = new Teller((text) => void process.stdout.write(text), paintFor(process.stdout));
  await walk(await routeOf(config, process.argv.slice(2)), teller);
});
