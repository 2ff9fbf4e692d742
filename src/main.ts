import 'reflect-metadata';
import { keepAllocationsYoung } from './boot/collector.js';
import { runCommand } from './boot/command.js';
import { start } from './boot/start.js';

keepAllocationsYoung();
await runCommand(start);
