import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { commandList, parseCommand } from "../../src/prompt/command.ts";

const order = (verb: string, argument = ""): object => ({ is: "order", verb, argument });

for (const [text, wanted] of [
  ["/screen", order("screen")],
  ["/screen@aegis_bot", order("screen")],
  ["/SCREEN", order("screen")],
  ["/tail", order("tail", "20")],
  ["/tail 5", order("tail", "5")],
  ["/input  yes, go on ", order("input", "yes, go on")],
  ["/input /help", order("input", "/help")],
  ["/keys Ctrl-C", order("keys", "ctrl-c")],
  ["/stop now", order("stop")],
  ["/start", { is: "overview", of: "help" }],
  ["/status", { is: "overview", of: "status" }],
] as const) {
  test(`"${text}" is understood`, () => assert.deepEqual(parseCommand(text), wanted));
}

test("a command of the program's own is told from ours", () => assert.deepEqual(parseCommand("/model opus"), { is: "unknown" }));

for (const [text, why] of [
  ["/tail 0", /1 to 200/],
  ["/tail many", /1 to 200/],
  ["/input", /takes the text/],
  ["/input one\ntwo", /more than one line/],
  ["/input rm \u202Etxt", /do not print/],
  ["/keys f12", /esc, enter, up/],
  ["/keys", /esc, enter, up/],
] as const) {
  test(`${JSON.stringify(text)} is refused with a reason`, () => {
    const command = parseCommand(text);
    assert.ok(command?.is === "refused");
    assert.match(command.why, why);
  });
}

test("words that do not begin with a command are no command", () => {
  for (const text of ["yes", "", " / ", "/", "1/2", "see /help"]) assert.equal(parseCommand(text), undefined, text);
});

test("every command in the menu is understood, and fits what Telegram takes", () => {
  for (const { command, description } of commandList) {
    assert.match(command, /^[a-z0-9_]{1,32}$/);
    assert.ok(description.length <= 256);
    const parsed = parseCommand(`/${command} ${{ input: "x", keys: "esc" }[command] ?? ""}`);
    assert.ok(parsed !== undefined && !["refused", "unknown"].includes(parsed.is), command);
  }
});

test("no text makes an order that would type a second line or a control character", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const command = parseCommand(`/input ${text}`);
      if (command?.is === "order") assert.doesNotMatch(command.argument, /[\x00-\x1f\x7f]/);
    }),
  );
});
