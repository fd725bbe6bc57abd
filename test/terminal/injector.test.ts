import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { systemClock } from "../../src/async/clock.ts";
import type { Detection } from "../../src/prompt/detection.ts";
import type { Answer } from "../../src/prompt/reply.ts";
import { inject } from "../../src/terminal/injector.ts";
import { readStage, type ReadStage } from "./read-stage.ts";
import { fixture } from "./spawned.ts";

const menu = (quirk: string, ...options: string[]) => readStage([process.execPath, fixture("menu.mjs"), quirk, ...options]);
const bash = (script: string) => readStage(["bash", "--norc", "-c", script]);
const answer = (stage: ReadStage, prompt: Detection, given: Answer, begin: () => Promise<boolean> = () => Promise.resolve(true)) =>
  inject(prompt, given, stage, systemClock, new AbortController().signal, begin);
const notDelivered = (why: string) => ({ is: "not_delivered", why });

describe("choosing in a menu", { concurrency: 6 }, () => {
  for (const quirk of ["none", "burst", "slow"]) {
    for (const [choice, label] of ["Yes", "Yes, always", "No"].entries()) {
      test(`${label}, key by key (${quirk})`, async () => {
        await using stage = menu(quirk, "Yes", "Yes, always", "No");
        assert.deepEqual(await answer(stage, await stage.asked(), { choice }), { is: "delivered" });
        await stage.child.exited;
        assert.match(stage.output().toString(), new RegExp(`chose ${label} for Delete the folder`));
        assert.deepEqual(stage.written, [...Array<string>(choice).fill("\x1b[B"), "\r"]);
      });
    }
  }

  test("starts from where the highlight is now, not where it was", async () => {
    await using stage = menu("none", "Yes", "Yes, always", "No");
    const prompt = await stage.asked();
    await stage.child.write("\x1b[B\x1b[B");
    await stage.until(/❯ No/);
    assert.deepEqual(await answer(stage, prompt, { choice: 1 }), { is: "delivered" });
    await stage.child.exited;
    assert.match(stage.output().toString(), /chose Yes, always/);
  });

  test("by a digit that takes at once", async () => {
    await using stage = menu("none", "1. Yes", "2. No");
    assert.deepEqual(await answer(stage, await stage.asked(), { choice: 1 }), { is: "delivered" });
    assert.deepEqual(stage.written, ["2"]);
  });

  test("by a digit that moves the highlight, with Enter once it has moved", async () => {
    await using stage = menu("numbers", "1. Yes", "2. No");
    assert.deepEqual(await answer(stage, await stage.asked(), { choice: 1 }), { is: "delivered" });
    await stage.child.exited;
    assert.deepEqual(stage.written, ["2", "\r"]);
    assert.match(stage.output().toString(), /chose 2\. No/);
  });

  test("goes over an option that is a field, and leaves it empty", async () => {
    await using stage = menu("none", "Yes", "Type something", "No");
    assert.deepEqual(await answer(stage, await stage.asked(), { choice: 2 }), { is: "delivered" });
    assert.deepEqual(stage.written, ["\x1b[B", "\x1b[B", "\r"]);
  });

  test("chooses an option that is a field by going to it: Enter would send it empty", async () => {
    await using stage = menu("none", "Yes", "Type something", "No");
    assert.deepEqual(await answer(stage, await stage.asked(), { choice: 1 }), { is: "delivered" });
    assert.deepEqual(stage.written, ["\x1b[B"]);
  });

  test("writes into a field without Enter where its list goes on with the words", async () => {
    await using stage = menu("field", "Yes", "Type something");
    assert.deepEqual(await answer(stage, await stage.asked(), { choice: 1 }), { is: "delivered" });
    assert.deepEqual(await answer(stage, await stage.asked(), { text: "Rust, perhaps" }), { is: "delivered" });
    assert.deepEqual(stage.written, ["\x1b[B", "Rust, perhaps"]);
  });

  test("stops, without Enter, when the menu becomes another", async () => {
    await using stage = menu("switch", "Yes", "No");
    assert.equal((await answer(stage, await stage.asked(), { choice: 1 })).is, "not_delivered");
    assert.deepEqual(stage.written, ["\x1b[B"]);
  });

  test("stops, without Enter, when the highlight does not move", async () => {
    await using stage = menu("stuck", "Yes", "No");
    assert.deepEqual(await answer(stage, await stage.asked(), { choice: 1 }), notDelivered("the menu did not follow the keys"));
    assert.deepEqual(stage.written, ["\x1b[B"]);
  });

  test("stops when somebody presses a key meanwhile", async () => {
    await using stage = menu("slow", "Yes", "Yes, always", "No");
    const prompt = await stage.asked();
    stage.onWrite = () => (stage.isContested = true);
    assert.deepEqual(await answer(stage, prompt, { choice: 2 }), notDelivered("someone typed at the keyboard"));
    assert.deepEqual(stage.written, ["\x1b[B"]);
  });

  test("is unconfirmed when nothing shows that it was taken", async () => {
    await using stage = menu("mute", "Yes", "No");
    assert.deepEqual(await answer(stage, await stage.asked(), { choice: 0 }), { is: "unconfirmed" });
    assert.deepEqual(stage.written, ["\r"]);
  });

  test("never takes a text, which would act on the highlighted row", async () => {
    await using stage = menu("none", "Yes", "No");
    assert.deepEqual(await answer(stage, await stage.asked(), { text: "No" }), notDelivered("this question takes one of its choices"));
    assert.deepEqual(stage.written, []);
  });

  test("types nothing for a choice that is not there", async () => {
    await using stage = menu("none", "Yes", "No");
    assert.deepEqual(await answer(stage, await stage.asked(), { choice: 2 }), notDelivered("there is no such choice"));
    assert.deepEqual(stage.written, []);
  });
});

