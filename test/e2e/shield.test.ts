import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { startDesk } from "./desk.ts";

const skip = spawnSync("unshare", ["--user", "--mount", "--map-current-user", "true"]).status === 0 ? false : "no unprivileged user namespaces here";

test("behind the shield the program finds no home folder, no environment and no memory of aegis, and still gets its answers", { skip }, async () => {
  await using desk = await startDesk();
  const spy = [
    `ls -A ${desk.home} | wc -l`,
    `umount ${desk.home} 2>/dev/null && echo "it got through"`,
    'cat /proc/$PPID/environ >/dev/null 2>&1 && echo "it got through"',
    'head -c 1 /proc/$PPID/mem >/dev/null 2>&1 && echo "it got through"',
    'read -p "Go on? [y/n] " a; echo "got <$a>"; exit 6',
  ].join("; ");
  await using terminal = desk.run(["--shield", "bash", "-c", spy]);
  await desk.ada.taps("Yes");
  assert.equal(await terminal.exit(), 6);
  assert.match(terminal.text, /^0$/m);
  assert.match(terminal.text, /got <y>/);
  assert.doesNotMatch(terminal.text, /^it got through/m);
});

test("a shield that cannot be raised starts nothing, and says so", async () => {
  await using desk = await startDesk();
  const { code, stdout, stderr } = await desk.aegis(["run", "--shield", "/bin/echo", "started"], { env: { PATH: "/nowhere" } });
  assert.equal(code, 125);
  assert.equal(stdout, "");
  assert.match(stderr, /^aegis: error: the shield cannot be raised: .*\naegis: hint: /);
});
