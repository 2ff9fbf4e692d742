import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { ConfigError, onPort, parseConfig } from './config.js';

const EXAMPLE = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');

function faultsOf(environment: Record<string, string>): string[] {
  try {
    parseConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
}

describe('the settings', () => {
  it('have the documented defaults', () => {
    expect(parseConfig({})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      publicUrl: 'http://localhost:3000',
      databaseUrl: undefined,
      adminToken: undefined,
      appSecrets: [],
      rateLimits: { training: 6000, spaces: 6000, realms: 50, polls: 6000, companies: 6000 },
      trustProxy: false,
      corsOrigins: [],
      allowedHosts: [],
      metricsFrom: [],
      securityContacts: [],
      wrongCredentialsPerMinute: 60,
      wrongLinksPerMinute: 10,
    });
  });

  it.each([
    ['http://localhost:3000', 'quintet.localhost'],
    ['http://[::1]:3000', 'quintet.localhost'],
    ['https://events.example.org', 'events.example.org'],
    ['https://bücher.example', 'xn--bcher-kva.example'],
  ])('of %s make reply addresses that are valid ones, at %s', (PUBLIC_URL, host) => {
    expect(parseConfig({ PUBLIC_URL }).pollsReplyHost).toBe(host);
  });

  it('are all listed in .env.example, and nothing else is', () => {
    const names = new Set<string>();
    parseConfig(new Proxy({}, { get: (_, name) => void names.add(String(name)) }));
    names.delete('NODE_ENV'); // Node's own.
    const read = [...names].sort();
    const written = [...EXAMPLE.matchAll(/^#? ?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name).sort();
    expect(read.length).toBeGreaterThan(10);
    expect(written).toEqual(read);
  });

  it('show their defaults in .env.example', () => {
    const shown = Object.fromEntries(
      [...EXAMPLE.matchAll(/^# ([A-Z][A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
    );
    // The default log format depends on whether stdout is a terminal.
    expect({ ...parseConfig(shown), logFormat: 'json' }).toEqual({ ...parseConfig({}), logFormat: 'json' });
  });

  it('build links for the configured port', () => {
    expect(parseConfig({ PORT: '8080' }).publicUrl).toBe('http://localhost:8080');
    expect(parseConfig({ PUBLIC_URL: 'https://events.example.org/' }).publicUrl).toBe(
      'https://events.example.org',
    );
  });

  it('build links for another port, unless PUBLIC_URL is set', () => {
    expect(onPort(parseConfig({ PORT: '0' }), 4321)).toMatchObject({
      port: 4321,
      publicUrl: 'http://localhost:4321',
    });
    const set = parseConfig({ PORT: '0', PUBLIC_URL: 'https://events.example.org' });
    expect(onPort(set, 4321).publicUrl).toBe('https://events.example.org');
  });

  it('count as not set when they are empty', () => {
    expect(parseConfig({ PORT: '', DATABASE_URL: ' ', ADMIN_TOKEN: '' })).toEqual(parseConfig({}));
  });

  it('are all checked at once, and each error names its setting', () => {
    const faults = faultsOf({
      PORT: '99999',
      DATABASE_URL: 'mysql://localhost',
      PUBLIC_URL: 'events.example.org',
      ADMIN_TOKEN: 'short',
      APP_SECRET: 'short',
      LOG_LEVEL: 'loud',
      REALMS_RATE_LIMIT: '-1',
      STATEMENT_TIMEOUT_MS: '1s',
    });
    const names = faults.map((fault) => fault.split(' ')[0]);
    expect(names.sort()).toEqual([
      'ADMIN_TOKEN',
      'APP_SECRET',
      'DATABASE_URL',
      'LOG_LEVEL',
      'PORT',
      'PUBLIC_URL',
      'REALMS_RATE_LIMIT',
      'STATEMENT_TIMEOUT_MS',
    ]);
  });

  it.each([
    ['CORS_ORIGINS', 'https://app.example.org/page'],
    ['ALLOWED_HOSTS', 'events.example.org:443'],
    ['METRICS_FROM', '10.0.0.0/33'],
    ['SECURITY_CONTACT', 'security@example.org'],
  ])('say what %s is made of when an item such as %s is something else', (name, item) => {
    expect(faultsOf({ [name]: item })).toEqual([
      expect.stringMatching(`^${name} must be a comma-separated list of `),
    ]);
  });

  it('never repeat a secret in an error', () => {
    expect(faultsOf({ ADMIN_TOKEN: 'hunter2', APP_SECRET: 'hunter3' }).join()).not.toMatch(/hunter/);
  });

  it.each(['hunter2', 'a'.repeat(40), 'ab'.repeat(20), 'abc'.repeat(13), 'only for this proof, then gone'])(
    'reject the admin token %s and say how to generate one',
    (token) => {
      expect(faultsOf({ ADMIN_TOKEN: token })).toEqual([
        'ADMIN_TOKEN must have at least 32 characters and be no shorter text repeated; "openssl rand -hex 24" makes one.',
      ]);
    },
  );

  it('accept an admin token of 32 characters', () => {
    const token = '8e1f6f9cf4cb2c0b9b8d7d8a51a0e3c2';
    expect(parseConfig({ ADMIN_TOKEN: token }).adminToken).toBe(token);
  });

  it('require APP_SECRET with an external database', () => {
    expect(faultsOf({ DATABASE_URL: 'postgres://db/quintet' })).toEqual([
      expect.stringContaining('APP_SECRET'),
    ]);
  });

  it('delay the shutdown after SIGTERM in production: with an external database or NODE_ENV=production', () => {
    const own = { DATABASE_URL: 'postgres://db/quintet', APP_SECRET: 'a secret for tests only' };
    expect(parseConfig({}).shutdownDelayMs).toBe(0);
    expect(parseConfig({ NODE_ENV: 'production' }).shutdownDelayMs).toBe(2000);
    expect(parseConfig(own).shutdownDelayMs).toBe(2000);
    expect(parseConfig({ ...own, SHUTDOWN_DELAY_MS: '0' }).shutdownDelayMs).toBe(0);
    expect(parseConfig({ SHUTDOWN_DELAY_MS: '500' }).shutdownDelayMs).toBe(500);
  });

  it('accept several application secrets, for rotation', () => {
    const environment = { APP_SECRET: 'the secret of year two, the secret of year one' };
    expect(parseConfig(environment).appSecrets).toEqual(['the secret of year two', 'the secret of year one']);
  });
});
