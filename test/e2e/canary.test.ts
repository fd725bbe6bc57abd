import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Fault } from "../botapi/fault.ts";
import { startDesk } from "./desk.ts";

const faults: readonly Fault[] = [
  { kind: "html", status: 502 },
  { kind: "error", code: 400, description: "Bad Request" },
  { kind: "error", code: 401, description: "Unauthorized" },
  { kind: "reset" },
  { kind: "truncated" },
  { kind: "redirect", location: "http://127.0.0.1:9/" },
];

/** Everything below a folder, as bytes. */
function filesOf(folder: string): Array<readonly [string, Buffer]> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  return names.filter((entry) => entry.isFile()).map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name))] as const);
}

for (const fault of faults) {
  const name = "status" in fault ? `${fault.kind} ${fault.status}` : "code" in fault ? `error ${fault.code}` : fault.kind;
  test(`after ${name} the token and a typed password are nowhere, under NODE_DEBUG too`, async () => {
    await using desk = await startDesk();
    using _first = desk.api.fault("*", fault, 3);
    const env = { NODE_DEBUG: "http,https,net,tls,fetch,undici,stream", AEGIS_LOG_LEVEL: "debug" };
    await using terminal = desk.run(["python3", "-c", 'import getpass, os; print(os.environ); print(open(f"/proc/{os.getppid()}/cmdline").read()); print("length", len(getpass.getpass("Vault password: ")))'], { env });
    await terminal.sees(/Vault password:/);
    await desk.api.until("poll", () => desk.api.calls.find(({ method }) => method === "getUpdates"));
    assert.match(terminal.output, /^NET .*readStart/m, "Node's own debugging is on");
    terminal.type("canary-s3cret\r");
    await terminal.sees(/length 13/);
    await terminal.exit();
    const [, secretPart = ""] = desk.api.token.split(":");
    for (const canary of [secretPart, "canary-s3cret"]) {
      assert.ok(!terminal.output.includes(canary), `${canary} on the terminal:\n${terminal.output.split("\n").find((line) => line.includes(canary))}`);
      for (const [file, bytes] of filesOf(desk.home)) assert.ok(file === "config.toml" || !bytes.includes(canary), `${canary} in ${file}`);
    }
  });
}

test("a secret on the screen reaches neither the phone nor a file, and the tap still finds its question", async () => {
  await using desk = await startDesk();
  // In two pieces, so that no scanner takes this file for a leak.
  const secret = ["ghp", "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0dF3gH6"].join("_");
  writeFileSync(join(desk.cwd, "secret"), secret);
  await using terminal = desk.run(["bash", "-c", `s=$(cat ${join(desk.cwd, "secret")}); echo "export TOKEN=$s"; read -p "Push with $s? [y/n] " a; echo "got <$a>"`]);
  await desk.ada.taps("Yes");
  assert.equal(await terminal.exit(), 0);
  assert.match(terminal.text, /got <y>/);
  const [message] = desk.api.messages;
  assert.match(message?.text ?? "", /Push with ‹redacted github …3gH6›/);
  assert.ok(!JSON.stringify(desk.api.calls).includes(secret));
  for (const [file, bytes] of filesOf(desk.home)) assert.ok(!bytes.includes(secret), file);
});

test("a password on the command line reaches neither the phone nor a file nor a list, and the program gets it", async () => {
  await using desk = await startDesk();
  await using terminal = desk.run(["bash", "-c", 'read -p "Log in? [y/n] " a; echo "$a with $# words, ${#2} and ${#4} long"', "login", "--password", "hunter2", "--token", "hunter2-more", "PGPASSWORD=hunter2"]);
  const message = await desk.api.message(({ text }) => text.includes("Log in?"));
  assert.match(message.text, /--password ‹redacted argument›/);
  for (const words of [["status"], ["status", "--json"], ["sessions", "--json"], ["audit", "show"], ["audit", "export"]]) assert.doesNotMatch((await desk.aegis(words)).stdout, /hunter2/, words.join(" "));
  await desk.ada.taps("Yes");
  assert.equal(await terminal.exit(), 0);
  assert.match(terminal.text, /y with 5 words, 7 and 12 long/);
  assert.ok(!JSON.stringify(desk.api.calls).includes("hunter2"));
  for (const [file, bytes] of filesOf(desk.home)) assert.ok(!bytes.includes("hunter2"), file);
});
