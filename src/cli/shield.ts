import { spawnSync } from "node:child_process";
import { relative } from "node:path";
import { Failure } from "./failure.ts";
import { prepareHome, type Home } from "./home.ts";

/** Mounts an empty folder over the home, then gives up every privilege that was needed for it and becomes the command. */
const script = `mount -t tmpfs -o size=4k,mode=500 none "$1" &&
  { [ -z "$2" ] || mount --bind /dev/null "$2"; } &&
  shift 2 &&
  exec setpriv --inh-caps=-all --ambient-caps=-all --bounding-set=-all --no-new-privs -- "$@"`;

/**
 * The command inside a user and mount namespace of its own (Linux), where the home folder is empty and the memory, environment and
 * files of aegis can't be reached. It can still signal aegis, and run no setuid program.
 *
 * @throws Failure when this system can't do that
 */
export function shielded(command: readonly string[], home: Home): string[] {
  prepareHome(home);
  const outside = relative(home.folder, home.config).startsWith("..") ? home.config : "";
  const wrap = (words: readonly string[]): string[] => ["unshare", "--user", "--mount", "--map-current-user", "--keep-caps", "sh", "-c", script, "aegis-shield", home.folder, outside, ...words];
  const [program = "", ...words] = wrap(["true"]);
  const tried = spawnSync(program, words, { encoding: "utf8", timeout: 5_000 });
  if (tried.status === 0) return wrap(command);
  const why = tried.error ? `"unshare" cannot be run` : tried.stderr.trim().split("\n")[0] || `it ended with ${tried.status ?? tried.signal}`;
  throw new Failure(`the shield cannot be raised: ${why}`, "it needs Linux with unprivileged user namespaces, and util-linux; leave --shield out to run without it");
}
