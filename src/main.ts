import './boot/v8-flags.js';
import './boot/compile-cache.js';
import 'reflect-metadata';
import { runCommand } from './boot/command.js';
import { start } from './boot/start.js';

await runCommand(start);
