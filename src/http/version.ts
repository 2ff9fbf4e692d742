import { createRequire } from 'node:module';

/** Of the service, as package.json tells it; `#package` leads there from the sources as from what is built of them. */
export const VERSION = (createRequire(import.meta.url)('#package') as { version: string }).version;
