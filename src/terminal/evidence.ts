import { spawnSync } from "node:child_process";
import { platform } from "node:process";
import type { Evidence } from "../prompt/evidence.ts";
import { childrenOf, fdinfoOf, openFilesOf, runtimeOf, statOf, threadsOf, type ProcessStat } from "./proc.ts";
import { waitingOf, type Waiting } from "./waiting.ts";

/** sudo runs apt runs dpkg: each holds a PTY for the next. */
const maxProxies = 4;
/** Linux: the devices of /dev/pts/0 to /dev/pts/1048575 have the major numbers 136 to 143. */
const firstPtsMajor = 136;

type LineModes = Pick<Evidence, "echo" | "icanon">;

/**
 * Asks the kernel how the job in the foreground of a terminal waits, without touching it: from `/proc` on Linux, and stty.
 * 1 to 4 ms, and 2 to 3 more for stty, which is asked only if the job has run since: only it can have changed the modes.
 * For moments in which nothing moves.
 */
export class Inspector {
  readonly #leader: number;
  readonly #slave: string;
  #known: { readonly of: string; readonly modes: LineModes } | undefined;

  /**
   * @param leader the process that leads the terminal's session
   * @param slave  e.g. "/dev/pts/7"
   */
  constructor(leader: number, slave: string) {
    this.#leader = leader;
    this.#slave = slave;
  }

  evidence(): Evidence {
    if (platform !== "linux") return { ...lineModes(this.#slave), reading: undefined, running: undefined };
    return this.#inspect(this.#leader, this.#slave, maxProxies);
  }

  #inspect(root: number, slave: string, proxies: number): Evidence {
    const job = foregroundJob(root, slave);
    if (proxies > 0) {
      // script, sudo, ssh-like relays: they always wait for their terminal. What counts is the job on the one they made.
      for (const pid of job) {
        for (const inner of ptysMadeBy(pid)) {
          if (foregroundJob(pid, inner).length > 0) return this.#inspect(pid, inner, proxies - 1);
        }
      }
    }
    const wait = waitOf(job, slave);
    // su starts its program in a session of its own, which may read the terminal all the same.
    const reading = wait.reading === null && detached(root).some((pid) => waitsOf(pid, slave).includes("read")) ? "read" : wait.reading;
    return { ...this.#modes(slave, job), ...wait, reading };
  }

  #modes(slave: string, job: readonly number[]): LineModes {
    const runs = job.flatMap((pid) => threadsOf(pid).map((thread) => ({ thread, for: runtimeOf(pid, thread) })));
    if (runs.length === 0 || runs.some((run) => run.for === undefined)) return lineModes(slave);
    const of = `${slave} ${runs.map((run) => `${run.thread}:${run.for}`).join(" ")}`;
    if (this.#known?.of !== of) this.#known = { of, modes: lineModes(slave) };
    return this.#known.modes;
  }
}

function waitOf(job: readonly number[], slave: string): Pick<Evidence, "reading" | "running"> {
  const waits = job.flatMap((pid) => waitsOf(pid, slave));
  const reading = (["read", "poll", "select", "epoll"] as const).find((how) => waits.includes(how));
  const hidden = job.length === 0 || waits.includes(undefined);
  return {
    reading: reading ?? (hidden ? undefined : null),
    running: job.length === 0 ? undefined : waits.includes("running"),
  };
}

function waitsOf(pid: number, slave: string): Waiting[] {
  return threadsOf(pid).map((thread) => waitingOf(pid, thread, [slave, "/dev/tty"]));
}

/** The processes of the terminal's foreground group that descend from `root`. */
function foregroundJob(root: number, slave: string): number[] {
  const device = deviceOf(slave);
  return descendants(root).flatMap(({ pid, stat }) => (stat.tty === device && stat.group === stat.foreground && !"ZX".includes(stat.state) ? [pid] : []));
}

/** Those of its descendants that have no terminal of their own. */
function detached(root: number): number[] {
  return descendants(root).flatMap(({ pid, stat }) => (stat.tty === 0 ? [pid] : []));
}

function descendants(root: number): { readonly pid: number; readonly stat: ProcessStat }[] {
  const found: { readonly pid: number; readonly stat: ProcessStat }[] = [];
  const todo = [root];
  for (let pid = todo.pop(); pid !== undefined; pid = todo.pop()) {
    const stat = statOf(pid);
    if (stat === undefined) continue;
    found.push({ pid, stat });
    for (const thread of threadsOf(pid)) todo.push(...childrenOf(pid, thread));
  }
  return found;
}

/** The slaves whose masters a process holds. */
function ptysMadeBy(pid: number): string[] {
  return openFilesOf(pid)
    .filter(([, target]) => target === "/dev/ptmx" || target === "/dev/pts/ptmx")
    .map(([fd]) => /tty-index:\s*(\d+)/.exec(fdinfoOf(pid, fd) ?? "")?.[1])
    .filter((index) => index !== undefined)
    .map((index) => `/dev/pts/${index}`);
}

/** The number that `/proc/<pid>/stat` gives for a slave: major in bits 8 to 19, minor in the others. */
function deviceOf(slave: string): number | undefined {
  const index = Number(/^\/dev\/pts\/(\d+)$/.exec(slave)?.[1] ?? Number.NaN);
  if (Number.isNaN(index)) return undefined;
  const minor = index & 0xff;
  return ((firstPtsMajor + (index >> 8)) << 8) | minor;
}

/** Undefined where stty may not open the terminal (sudo's own belongs to root). */
function lineModes(slave: string): LineModes {
  const { status, stdout } = spawnSync("stty", [platform === "linux" ? "-F" : "-f", slave, "-a"], { encoding: "latin1", env: { LC_ALL: "C" } });
  if (status !== 0) return { echo: undefined, icanon: undefined };
  return { echo: /(?<![-\w])echo(?!\w)/.test(stdout), icanon: /(?<![-\w])icanon(?!\w)/.test(stdout) };
}
