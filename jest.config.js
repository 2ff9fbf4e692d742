/**
 * `unit` needs nothing but Node; `e2e` starts one embedded PostgreSQL for the whole run. The others run only when they
 * are asked for: `browser` needs Chromium besides, `clients` the packages of `test/clients`.
 */
const shared = {
  rootDir: '.',
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: {
            legacyDecorator: true,
            decoratorMetadata: true,
            useDefineForClassFields: false,
          },
        },
        module: { type: 'es6' },
      },
    ],
  },
};

const onPostgres = {
  globalSetup: '<rootDir>/test/support/global-setup.js',
  globalTeardown: '<rootDir>/test/support/global-teardown.js',
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
    { ...shared, ...onPostgres, displayName: 'clients', testMatch: ['<rootDir>/test/clients/*.client.ts'] },
  ],
  testTimeout: 30_000,
  // ES modules of a test file are never freed by Node: one process for all of them runs out of its heap.
  workerIdleMemoryLimit: '1GB',
};
