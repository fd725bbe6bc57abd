import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The hosts that Claude Code wants to reach at its first start. */
const hosts = ["*.anthropic.com", "*.claude.com", "claude.ai"];

/** Anthropic's services, as far as a first start asks for them: a proxy on loopback whose every host answers "{}". */
export class AnthropicWorld implements AsyncDisposable {
  readonly #folder: string;
  readonly #servers: readonly Server[];
  readonly #open: ReadonlySet<Socket>;
  readonly #port: number;

  private constructor(folder: string, servers: readonly Server[], open: ReadonlySet<Socket>, port: number) {
    this.#folder = folder;
    this.#servers = servers;
    this.#open = open;
    this.#port = port;
  }

  static async start(): Promise<AnthropicWorld> {
    const folder = mkdtempSync(join(tmpdir(), "aegis-anthropic-"));
    const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    const names = hosts.map((host) => `DNS:${host}`).join(",");
    execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=loopback", "-addext", `subjectAltName=${names}`, "-keyout", key, "-out", cert], { stdio: "ignore" });
    const services = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, response) => void response.writeHead(200, { "content-type": "application/json" }).end("{}"));
    const proxy = createServer();
    const open = new Set<Socket>();
    const port = await listens(services);
    proxy.on("connect", (_, client: Socket) => {
      const server = connect(port, "127.0.0.1", () => client.write("HTTP/1.1 200 OK\r\n\r\n"));
      for (const [one, other] of [[client, server], [server, client]] as const) {
        open.add(one);
        one.on("error", () => other.destroy()).pipe(other);
      }
    });
    return new AnthropicWorld(folder, [services, proxy], open, await listens(proxy));
  }

  /** What an agent needs to find it. */
  get environment(): NodeJS.ProcessEnv {
    return { HTTPS_PROXY: `http://127.0.0.1:${this.#port}`, NO_PROXY: "127.0.0.1", NODE_EXTRA_CA_CERTS: join(this.#folder, "cert.pem") };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#open) socket.destroy();
    await Promise.all(this.#servers.map((server) => new Promise((resolve) => server.close(resolve))));
    rmSync(this.#folder, { recursive: true });
  }
}

/** Gives the port. */
async function listens(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new TypeError("a server that listens on no port");
  return address.port;
}
