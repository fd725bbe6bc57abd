import { chmodSync, rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";

/** What one process says to another over a beacon: are you there, I am, I have taken your lease. */
export const signs = { ask: "?", here: "!", taken: "x" } as const;

export interface BeaconTold {
  /** Somebody has taken the lease of this process, which did not answer in time. */
  taken(): void;
  /** Somebody who watched it has gone, by its own will or not. */
  left(): void;
}

/** A Unix socket that answers as long as its process does: how others learn that it lives, and at once when it dies. */
export class Beacon implements AsyncDisposable {
  readonly #server: Server;
  readonly #path: string;
  readonly #guests = new Set<Socket>();
  readonly #told: BeaconTold;

  private constructor(server: Server, path: string, told: BeaconTold) {
    this.#server = server;
    this.#path = path;
    this.#told = told;
  }

  /** @throws the system's error when the socket can't be made */
  static async light(path: string, told: BeaconTold): Promise<Beacon> {
    const server = createServer();
    const beacon = new Beacon(server, path, told);
    server.on("connection", (guest) => beacon.#welcome(guest));
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(path, resolve);
    });
    chmodSync(path, 0o600);
    server.unref();
    return beacon;
  }

  #welcome(guest: Socket): void {
    this.#guests.add(guest);
    guest.unref();
    guest.on("error", () => undefined).on("close", () => {
      this.#guests.delete(guest);
      this.#told.left();
    });
    guest.on("data", (data) => {
      const said = data.toString("latin1");
      if (said.includes(signs.taken)) this.#told.taken();
      else guest.write(signs.here);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const guest of this.#guests) guest.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
    rmSync(this.#path, { force: true });
  }
}
