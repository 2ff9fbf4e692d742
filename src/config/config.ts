import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { SurfaceName } from '../core/surface-name.js';

/** Everything that a person running the service can set. Read once at start; every fault is told at once. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** The address that every absolute link is built from; never the Host header. */
  readonly publicUrl: string;
  /** Absolute path of the folder as asked for; the embedded database may have to settle elsewhere. */
  readonly dataDir: string;
  /** `undefined` means: start the embedded PostgreSQL. */
  readonly databaseUrl: string | undefined;
  readonly adminToken: string | undefined;
  /** The first secret encrypts; all of them decrypt, so that it can be rotated. Empty on the embedded database: generated. */
  readonly appSecrets: readonly string[];
  /** Requests per window and credential; 0 switches the limiter off. */
  readonly rateLimits: Readonly<Record<SurfaceName, number>>;
  /** Wrong credentials a minute and address; 0 switches the ceiling off. */
  readonly wrongCredentialsPerMinute: number;
  /** The same of wrong links: secrets that open something without a credential. */
  readonly wrongLinksPerMinute: number;
  readonly spaces: {
    /** Days ahead for which an endless series of bookings holds its space. */
    readonly horizonDays: number;
    /** Minutes before its start from which people can check in to an event. */
    readonly checkInMinutes: number;
  };
  readonly logLevel: string;
  readonly logFormat: 'json' | 'pretty';
  readonly trustProxy: boolean | string[];
  readonly corsOrigins: '*' | string[];
  readonly databasePoolSize: number;
  readonly statementTimeoutMs: number;
  readonly requestTimeoutMs: number;
  /** How long the service serves on after SIGTERM, so that whoever sends it requests notices in time. */
  readonly shutdownDelayMs: number;
  /** Where mail goes out; without it mails are kept in the database. */
  readonly smtpUrl: string | undefined;
  /** Days for which mails and notices to web hooks can be looked at after they were done with. */
  readonly outboxRetentionDays: number;
  /** Mails that an organization may send in an hour; 0 for any number. */
  readonly mailsPerHour: number;
  /** The address that mails come from. */
  readonly mailFrom: string;
  /** The host of the reply address that each poll-scheduled event shows. */
  readonly pollsReplyHost: string;
  /** Whether web hooks may lead to addresses of this machine or network. */
  readonly hooksMayBeInternal: boolean;
}

/** Injection token of the settings. */
export const CONFIG = Symbol('config');

