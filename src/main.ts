import './boot/v8-flags.js';
import './boot/compile-cache.js';
import 'reflect-metadata';
import { load } from './boot/load.js';

const { runCommand } = load<typeof import('./boot/command.js')>('./command.js');
const { start } = load<typeof import('./boot/start.js')>('./start.js');

await runCommand(start);
