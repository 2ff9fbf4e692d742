import type { LoggerService } from '@nestjs/common';
import { pino, stdTimeFunctions, type Logger } from 'pino';

export interface LogOptions {
  readonly logLevel: string;
  readonly logFormat: 'json' | 'pretty';
}

/** Bytes gathered before a write; lines of lesser load are written a second later at the latest. */
const BUFFER_BYTES = 4096;
const FLUSH_MS = 1000;

/** One JSON object a line; on a terminal, lines for people. Bodies and headers are never handed to it. */
export async function createLogger({ logLevel, logFormat }: LogOptions): Promise<Logger> {
  const options = { level: logLevel, base: null, timestamp: stdTimeFunctions.isoTime };
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
