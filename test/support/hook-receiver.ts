import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where web hooks of tests are sent to. */
export interface HookReceiver {
  readonly address: string;
  close(): Promise<void>;
}

/** A server on this machine that takes whatever comes. */
export async function startHookReceiver(): Promise<HookReceiver> {
  const server = createServer((_, response) => response.writeHead(204).end());
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
