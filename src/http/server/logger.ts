import type { LoggerService } from '@nestjs/common';
import { currentInstant } from '../../core/instant.js';
import { pino, type DestinationStream, type Logger, type LoggerOptions } from 'pino';

export interface LogOptions {
  readonly logLevel: string;
  readonly logFormat: 'json' | 'pretty';
}

/** The buffer is written once it holds this many characters, or after a second. */
const BUFFER_LENGTH = 32 * 1024;
const FLUSH_MS = 1000;

/** Logs newline-delimited JSON, or readable text (`pretty`). Bodies and headers are never logged. */
export async function createLogger({ logLevel, logFormat }: LogOptions): Promise<Logger> {
  const options = loggerOptions(logLevel);
  if (logFormat === 'pretty') {
    const { default: prettyStream } = await import('pino-pretty');
    return pino(
      options,
      prettyStream({ ignore: 'request_id', singleLine: true, translateTime: 'SYS:HH:MM:ss' }),
    );
  }
  return pino(options, bufferedStdout());
}

/** Collects entries: writing each to the destination would take more time than making it. */
function bufferedStdout(): DestinationStream {
  const destination = pino.destination({ sync: false, maxWrite: 2 * BUFFER_LENGTH });
  let buffer = '';
  const flush = (): void => {
    if (buffer !== '') destination.write(buffer);
    buffer = '';
  };
  setInterval(flush, FLUSH_MS).unref();
  process.once('exit', () => {
    flush();
    destination.flushSync();
  });
  return {
    write: (entry) => {
      buffer += entry;
      if (buffer.length >= BUFFER_LENGTH) flush();
    },
  };
}

/** Options shared by all loggers of the service. */
export function loggerOptions(level: string): LoggerOptions {
  return {
    level,
    base: null,
    timestamp: () => `,"time":"${currentInstant()}"`,
    serializers: { err: describeError },
  };
}

/**
 * The parts of an error that may be logged. PostgreSQL's messages and details contain values, and the driver attaches
 * its client with the password, so only the fields that identify the error are kept.
 */
function describeError(error: unknown): object {
  if (typeof error !== 'object' || error === null) return { message: String(error) };
  const { name, message, stack, code, constraint, severity, routine } = error as Record<string, unknown>;
  return severity === undefined
    ? { name, code, message, stack }
    : { name, code, constraint, severity, routine };
}

/** Writes Nest's messages to the same log; its startup messages at level `debug`. */
export class NestLog implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, context?: unknown): void {
    this.logger.debug({ context }, String(message));
  }

  warn(message: unknown, context?: unknown): void {
    this.logger.warn({ context }, String(message));
  }

  error(message: unknown, ...details: unknown[]): void {
    this.logger.error({ details }, message instanceof Error ? message.message : String(message));
  }
}
