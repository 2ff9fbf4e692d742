import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { onPort, type Config } from '../config/config.js';
import { StartError } from './start-error.js';

/**
 * Checks that PORT can be listened on before a database is started; port 0 becomes a free one. If another process takes
 * it before the service listens, that fails with the same message.
 */
export async function settlePort(config: Config): Promise<Config> {
  const { port, host } = config;
  const server = createServer();
  try {
    server.listen({ port, host });
    await once(server, 'listening');
    return onPort(config, (server.address() as AddressInfo).port);
  } catch (error) {
    throw explainListening(error, config);
  } finally {
    if (server.listening) await new Promise((closed) => server.close(closed));
  }
}

/** Turns an error of `listen` into a sentence, where a setting would fix it. */
export function explainListening(error: unknown, config: Config): unknown {
  const sentence = SENTENCES[(error as { code?: string }).code ?? ''];
  return sentence === undefined ? error : new StartError(sentence(config));
}

const noSuchHost = ({ host }: Config): string => `HOST ${host} is no address of this machine.`;

const SENTENCES: Readonly<Record<string, (config: Config) => string>> = {
  EADDRINUSE: ({ port }) => `PORT ${port} is in use: stop what listens there or set another PORT.`,
  EACCES: ({ port }) => `PORT ${port} may not be opened by this user: set a PORT above 1023.`,
  EADDRNOTAVAIL: noSuchHost,
  ENOTFOUND: noSuchHost,
};
