import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { SURFACE_NAMES, type SurfaceName } from '../core/surface-name.js';
import { CONTACT, HOST_NAME, HOST_PATTERN, NETWORK, ORIGIN, PORT_NUMBER } from './list-items.js';
import { Reader, type Environment } from './reader.js';

/** All settings of the service. Read once at startup; all errors are reported together. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** The address that every absolute link is built from; never the Host header. */
  readonly publicUrl: string;
  /** Absolute path of the configured folder; the embedded database may have to use another one. */
  readonly dataDir: string;
  /** `undefined` starts the embedded PostgreSQL. */
  readonly databaseUrl: string | undefined;
  /** The same database with the role that owns the tables; by default that of `databaseUrl` does. Only migrations use it. */
  readonly migrationDatabaseUrl: string | undefined;
  readonly adminToken: string | undefined;
  /** The first secret encrypts; all of them decrypt, so it can be rotated. If empty, the embedded database generates one. */
  readonly appSecrets: readonly string[];
  /** Requests per window and credential; 0 disables the limit. */
  readonly rateLimits: Readonly<Record<SurfaceName, number>>;
  /** Wrong credentials per minute and address; 0 disables the limit. */
  readonly wrongCredentialsPerMinute: number;
  /** Wrong links (secrets that give access without a credential) per minute and address; 0 disables the limit. */
  readonly wrongLinksPerMinute: number;
  readonly spaces: {
    /** Days ahead for which an endless series books its space. */
    readonly horizonDays: number;
    /** How many minutes before an event's start check-in opens. */
    readonly checkInMinutes: number;
  };
  /** Days after which a credential expires that was made without an expiry; 0 for never. */
  readonly credentialLifetimeDays: number;
  /** Where entries of the audit log are written as well: `stdout` or an absolute path. */
  readonly auditLog: string | undefined;
  /** Days for which entries of the audit log are kept. */
  readonly auditRetentionDays: number;
  readonly logLevel: string;
  readonly logFormat: 'json' | 'pretty';
  readonly trustProxy: boolean | string[];
  /** Origins whose pages may read responses; none if empty. */
  readonly corsOrigins: '*' | string[];
  /** How many processes serve. Each has connections of its own. */
  readonly processes: number;
  /** Host names that requests may be addressed to, in lower case; any if empty. */
  readonly allowedHosts: readonly string[];
  /** Addresses and networks that may read `/metrics` besides this machine. */
  readonly metricsFrom: '*' | readonly string[];
  /** Where to report a vulnerability, for `/.well-known/security.txt`; absolute URLs such as `mailto:`. */
  readonly securityContacts: readonly string[];
  /** Base URL of an OpenTelemetry collector; without it nothing is traced. */
  readonly otlpEndpoint: string | undefined;
  /** The name of the service in traces. */
  readonly serviceName: string;
  /** Which part of the requests is traced, from 0 to 1; those that continue a trace follow its own choice. */
  readonly traceRatio: number;
  readonly databasePoolSize: number;
  readonly statementTimeoutMs: number;
  readonly requestTimeoutMs: number;
  /** How long the service keeps serving after SIGTERM, so that load balancers notice in time. */
  readonly shutdownDelayMs: number;
  /** The SMTP server; without it mails are kept in the database. */
  readonly smtpUrl: string | undefined;
  /** Days for which finished mails and webhook deliveries are kept. */
  readonly outboxRetentionDays: number;
  /** Mails per hour and organization; 0 disables the limit. */
  readonly mailsPerHour: number;
  /** The sender address of mails. */
  readonly mailFrom: string;
  /** The host of the reply address shown with each poll event. */
  readonly pollsReplyHost: string;
  /** Address of a video call, with `{room}` for the room; without it such places have an empty address. */
  readonly pollsVideoUrl: string | undefined;
  /** Whether people are told of votes, new dates and messages. */
  readonly pollsNotices: boolean;
  /** Minutes for which such notices are collected; 0 sends each at once. */
  readonly pollsNoticeMinutes: number;
  /** Whether webhooks may call addresses of this machine or a private network. */
  readonly hooksMayBeInternal: boolean;
  /** Ports that webhooks may call; any if empty. */
  readonly hookPorts: readonly number[];
  /** Hosts that webhooks may call, in lower case, `*.example.org` for those below a domain; any if empty. */
  readonly hookHosts: readonly string[];
  /** The proxy through which webhooks are sent. */
  readonly hookProxy: string | undefined;
}

/** Injection token of the settings. */
export const CONFIG = Symbol('config');

/** Invalid settings. The message is printed as it is. */
export class ConfigError extends Error {
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
  }
}

