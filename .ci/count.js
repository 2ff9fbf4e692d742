// Adds up Jest's reports in a folder and closes with the line that CI reads.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder = '.'] = process.argv.slice(2);
const reports = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
const sum = (key) => reports.reduce((total, report) => total + report[key], 0);
// A suite that could not run at all counts as a failure of its own.
const failed = sum('numFailedTests') + sum('numRuntimeErrorTestSuites');
const passed = sum('numPassedTests');
if (failed > 0 || passed === 0) process.exitCode = 1;
console.log(`${passed} passed, ${failed} failed`);
