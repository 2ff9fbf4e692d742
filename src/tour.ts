import 'reflect-metadata';
import { runCommand } from './boot/command.js';
import { TourPrinter } from './tour/printer.js';
import { runTour } from './tour/run-tour.js';
import { styleFor } from './tour/style.js';
import { findTarget } from './tour/target.js';

/** `npm run tour`: calls all products of the running service and prints each call as a command to paste. */
await runCommand(async (config) => {
  const printer = new TourPrinter((text) => void process.stdout.write(text), styleFor(process.stdout));
  await runTour(await findTarget(config, process.argv.slice(2)), printer);
});
