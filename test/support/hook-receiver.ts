import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Receives the webhooks of tests. */
export interface HookReceiver {
  readonly address: string;
  close(): Promise<void>;
}

/** A local server that accepts every request. */
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
