import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import type { Scene } from "./model/scene.ts";
import type { Studio } from "./studio.ts";
import type { Visit } from "./tour.ts";

/** The model's last turn of a scene. */
export const done: Scene[number] = [{ says: "That is done." }];

/** The model wants to make `file` by a shell command. */
export function touching(file: string): Visit["scene"] {
  return () => [[{ says: "I will create it." }, { runs: `touch ${file}`, because: "Create a file" }], done];
}

export const isMade = (file: string) => (studio: Studio): void => assert.ok(existsSync(studio.file(file)), `${file} was not made`);

export const isNotMade = (file: string) => (studio: Studio): void => assert.ok(!existsSync(studio.file(file)), `${file} was made`);

export const holds = (file: string, words: RegExp) => (studio: Studio): void => assert.match(readFileSync(studio.file(file), "utf8"), words);

/** The model was told so, by a tool's result or in the user's words. */
export const isHeard = (words: RegExp) => async ({ model }: Studio): Promise<void> => void (await model.hears(words));

/** The model was never told so. */
export const isNotHeard = (words: RegExp) => ({ model }: Studio): void => {
  const told = model.heard.flatMap(({ entries }) => entries.flatMap(({ by, text, results }) => (by === "user" ? [text, ...results] : [])));
  assert.deepEqual(told.filter((text) => words.test(text)), []);
};