const MIN_SECRET_LENGTH = 16;
const MIN_ADMIN_TOKEN_LENGTH = 32;
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** The process environment, plus the `.env` file in the working directory. */
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
  const publicUrl = (read.url('PUBLIC_URL', ['http:', 'https:']) ?? localUrl(port)).replace(/\/+$/, '');
  const publicHost = new URL(publicUrl).hostname;
  const config: Config = {
    port,
    host: read.text('HOST', '127.0.0.1'),
    publicUrl,
    dataDir: resolve(read.text('DATA_DIR', './data')),
    databaseUrl,
    migrationDatabaseUrl: read.url('MIGRATION_DATABASE_URL', ['postgres:', 'postgresql:']),
    adminToken: read.optional('ADMIN_TOKEN'),
    appSecrets,
    rateLimits: rateLimits(read),
    wrongCredentialsPerMinute: read.integer('WRONG_CREDENTIALS_PER_MINUTE', 60, 0, 1_000_000_000),
    wrongLinksPerMinute: read.integer('WRONG_LINKS_PER_MINUTE', 10, 0, 1_000_000_000),
    spaces: {
      horizonDays: read.integer('SPACES_HORIZON_DAYS', 400, 366, 3660),
      checkInMinutes: read.integer('SPACES_CHECK_IN_MINUTES', 120, 0, 10_080),
    },
    credentialLifetimeDays: read.integer('CREDENTIAL_LIFETIME_DAYS', 0, 0, 36_500),
    auditLog: auditTarget(read.optional('AUDIT_LOG')),
    auditRetentionDays: read.integer('AUDIT_RETENTION_DAYS', 365, 30, 36_500),
    logLevel: read.oneOf('LOG_LEVEL', 'info', LOG_LEVELS),
    logFormat: read.oneOf('LOG_FORMAT', process.stdout.isTTY ? 'pretty' : 'json', ['json', 'pretty']),
    trustProxy: parseTrustProxy(read.list('TRUST_PROXY')),
    processes:
      read.optional('PROCESSES') === 'auto'
        ? availableParallelism()
        : read.integer('PROCESSES', databaseUrl === undefined ? 1 : availableParallelism(), 1, 64),
    corsOrigins: read.anyOr(read.list('CORS_ORIGINS', ORIGIN)),
    allowedHosts: read.list('ALLOWED_HOSTS', HOST_NAME).map((name) => name.toLowerCase()),
    metricsFrom: read.anyOr(read.list('METRICS_FROM', NETWORK)),
    securityContacts: read.list('SECURITY_CONTACT', CONTACT),
    otlpEndpoint: read.url('OTEL_EXPORTER_OTLP_ENDPOINT', ['http:', 'https:']),
    serviceName: read.text('OTEL_SERVICE_NAME', 'quintet'),
    traceRatio: read.ratio('OTEL_TRACES_SAMPLER_ARG', 1),
    databasePoolSize: read.integer('DATABASE_POOL_SIZE', 8, 2, 100),
    statementTimeoutMs: read.integer('STATEMENT_TIMEOUT_MS', 1000, 50, 60_000),
    requestTimeoutMs: read.integer('REQUEST_TIMEOUT_MS', 10_000, 100, 600_000),
    shutdownDelayMs: read.integer('SHUTDOWN_DELAY_MS', isProduction ? 2000 : 0, 0, 600_000),
    smtpUrl: read.url('SMTP_URL', ['smtp:', 'smtps:']),
    outboxRetentionDays: read.integer('OUTBOX_RETENTION_DAYS', 30, 1, 3650),
    mailsPerHour: read.integer('MAILS_PER_HOUR', 10_000, 0, 1_000_000_000),
    mailFrom: read.text('MAIL_FROM', `quintet@${publicHost}`),
    pollsReplyHost: read.text('POLLS_REPLY_HOST', mailHost(publicHost)),
    pollsVideoUrl: read.url('POLLS_VIDEO_URL', ['http:', 'https:']),
    pollsNotices: read.oneOf('POLLS_NOTICES', 'true', ['true', 'false']) === 'true',
    pollsNoticeMinutes: read.integer('POLLS_NOTICE_MINUTES', 10, 0, 10_080),
    hooksMayBeInternal: read.oneOf('HOOKS_ALLOW_INTERNAL', 'false', ['true', 'false']) === 'true',
    hookPorts: read.list('HOOKS_PORTS', PORT_NUMBER).map(Number),
    hookHosts: read.list('HOOKS_HOSTS', HOST_PATTERN).map((name) => name.toLowerCase()),
    hookProxy: read.url('HOOKS_PROXY', ['http:', 'https:']),
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

function auditTarget(target: string | undefined): string | undefined {
  return target === undefined || target === 'stdout' ? target : resolve(target);
}

const RATE_LIMIT = 6000;
/** What Schoology allows; other limits are our choice. */
const REALMS_RATE_LIMIT = 50;

/** `TRAINING_RATE_LIMIT` and so on, one for each product. */
function rateLimits(read: Reader): Record<SurfaceName, number> {
  const limits = SURFACE_NAMES.map((name) => {
    const fallback = name === 'realms' ? REALMS_RATE_LIMIT : RATE_LIMIT;
    return [name, read.integer(`${name.toUpperCase()}_RATE_LIMIT`, fallback, 0, 1_000_000_000)] as const;
  });
  return Object.fromEntries(limits) as Record<SurfaceName, number>;
}

/** Whether a string only repeats a shorter one (`abcabca`). */
function isRepetition(text: string): boolean {
  const periods = Array.from({ length: Math.floor(text.length / 2) }, (_, index) => index + 1);
  return periods.some((period) => text.startsWith(text.slice(period)));
}

const localUrl = (port: number): string => `http://localhost:${port}`;

/** The same settings on another port; a default `publicUrl` changes with it. */
export function onPort(config: Config, port: number): Config {
  const { publicUrl } = config;
  return {
    ...config,
    port,
    publicUrl: publicUrl === localUrl(config.port) ? localUrl(port) : publicUrl,
  };
}

function parseTrustProxy(list: string[]): boolean | string[] {
  if (list.length === 1 && list[0] === 'true') return true;
  return list.length === 0 || (list.length === 1 && list[0] === 'false') ? false : list;
}

/** A host for e-mail addresses: those of many readers need a dot, which `localhost` and an IPv6 address do not have. */
function mailHost(host: string): string {
  return /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(host) ? host : 'quintet.localhost';
}
