/** How an option holds its secret: all of it, or what stands behind the first of these signs ("ada:hunter2"). */
export type Holding = "whole" | ":" | "," | "%";

export interface SecretOptions {
  /** By the option, whose value is the next word. */
  readonly next?: Readonly<Record<string, Holding>>;
  /** By the option, whose value is the rest of its own word: "-phunter2". */
  readonly joined?: Readonly<Record<string, Holding>>;
  /** Single letters may stand together, and the last one's value is the next word: "-sSu ada:hunter2". */
  readonly bundles?: true;
}

const sql: SecretOptions = { joined: { "-p": "whole" } };
const archive: SecretOptions = { joined: { "-p": "whole", "-hp": "whole" } };
const login: SecretOptions = { next: { "-p": "whole" } };
const ldap: SecretOptions = { next: { "-w": "whole" }, joined: { "-w": "whole" } };
const samba: SecretOptions = { next: { "-U": "%", "--user": "%" }, joined: { "-U": "%" } };
const zip: SecretOptions = { next: { "-P": "whole" } };
const upper: SecretOptions = { next: { "-P": "whole" }, joined: { "-P": "whole" } };
const putty: SecretOptions = { next: { "-pw": "whole" } };
const http: SecretOptions = { next: { "-a": ":", "--auth": ":" }, joined: { "--auth=": ":" } };
const curl: SecretOptions = {
  next: { "-u": ":", "--user": ":", "-U": ":", "--proxy-user": ":", "-E": ":", "--cert": ":", "-b": "whole", "--cookie": "whole" },
  joined: { "-u": ":", "-U": ":", "--user=": ":", "--proxy-user=": ":" },
  bundles: true,
};
const openssl: SecretOptions = { next: { "-k": "whole", "-pass": ":", "-passin": ":", "-passout": ":" } };
const nothing: SecretOptions = {};

/** What single letters mean is each program's own (their manuals, 2026-11), and of some, one command's: "docker login". */
export const secretOptions: ReadonlyMap<string, SecretOptions> = new Map([
  ...["mysql", "mysqldump", "mysqladmin", "mysqlimport", "mysqlcheck", "mysqlshow", "mariadb", "mariadb-dump", "mariadb-admin", "mysqlsh"].map((name) => [name, sql] as const),
  ...["7z", "7za", "7zr", "7zz", "rar", "unrar"].map((name) => [name, archive] as const),
  ["sshpass", { next: { "-p": "whole" }, joined: { "-p": "whole" } }],
  ...["mongo", "mongosh", "mongodump", "mongorestore", "mongoexport", "mongoimport", "cqlsh", "az", "oc", "cf", "twine", "rdesktop", "mycli", ...["docker", "podman", "nerdctl", "helm", "oras", "skopeo", "buildah", "crane", "regctl"].map((name) => `${name} login`)].map((name) => [name, login] as const),
  ...["ldapsearch", "ldapmodify", "ldapadd", "ldapdelete", "ldappasswd", "ldapwhoami"].map((name) => [name, ldap] as const),
  ...["smbclient", "smbget", "rpcclient", "net"].map((name) => [name, samba] as const),
  ...["zip", "unzip"].map((name) => [name, zip] as const),
  ...["sqlcmd", "bcp", "ipmitool", "mosquitto_pub", "mosquitto_sub"].map((name) => [name, upper] as const),
  ...["plink", "pscp", "psftp", "putty"].map((name) => [name, putty] as const),
  ...["http", "https", "xh", "xhs"].map((name) => [name, http] as const),
  ...["curl", "curlie"].map((name) => [name, curl] as const),
  ["redis-cli", { next: { "-a": "whole" } }],
  ["lftp", { next: { "-u": "," } }],
  ["openssl", openssl],
  ["nmcli", { next: { password: "whole", psk: "whole", "802-11-wireless-security.psk": "whole" } }],
  // Whose -p is a port, a folder, a package, an expression, a question.
  ...["ssh", "scp", "sftp", "mkdir", "ps", "docker", "podman", "nerdctl", "helm", "oras", "skopeo", "buildah", "crane", "regctl", "compose", "cargo", "npm", "npx", "pnpm", "yarn", "bun", "node", "git", "pip", "uv", "conda", "pytest", "nmap", "iptables", "lsof", "strace", "gdb", "perf", "kill", "pkill", "pgrep", "top", "htop", "psql", "pg_dump", "createdb", "dropdb", "vim", "vi", "nvim", "less", "man", "tar", "cp", "rsync", "make", "perl", "telnet", "nc", "xargs", "claude", "codex", "gemini", "qwen", "copilot", "opencode"].map(
    (name) => [name, nothing] as const,
  ),
]);
