import { connect, createServer, type Server, type Socket } from 'node:net';

/** A way to a server that can be cut: `up` passes on, `refuse` closes every connection, `hang` takes them and says nothing. */
export class TcpProxy {
  #state: 'up' | 'refuse' | 'hang' = 'up';
  readonly #sockets = new Set<Socket>();
  #server!: Server;
  #port = 0;

  private constructor(private readonly to: { host: string; port: number }) {}

  /** @param url of the server behind @returns the proxy, and the same address by way of it */
  static async before(url: string): Promise<{ proxy: TcpProxy; url: string }> {
    const behind = new URL(url);
    const proxy = new TcpProxy({ host: behind.hostname, port: Number(behind.port) });
    await proxy.#listen();
    behind.hostname = '127.0.0.1';
    behind.port = String(proxy.#port);
    return { proxy, url: behind.href };
  }

  /** From now on. What is connected is cut off (`refuse`), or hears nothing more (`hang`). */
  become(state: 'up' | 'refuse' | 'hang'): void {
    this.#state = state;
    for (const socket of this.#sockets) {
      if (state === 'hang') {
        socket.unpipe();
        socket.pause();
      } else socket.destroy();
    }
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #listen(): Promise<void> {
    this.#server = createServer((socket) => {
      this.#keep(socket);
      if (this.#state === 'refuse') return socket.destroy();
      if (this.#state === 'hang') return socket.pause();
      const behind = connect(this.to);
      this.#keep(behind);
      socket.pipe(behind).pipe(socket);
      socket.on('close', () => behind.destroy());
      behind.on('close', () => socket.destroy());
    });
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.#port = (this.#server.address() as { port: number }).port;
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => this.#sockets.delete(socket));
  }
}