describe("answering a line", { concurrency: 6 }, () => {
  test("is one write, with its Enter", async () => {
    await using stage = bash('read -p "Go on? " x; echo "got $x"');
    assert.deepEqual(await answer(stage, await stage.asked(), { choice: 1 }), { is: "delivered" });
    await stage.child.exited;
    assert.deepEqual(stage.written, ["n\r"]);
    assert.match(stage.output().toString(), /got n\r\n$/);
  });

  test("takes a text, in any script", async () => {
    await using stage = bash('read -p "Name? " x; echo "got $x"');
    assert.deepEqual(await answer(stage, await stage.asked(), { text: "Zoë 李 🦊" }), { is: "delivered" });
    await stage.child.exited;
    assert.match(stage.output().toString(), /got Zoë 李 🦊\r\n$/);
  });

  test("goes to a program that reads keys once the text shows", async () => {
    await using stage = bash('read -e -p "Name? " x; echo "got $x"');
    assert.deepEqual(await answer(stage, await stage.asked(), { text: "Ada" }), { is: "delivered" });
    await stage.child.exited;
    assert.equal(stage.written.at(-1), "\r");
    assert.match(stage.output().toString(), /got Ada/);
  });

  test("gives no Enter to the question after a program that acts at the first key", async () => {
    await using stage = bash('read -n1 -p "Go on? " x; echo; read -n1 -p "Delete all? " y; echo "then <$y>"');
    assert.deepEqual(await answer(stage, await stage.asked(), { choice: 0 }), { is: "delivered" });
    assert.deepEqual(stage.written, ["y"]);
    assert.doesNotMatch(stage.output().toString(), /then/);
  });

  test("with a password goes in unseen", async () => {
    await using stage = bash('read -s -p "Password? " x; echo; echo "got ${#x}"');
    assert.deepEqual(await answer(stage, await stage.asked(), { text: "swordfish" }), { is: "delivered" });
    await stage.child.exited;
    assert.doesNotMatch(stage.output().toString(), /swordfish/);
    assert.match(stage.output().toString(), /got 9/);
  });

  test("is not typed where a password is read by now", async () => {
    await using stage = bash('read -s -p "Name? " x');
    assert.deepEqual(await answer(stage, await stage.asked(), { text: "Ada" }), notDelivered("the program now asks for a password"));
    assert.deepEqual(stage.written, []);
  });

  test("with a password is not typed where it would show", async () => {
    await using stage = bash('read -p "Password? " x');
    assert.deepEqual(await answer(stage, await stage.asked(), { text: "swordfish" }), notDelivered("what is typed would now be visible"));
    assert.deepEqual(stage.written, []);
  });

  for (const [title, text] of [
    ["Ctrl-C", "a\x03"],
    ["Escape", "\x1b[A"],
    ["a second line", "yes\nrm -rf /"],
    ["an end of paste", "a\x1b[201~b"],
    ["a direction override", "a\u202eb"],
    ["nothing", "  "],
  ] as const) {
    test(`never types ${title}`, async () => {
      await using stage = bash('read -p "Name? " x');
      let began = false;
      const result = await answer(stage, await stage.asked(), { text }, async () => (began = true));
      assert.equal(result.is, "not_delivered");
      assert.deepEqual([stage.written, began], [[], false]);
    });
  }
});

