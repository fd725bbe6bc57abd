import { rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";

/** What one process says to another over a beacon: are you there, I am, I have taken your lease. */
export const signs = { ask: "?", here: "!", taken: "x" } as const;

/** A Unix socket that answers as long as its process does: how others learn that it lives, and at once when it dies. */
export class Beacon implements AsyncDisposable {
  readonly #server: Server;
  readonly #path: string;
  readonly #guests = new Set<Socket>();

  private constructor(server: Server, path: string) {
    this.#server = server;
    this.#path = path;
  }

  /**
   * @param onTaken  somebody has taken the lease of this process, which did not answer in time
   * @throws the system's error when the socket can't be made
   */
  static async light(path: string, onTaken: () => void): Promise<Beacon> {
    const server = createServer();
    const beacon = new Beacon(server, path);
    server.on("connection", (guest) => beacon.#welcome(guest, onTaken));
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(path, resolve);
    });
    server.unref();
    return beacon;
  }

  #welcome(guest: Socket, onTaken: () => void): void {
    this.#guests.add(guest);
    guest.unref();
    guest.on("error", () => undefined).on("close", () => this.#guests.delete(guest));
    guest.on("data", (data) => {
      const said = data.toString("latin1");
      if (said.includes(signs.taken)) onTaken();
      else guest.write(signs.here);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const guest of this.#guests) guest.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
    rmSync(this.#path, { force: true });
  }
}
