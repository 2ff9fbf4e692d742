/** What a test file gets from `@jest/globals`; evaluated for each importing file. */
export const { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } =
  globalThis.quintetTestGlobals;