describe("writing into a composer", () => {
  for (const text of ["fix the build", "a long instruction that the composer shows as a placeholder only"]) {
    test(`pastes, then sends with an Enter of its own (${text.length} characters)`, async () => {
      await using stage = readStage([process.execPath, fixture("composer.mjs")]);
      assert.deepEqual(await answer(stage, await stage.asked(), { text }), { is: "delivered" });
      await stage.child.exited;
      assert.deepEqual(stage.written, [`\x1b[200~${text}\x1b[201~`, "\r"]);
      assert.match(stage.output().toString(), new RegExp(`sent ${text}\r`));
    });
  }
});

describe("the last check", { concurrency: 6 }, () => {
  const two = 'read -p "Go on? " x; read -p "Delete all? " y; echo done';

  test("comes after the intent was kept, however long that took", async () => {
    await using stage = bash(two);
    const prompt = await stage.asked();
    const result = await answer(stage, prompt, { choice: 0 }, async () => {
      await stage.child.write("n\r");
      await stage.until(/Delete all\? /);
      return true;
    });
    assert.deepEqual(result, notDelivered("the screen changed before the answer arrived"));
    assert.deepEqual(stage.written, []);
  });

  test("finds that the question was closed", async () => {
    await using stage = bash(two);
    assert.deepEqual(await answer(stage, await stage.asked(), { choice: 0 }, () => Promise.resolve(false)), notDelivered("the question is no longer open"));
    assert.deepEqual(stage.written, []);
  });

  test("finds that the program has ended", async () => {
    await using stage = bash(two);
    const result = await answer(stage, await stage.asked(), { choice: 0 }, async () => {
      stage.child.kill("SIGKILL");
      await stage.child.exited;
      return true;
    });
    assert.deepEqual(result, notDelivered("the program has ended"));
  });

  test("finds that somebody types", async () => {
    await using stage = bash(two);
    const prompt = await stage.asked();
    stage.isContested = true;
    assert.deepEqual(await answer(stage, prompt, { choice: 0 }), notDelivered("someone typed at the keyboard"));
    assert.deepEqual(stage.written, []);
  });

  test("finds that the session is ending", async () => {
    await using stage = bash(two);
    const result = await inject(await stage.asked(), { choice: 0 }, stage, systemClock, AbortSignal.abort(), () => Promise.resolve(true));
    assert.deepEqual(result, notDelivered("the session is ending"));
  });

  test("leaves nothing behind for a program that reads no input", async () => {
    await using stage = readStage(["bash", "-c", 'stty raw -echo; printf "Go on? "; sleep 60']);
    const prompt = await stage.asked();
    stage.child.write(Buffer.alloc(1 << 18)).catch(() => undefined);
    assert.deepEqual(await answer(stage, prompt, { choice: 0 }), notDelivered("earlier input is still waiting to be read"));
    assert.deepEqual(stage.written, []);
  });
});
