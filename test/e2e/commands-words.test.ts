import assert from "node:assert/strict";
import { test } from "node:test";
import type { Message } from "../botapi/chat.ts";
import { entries } from "./audit-log.ts";
import { startDesk, type Desk } from "./desk.ts";
import { noted } from "./noted.ts";

const naming = (name: string): string[] => ["--name", name, "bash", "-c", `read -p "Name of the ${name}: " a; echo "${name} is <$a>"; read -p "Sure? [y/n] " b`];

async function hears(desk: Desk, after: number, fits: RegExp): Promise<Message> {
  return await desk.api.message(({ id, text }) => id > after && fits.test(text));
}

test("with one session and one question, plain words answer it", async () => {
  await using desk = await startDesk();
  await using terminal = desk.run(naming("shop"));
  await desk.asked("Name of the shop");
  await noted(desk, 1);
  desk.ada.says("corner", { afterS: 2 });
  await terminal.shows(/shop is <corner>/);
  assert.match((await desk.api.edited()).text, /corner, by Ada at .* Delivered/);
});

test("with several questions open, plain words wait until their writer says which they are for", async () => {
  await using desk = await startDesk();
  await using shop = desk.run(naming("shop"));
  await desk.asked("Name of the shop");
  await using blog = desk.run(naming("blog"));
  await desk.asked("Name of the blog");
  await noted(desk, 2);
  desk.ada.says("corner");
  const which = await hears(desk, 0, /Which question/);
  assert.deepEqual(which.within("pre"), ["corner"]);
  assert.deepEqual(new Set(which.buttons.map(({ text }) => text.split(" ")[0])), new Set(["blog", "shop"]));
  assert.equal(entries(desk, "decision").length, 0);
  const button = which.button(/^blog/);
  assert.match(await desk.ada.presses(button, which).toast(), /sent/i);
  await blog.shows(/blog is <corner>/);
  assert.equal((await desk.api.edited(({ id }) => id === which.id)).buttons.length, 0);
  // A second tap, from an old phone, types nothing.
  assert.match(await desk.ada.presses(button, which).toast(), /done before/);
  assert.equal(entries(desk, "decision").length, 1);
  assert.doesNotMatch(shop.text, /<corner>/);
});

test("words for a question that was answered meanwhile are not typed into the next one", async () => {
  await using desk = await startDesk();
  await using shop = desk.run(["--name", "shop", "bash", "-c", 'read -p "Name of the shop: " a; read -p "Street of the shop: " b; echo "<$a> <$b>"; read c']);
  await desk.asked("Name of the shop");
  await using _blog = desk.run(naming("blog"));
  await desk.asked("Name of the blog");
  await noted(desk, 2);
  desk.ada.says("corner");
  const which = await hears(desk, 0, /Which question/);
  shop.type("desk\r");
  await desk.asked("Street of the shop");
  const button = which.button(/^shop/);
  assert.match(await desk.ada.presses(button, which).toast(), /not typed/i);
  shop.type("mine\r");
  await shop.shows(/<desk> <mine>/);
});

test("words that were written before a question stood are not taken for its answer", async () => {
  await using desk = await startDesk();
  await using terminal = desk.run(naming("shop"));
  await desk.asked("Name of the shop");
  await noted(desk, 1);
  desk.ada.says("corner", { afterS: -60 });
  const which = await hears(desk, 0, /Which question/);
  assert.equal(entries(desk, "decision").length, 0);
  desk.ada.presses(which.button(/^shop/), which);
  await terminal.shows(/shop is <corner>/);
});

test("a reply to any of a session's messages picks that session", async () => {
  await using desk = await startDesk();
  await using shop = desk.run(naming("shop"));
  const shops = await desk.asked("Name of the shop");
  await using _blog = desk.run(naming("blog"));
  const blogs = await desk.asked("Name of the blog");
  await noted(desk, 2);
  desk.ada.replies("/screen", { to: shops });
  const screen = await hears(desk, blogs.id, /^shop shows now/);
  await desk.api.message(({ id, photo }) => id > screen.id && photo !== undefined);
  desk.ada.replies("corner", { to: screen });
  const which = await hears(desk, screen.id, /Which question/);
  assert.deepEqual(which.buttons.map(({ text }) => text.split(" ")[0]), ["shop"]);
  await desk.ada.taps(which.buttons[0]?.text ?? "");
  await shop.shows(/shop is <corner>/);
});

test("words that answer nothing get one hint, which lists what waits, and a question with choices is not answered by them", async () => {
  await using desk = await startDesk();
  await using terminal = desk.run(["--name", "shop", "bash", "-c", 'read -p "Ship it? [y/n] " a; echo "got: $a."']);
  await desk.asked("Ship it?");
  await noted(desk, 1);
  desk.ada.says("yes");
  desk.ada.says("yes, really");
  await hears(desk, 0, /To answer a question[\s\S]*1 question waits[\s\S]*shop .*Ship it\?/);
  desk.ada.says("/status");
  await hears(desk, 0, /1 session runs/);
  assert.equal(desk.api.messages.filter(({ text }) => text.startsWith("To answer")).length, 1);
  await desk.ada.taps("No");
  assert.equal(await terminal.exit(), 0);
  assert.match(terminal.text, /got: n\./);
});
