/**
 * Keeps what V8 compiles in `dist`, so that the next start need not compile it again, where Node can (from 22.1).
 * Imported first, for its effect: it holds for what is imported dynamically afterwards.
 */
import module from 'node:module';
import { fileURLToPath } from 'node:url';

type WithCompileCache = { enableCompileCache?(folder: string): unknown };

(module as WithCompileCache).enableCompileCache?.(
  fileURLToPath(new URL('../../.compile-cache', import.meta.url)),
);
