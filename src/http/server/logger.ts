import type { LoggerService } from '@nestjs/common';
import { pino, type Logger, type LoggerOptions } from 'pino';

export interface LogOptions {
  readonly logLevel: string;
  readonly logFormat: 'json' | 'pretty';
}

/** Bytes gathered before a write; lines of lesser load are written a second later at the latest. */
const BUFFER_BYTES = 8 * 1024;
const FLUSH_MS = 1000;

/** One JSON object a line; on a terminal, lines for people. Bodies and headers are never handed to it. */
export async function createLogger({ logLevel, logFormat }: LogOptions): Promise<Logger> {
  const options = loggerOptions(logLevel);
  if (logFormat === 'pretty') {
    const { default: prettyStream } = await import('pino-pretty');
    return pino(
      options,
      prettyStream({ ignore: 'request_id', singleLine: true, translateTime: 'SYS:HH:MM:ss' }),
    );
  }
  const destination = pino.destination({ sync: false, minLength: BUFFER_BYTES });
  setInterval(() => destination.flush(), FLUSH_MS).unref();
  process.once('exit', () => destination.flushSync());
  return pino(options, destination);
}

let lastMillisecond = 0;
let lastTimestamp = '';

/** ISO 8601 for people; made once a millisecond, since a busy service writes many lines in each. */
function timestamp(): string {
  const now = Date.now();
  if (now !== lastMillisecond) {
    lastMillisecond = now;
    lastTimestamp = `,"time":"${new Date(now).toISOString()}"`;
  }
  return lastTimestamp;
}

/** What every log of the service has in common, wherever it is written to. */
export function loggerOptions(level: string): LoggerOptions {
  return { level, base: null, timestamp, serializers: { err: describeError } };
}

/**
 * An error as far as a log may hold it. PostgreSQL quotes values in its messages and details, and the driver hangs
 * its client with the password on them: of those only what names the trouble is kept.
 */
function describeError(error: unknown): object {
  if (typeof error !== 'object' || error === null) return { message: String(error) };
  const { name, message, stack, code, constraint, severity, routine } = error as Record<string, unknown>;
  return severity === undefined
    ? { name, code, message, stack }
    : { name, code, constraint, severity, routine };
}

/** Nest's own words, through the same log. Its start-up chatter is for debugging. */
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
