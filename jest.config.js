import { availableParallelism } from 'node:os';

/**
 * `unit` needs nothing but Node; `e2e` starts one embedded PostgreSQL for the whole run. The others run only when they
 * are asked for: `browser` needs Chromium besides, `clients` the packages of `test/clients`.
 */
const shared = {
  rootDir: '.',
  testEnvironment: 'node',
  testRunner: '<rootDir>/test/support/runner/test-runner.js',
  // Node loads the modules, see the test runner.
  transform: {},
};

const onPostgres = {
  globalSetup: '<rootDir>/test/support/global-setup.js',
  globalTeardown: '<rootDir>/test/support/global-teardown.js',
};

/** The built service, in a process of its own. */
const onService = {
  globalSetup: '<rootDir>/test/clients/global-setup.js',
  globalTeardown: '<rootDir>/test/clients/global-teardown.js',
};

export default {
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/{src,prove}/**/*.spec.ts', '<rootDir>/test/*.spec.ts'],
    },
    { ...shared, ...onPostgres, displayName: 'e2e', testMatch: ['<rootDir>/test/**/*.e2e.ts'] },
    { ...shared, ...onPostgres, displayName: 'browser', testMatch: ['<rootDir>/test/**/*.browser.ts'] },
    { ...shared, ...onService, displayName: 'clients', testMatch: ['<rootDir>/test/clients/*.client.ts'] },
  ],
  testTimeout: 30_000,
  // More than one for each core: many tests wait for a clock or for another process.
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
};
