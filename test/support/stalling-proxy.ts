import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A proxy between the service and PostgreSQL that can stop forwarding: connections stay open and no byte arrives. */
export class StallingProxy {
  private isStalled = false;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    /** The same database through the proxy. */
    readonly url: string,
  ) {}

  static async before(databaseUrl: string): Promise<StallingProxy> {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const url = new URL(databaseUrl);
    const target = { host: url.hostname, port: Number(url.port) };
    url.hostname = '127.0.0.1';
    url.port = String((server.address() as AddressInfo).port);
    const proxy = new StallingProxy(server, url.href);
    server.on('connection', (client) => proxy.join(client, connect(target)));
    return proxy;
  }

  stall(): void {
    this.isStalled = true;
    for (const socket of this.sockets) socket.pause();
  }

  resume(): void {
    this.isStalled = false;
    for (const socket of this.sockets) socket.resume();
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((closed) => this.server.close(closed));
  }

  private join(client: Socket, postgres: Socket): void {
    for (const [from, to] of [
      [client, postgres],
      [postgres, client],
    ] as const) {
      this.sockets.add(from);
      from.on('error', () => undefined);
      from.on('data', (bytes) => to.write(bytes));
      from.on('close', () => {
        to.destroy();
        this.sockets.delete(from);
      });
      if (this.isStalled) from.pause();
    }
  }
}
