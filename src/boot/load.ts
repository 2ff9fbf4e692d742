import { createRequire } from 'node:module';

/**
 * Loads a module of this folder and all that it imports, one file after the other. `import` opens the files of several
 * hundred modules at once, and fails misleadingly where a process may open fewer. The modules must not await at top level.
 */
export const load = createRequire(import.meta.url) as <Module>(path: string) => Module;
