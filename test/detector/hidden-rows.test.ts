import assert from "node:assert/strict";
import { test } from "node:test";
import { listens, Stage } from "./stage.ts";

const hide = "\x1b[2J\x1b[H\x1b[?25l";

async function offered(screen: string): Promise<readonly (readonly [label: string, keys: string])[]> {
  const stage = new Stage(listens, { cols: 80, rows: 24 });
  stage.write(hide + screen.replaceAll("\n", "\r\n"));
  await stage.pass(1000);
  return stage.opened.flatMap(({ choices }) => choices.map(({ label, keys }) => [label, keys] as const));
}

test("a list of boxes that hides rows offers to show them, pointed at by a filled circle", async () => {
  const list = `╭──────────────────────────────────────────────────╮
│ Which features do you want?                      │
│ ▲                                                │
│ ● 1. [ ] Logging                                 │
│          What Logging brings                     │
│   2. [x] Metrics                                 │
│          What Metrics brings                     │
│ ▼                                                │
│                                                  │
│ Enter to select · ↑/↓ to navigate · Esc to cancel│
╰──────────────────────────────────────────────────╯
`;
  assert.deepEqual(await offered(list), [["Logging", "1"], ["Metrics", "2"], ["▲ more", "\x1b[A"], ["▼ more", "\x1b[B\x1b[B"]]);
});

test("the row that ends such a list is chosen by Enter when the circle points at it", async () => {
  const list = `╭──────────────────────────────────────────────────╮
│ Which features do you want?                      │
│ ▲                                                │
│   4. [ ] All of the above                        │
│   5. [ ] Enter a custom value                    │
│ ●  Done                                          │
│    Finish selection                              │
│ ▼                                                │
│                                                  │
│ Enter to select · ↑/↓ to navigate · Esc to cancel│
╰──────────────────────────────────────────────────╯
`;
  assert.deepEqual((await offered(list)).slice(0, 3), [["All of the above", "4"], ["Enter a custom value", "5"], ["Done", "\r"]]);
});

test("Qwen's boxes are ticked by Space, numbered as they are, and Enter confirms them", async () => {
  const list = `  Which features do you want?

   ❯ [ ] 1. Logging
            What Logging brings
     [✓] 2. Metrics
            What Metrics brings

   ↑/↓: Navigate | Space: Toggle | Enter: Confirm | Esc: Cancel
  ⠏ Waiting for user confirmation...`;
  assert.deepEqual(await offered(list), [["Logging", " "], ["Metrics", "\x1b[B "], ["Confirm", "\r"]]);
});
