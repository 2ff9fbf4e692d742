import { createRequire, register } from 'node:module';
import { pathToFileURL } from 'node:url';
import { ModernFakeTimers } from '@jest/fake-timers';
import circus from 'jest-circus/runner';

register('./module-hooks.js', import.meta.url);
process.setSourceMapsEnabled(true);

const require = createRequire(import.meta.url);
const EVENT_HANDLERS = Symbol.for('EVENT_HANDLERS');

/**
 * Jest's `testRunner`: jest-circus, as by default, except that Node loads the modules. A worker loads the service, Nest
 * and TypeORM once for all its test files; Jest's own module system, which isolates files, would do so for each of them.
 */
export default function run(globalConfig, config, environment, runtime, testPath, sendMessageToJest) {
  // Jest's own translation of stacks knows only what its module system loaded.
  Error.prepareStackTrace = undefined;
  delete globalThis[EVENT_HANDLERS];
  const byNode = {
    // jest-circus keeps the state of one file, so each file gets a new one.
    requireInternalModule: (path) => {
      delete require.cache[path];
      return require(path);
    },
    requireModule: require,
    setGlobalsForRuntime: (globals) => {
      const jest = new ModernFakeTimers({ config, global: globalThis });
      globalThis.quintetTestGlobals = { ...globals, jest };
    },
    unstable_shouldLoadAsEsm: () => true,
    unstable_importModule: (path) => import(pathToFileURL(path).href),
    enterTestCode: () => runtime.enterTestCode(),
    leaveTestCode: () => runtime.leaveTestCode(),
  };
  const here = { global: globalThis, handleTestEvent: ({ error }) => nameFrames(error) };
  return circus.default(globalConfig, config, here, byNode, testPath, sendMessageToJest);
}

/** Jest's reporters leave out frames called `<anonymous>`, which is what Node calls arrow functions once it maps a stack. */
function nameFrames(error) {
  if (typeof error?.stack === 'string')
    error.stack = error.stack.replaceAll(/at <anonymous> \((.+)\)$/gm, 'at $1');
}
