import { ConfigError, parseConfig, readEnvironment, type Config } from '../config/config.js';
import { EmbeddedPostgresError } from '../embedded-postgres/embedded-postgres.js';
import { StartError, WorkerStartError } from './start-error.js';

/** Runs a command of this package. Errors that a user can fix are printed as a sentence without a stack; exit code 1. */
export async function runCommand(command: (config: Config) => Promise<void>): Promise<void> {
  try {
    await command(parseConfig(readEnvironment()));
  } catch (error) {
    if (!(error instanceof WorkerStartError)) process.stderr.write(`${explain(error)}\n`);
    process.exit(1);
  }
}

function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof StartError || error instanceof EmbeddedPostgresError) {
    return error.message;
  }
  // No setting would fix it, so the stack helps.
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
