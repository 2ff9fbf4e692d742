import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A proxy between the service and PostgreSQL, which its subclasses disturb. */
export abstract class PostgresProxy {
  protected readonly sockets = new Set<Socket>();

  protected constructor(
    private readonly server: Server,
    /** The same database through the proxy. */
    readonly url: string,
  ) {}

  /** Starts a proxy that `create` makes. */
  protected static async start<T extends PostgresProxy>(
    databaseUrl: string,
    create: (server: Server, url: string) => T,
  ): Promise<T> {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const url = new URL(databaseUrl);
    const target = { host: url.hostname, port: Number(url.port) };
    url.hostname = '127.0.0.1';
    url.port = String((server.address() as AddressInfo).port);
    const proxy = create(server, url.href);
    server.on('connection', (client) => proxy.join(client, connect(target)));
    return proxy;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((closed) => this.server.close(closed));
  }

  /** Forwards the bytes of a client's connection. */
  protected abstract forward(client: Socket, postgres: Socket): void;

  /** Both connections end together. */
  private join(client: Socket, postgres: Socket): void {
    for (const socket of [client, postgres]) {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        client.destroy();
        postgres.destroy();
        this.sockets.delete(socket);
      });
    }
    this.forward(client, postgres);
  }
}

/** PostgreSQL's message by which a session ends. */
export function fatalError(code: string, message: string): Buffer {
  const fields = `SFATAL\0VFATAL\0C${code}\0M${message}\0\0`;
  const head = Buffer.from([0x45, 0, 0, 0, 0]);
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, Buffer.from(fields)]);
}