/** A setting that the service cannot start with. Its message is shown as it is. */
export class ConfigError extends Error {
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

const MIN_SECRET_LENGTH = 16;
const MIN_ADMIN_TOKEN_LENGTH = 32;
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** The environment that this process was started with, and what a `.env` file beside it adds. */
export function readEnvironment(): Environment {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}

export function parseConfig(environment: Environment): Config {
  const faults: string[] = [];
  const read = new Reader(environment, faults);

  const port = read.integer('PORT', 3000, 0, 65_535);
  const databaseUrl = read.url('DATABASE_URL', ['postgres:', 'postgresql:']);
  const appSecrets = read.list('APP_SECRET');
  const isProduction = databaseUrl !== undefined || environment.NODE_ENV === 'production';
  const publicUrl = (read.url('PUBLIC_URL', ['http:', 'https:']) ?? addressAtHome(port)).replace(/\/+$/, '');
  const publicHost = new URL(publicUrl).hostname;
  const config: Config = {
    port,
    host: read.text('HOST', '127.0.0.1'),
    publicUrl,
    dataDir: resolve(read.text('DATA_DIR', './data')),
    databaseUrl,
    adminToken: read.optional('ADMIN_TOKEN'),
    appSecrets,
    rateLimits: {
      training: read.integer('TRAINING_RATE_LIMIT', 6000, 0, 1_000_000_000),
      spaces: read.integer('SPACES_RATE_LIMIT', 6000, 0, 1_000_000_000),
      realms: read.integer('REALMS_RATE_LIMIT', 50, 0, 1_000_000_000),
      polls: read.integer('POLLS_RATE_LIMIT', 6000, 0, 1_000_000_000),
      companies: read.integer('COMPANIES_RATE_LIMIT', 6000, 0, 1_000_000_000),
    },
    wrongCredentialsPerMinute: read.integer('WRONG_CREDENTIALS_PER_MINUTE', 60, 0, 1_000_000_000),
    wrongLinksPerMinute: read.integer('WRONG_LINKS_PER_MINUTE', 10, 0, 1_000_000_000),
    spaces: {
      horizonDays: read.integer('SPACES_HORIZON_DAYS', 400, 366, 3660),
      checkInMinutes: read.integer('SPACES_CHECK_IN_MINUTES', 120, 0, 10_080),
    },
    logLevel: read.oneOf('LOG_LEVEL', 'info', LOG_LEVELS),
    logFormat: read.oneOf('LOG_FORMAT', process.stdout.isTTY ? 'pretty' : 'json', ['json', 'pretty']),
    trustProxy: parseTrustProxy(read.list('TRUST_PROXY')),
    corsOrigins: parseOrigins(read.list('CORS_ORIGINS')),
    databasePoolSize: read.integer('DATABASE_POOL_SIZE', 8, 2, 100),
    statementTimeoutMs: read.integer('STATEMENT_TIMEOUT_MS', 1000, 50, 60_000),
    requestTimeoutMs: read.integer('REQUEST_TIMEOUT_MS', 10_000, 100, 600_000),
    shutdownDelayMs: read.integer('SHUTDOWN_DELAY_MS', isProduction ? 2000 : 0, 0, 600_000),
    smtpUrl: read.url('SMTP_URL', ['smtp:', 'smtps:']),
    outboxRetentionDays: read.integer('OUTBOX_RETENTION_DAYS', 30, 1, 3650),
    mailsPerHour: read.integer('MAILS_PER_HOUR', 10_000, 0, 1_000_000_000),
    mailFrom: read.text('MAIL_FROM', `quintet@${publicHost}`),
    pollsReplyHost: read.text('POLLS_REPLY_HOST', publicHost),
    hooksMayBeInternal: read.oneOf('HOOKS_ALLOW_INTERNAL', 'false', ['true', 'false']) === 'true',
  };

  const { adminToken } = config;
  if (adminToken !== undefined && (adminToken.length < MIN_ADMIN_TOKEN_LENGTH || isRepetition(adminToken))) {
    faults.push(
      `ADMIN_TOKEN must have at least ${MIN_ADMIN_TOKEN_LENGTH} characters and be no shorter text repeated; "openssl rand -hex 24" makes one.`,
    );
  }
  if (databaseUrl !== undefined && appSecrets.length === 0) {
    faults.push('APP_SECRET is required with DATABASE_URL: it encrypts what must be kept readable.');
  }
  if (appSecrets.some((secret) => secret.length < MIN_SECRET_LENGTH)) {
    faults.push(`APP_SECRET must have at least ${MIN_SECRET_LENGTH} characters (each, when it is a list).`);
  }
  if (faults.length > 0) throw new ConfigError(faults);
  return config;
}

/** Whether a text is a shorter one, written again and again (`abcabca`). */
function isRepetition(text: string): boolean {
  const periods = Array.from({ length: Math.floor(text.length / 2) }, (_, index) => index + 1);
  return periods.some((period) => text.startsWith(text.slice(period)));
}

const addressAtHome = (port: number): string => `http://localhost:${port}`;

/** The same settings on another port, which an address that nobody set follows. */
export function onPort(config: Config, port: number): Config {
  const { publicUrl } = config;
  return {
    ...config,
    port,
    publicUrl: publicUrl === addressAtHome(config.port) ? addressAtHome(port) : publicUrl,
  };
}

function parseTrustProxy(list: string[]): boolean | string[] {
  if (list.length === 1 && list[0] === 'true') return true;
  return list.length === 0 || (list.length === 1 && list[0] === 'false') ? false : list;
}

function parseOrigins(list: string[]): '*' | string[] {
  return list.length === 0 || list.includes('*') ? '*' : list;
}

/** Reads one setting at a time and collects what is wrong, so that a person mends the file once. */
class Reader {
  constructor(
    private readonly environment: Environment,
    private readonly faults: string[],
  ) {}

  /** An empty value counts as not set: that is how compose files and shells pass "nothing". */
  optional(name: string): string | undefined {
    const value = this.environment[name]?.trim();
    return value === '' ? undefined : value;
  }

  text(name: string, fallback: string): string {
    return this.optional(name) ?? fallback;
  }

  list(name: string): string[] {
    return (this.optional(name) ?? '')
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
  }

  integer(name: string, fallback: number, low: number, high: number): number {
    const value = this.optional(name);
    if (value === undefined) return fallback;
    const number = /^\d{1,12}$/.test(value) ? Number(value) : NaN;
    if (number >= low && number <= high) return number;
    this.faults.push(`${name} must be a whole number from ${low} to ${high}.`);
    return fallback;
  }

  oneOf<const T extends string>(name: string, fallback: T, allowed: readonly T[]): T {
    const value = this.optional(name);
    if (value === undefined) return fallback;
    const match = allowed.find((candidate) => candidate === value);
    if (match !== undefined) return match;
    this.faults.push(`${name} must be one of ${allowed.join(', ')}.`);
    return fallback;
  }

  url(name: string, protocols: readonly string[]): string | undefined {
    const value = this.optional(name);
    if (value === undefined) return undefined;
    if (URL.canParse(value) && protocols.includes(new URL(value).protocol)) return value;
    this.faults.push(
      `${name} must be an address that starts with ${protocols.map((p) => `${p}//`).join(' or ')}.`,
    );
    return undefined;
  }
}
