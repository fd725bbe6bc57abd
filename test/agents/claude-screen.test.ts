import assert from "node:assert/strict";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { newestClaude } from "./claude.ts";
import { done, isMade, isNotMade, touching } from "./effects.ts";
import { Phone } from "./phone.ts";
import { keep } from "./results.ts";
import { opened } from "./tour.ts";

const { name, version } = newestClaude;

test(`${name} ${version}: without its hook's socket the dialog is asked from the screen`, async (context) => {
  const studio = await opened(newestClaude, context);
  if (studio === undefined) return;
  await using _ = studio;
  const { desk, model } = studio;
  model.plays("allowed", touching("yes.txt")(studio));
  model.plays("refused", touching("no.txt")(studio));
  studio.run();
  const phone = new Phone(desk);
  const first = await phone.turnOver();
  const sockets = join(desk.home, "run");
  for (const file of readdirSync(sockets).filter((file) => file.endsWith(".key"))) rmSync(join(sockets, file));
  desk.ada.replies("scene:allowed", { to: first });
  const allowed = await phone.prompt();
  assert.match(allowed.text, /seen on the screen[\s\S]*touch yes\.txt/);
  await desk.ada.taps("Yes");
  assert.match(await phone.outcome(allowed), /Delivered/);
  const second = await phone.turnOver();
  isMade("yes.txt")(studio);
  desk.ada.replies("scene:refused", { to: second });
  const refused = await phone.prompt();
  await desk.ada.taps("No");
  assert.match(await phone.outcome(refused), /Delivered/);
  await phone.turnOver();
  isNotMade("no.txt")(studio);
  assert.equal(phone.prompts.length, 2);
  keep(['"Yes"', '"No"'].map((answered) => ({ agent: name, version, dialog: "shell command", seen: "screen", answered })));
});

test(`${name} ${version}: a long command comes whole, a busy agent takes no text, several lines stay several`, async (context) => {
  const studio = await opened(newestClaude, context);
  if (studio === undefined) return;
  await using _ = studio;
  const { desk, model } = studio;
  const command = `touch whole.txt # ${Array.from({ length: 900 }, (_, index) => `word${index}`).join(" ")} end`;
  model.plays("long", [[{ runs: command, because: "Say a lot" }], done]);
  model.plays("slow", [[{ thinks: 4_000 }, { says: "That took a while." }]]);
  studio.run();
  const phone = new Phone(desk);
  const first = await phone.turnOver();
  desk.ada.replies("scene:long", { to: first });
  await desk.ada.taps("Yes");
  const shown = desk.api.messages.filter(({ id }) => id > first.id).map(({ text, document }) => document?.bytes.toString() ?? text).join("");
  for (const part of ["touch whole.txt # word0 ", "word450", "word899 end"]) assert.ok(shown.includes(part), `${part} was not shown`);
  const second = await phone.turnOver();
  isMade("whole.txt")(studio);

  desk.ada.replies("first line\n\n  scene:slow", { to: second });
  assert.match(await phone.outcome(second), /Delivered/);
  await model.hears(/first line\n\n {2}scene:slow/);
  const before = desk.api.messages.length;
  desk.ada.replies("and another thing", { to: second });
  await desk.api.until("refusal", () => desk.api.messages.slice(before).find(({ text }) => /already answered/i.test(text)));
  const third = await phone.turnOver();
  assert.match(third.text, /That took a while\./);
  assert.ok(!model.heard.some(({ entries }) => entries.some(({ text }) => text.includes("another thing"))));
});
