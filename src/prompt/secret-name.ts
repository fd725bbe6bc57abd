/** What a name ends with that stands for a secret: "--db-password", "GITHUB_TOKEN", "clientSecret". */
const nouns = new Set(["password", "passwd", "passphrase", "passcode", "pass", "pwd", "pw", "psk", "secret", "token", "pat", "apikey", "jwt", "bearer", "credential", "credentials", "otp", "pin", "sshpass"]);
/** Of which a key is none to be shown; others are files ("--key", "--client-key"), or what a program sorts by. */
const keys = new Set(["api", "access", "secret", "private", "auth", "encryption", "signing", "account", "master", "app", "shared", "session", "subscription"]);
/** Names in which nothing parts the words: "PGPASSWORD". */
const runTogether = /(?:password|passwd|passphrase|authtoken|apikey|secretkey|accesskey)$/;
/** How options begin that ask for a secret, or do something with one, and hold none themselves: "--ask-pass", "--no-token". */
const verbs = new Set(["no", "ask", "show", "print", "prompt", "reset", "rotate", "require", "use", "with", "without", "skip", "delete"]);
/** The shell's own: where it is, and was. */
const folders = new Set(["PWD", "OLDPWD"]);

/** Whether what is given under this name is a secret, as far as a name can tell. */
export function namesSecret(name: string): boolean {
  if (folders.has(name)) return false;
  const parts = name.replace(/([a-z])([A-Z])/g, "$1-$2").toLowerCase().split(/[-_.:/]+/).filter((part) => part !== "");
  const [last = "", before = ""] = parts.toReversed();
  if (verbs.has(parts[0] ?? "")) return false;
  return nouns.has(last) || runTogether.test(last) || (last === "key" && keys.has(before));
}
