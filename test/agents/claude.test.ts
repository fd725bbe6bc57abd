import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { newestClaude } from "./claude.ts";
import { database, features } from "./questions.ts";
import type { Studio } from "./studio.ts";
import { tour, type Visit } from "./tour.ts";

const done = [{ says: "That is done." }] as const;

function touch(file: string): Visit["scene"] {
  return () => [[{ says: "I will create it." }, { runs: `touch ${file}`, because: "Create a file" }], done];
}

const isThere = (file: string) => (studio: Studio): void => assert.ok(existsSync(studio.file(file)), `${file} was not made`);
const isMissing = (file: string) => (studio: Studio): void => assert.ok(!existsSync(studio.file(file)), `${file} was made`);
const heard = (words: RegExp) => async ({ model }: Studio): Promise<void> => void (await model.hears(words));

tour("permissions", newestClaude, [
  { dialog: "shell command", scene: touch("yes.txt"), moves: [{ asks: /Bash\n\$ touch yes\.txt\n/, buttons: [/^Yes$/, /^Yes, and allow access to /, /^Yes, and switch to acceptEdits mode/, /^No$/], taps: "Yes" }], effect: isThere("yes.txt") },
  { dialog: "shell command", scene: touch("no.txt"), moves: [{ asks: /touch no\.txt/, taps: "No" }], effect: isMissing("no.txt") },
  {
    dialog: "shell command",
    scene: touch("reason.txt"),
    moves: [{ asks: /touch reason\.txt/, replies: "use mkdir,\nnot touch" }],
    effect: async (studio) => {
      isMissing("reason.txt")(studio);
      await heard(/use mkdir,\nnot touch/)(studio);
    },
  },
  { dialog: "shell command", scene: touch("desk.txt"), moves: [{ asks: /touch desk\.txt/, types: "1", once: /❯ 1\. Yes/ }], effect: isThere("desk.txt") },
  { dialog: "shell command", scene: touch("escape.txt"), moves: [{ asks: /touch escape\.txt/, types: "\x1b", once: /❯ 1\. Yes/ }], effect: isMissing("escape.txt") },
  {
    dialog: "parallel commands",
    scene: () => [[{ runs: "touch one.txt", because: "One" }, { runs: "touch two.txt", because: "Two" }], done],
    moves: [{ asks: /touch one\.txt/, taps: "Yes" }, { asks: /touch two\.txt/, taps: "No" }],
    effect: (studio) => {
      isThere("one.txt")(studio);
      isMissing("two.txt")(studio);
    },
  },
  {
    dialog: "web page",
    scene: ({ model }) => [[{ fetches: `${model.url}/page` }], done],
    moves: [{ asks: /WebFetch\nurl: http:\/\/127\.0\.0\.1:\d+\/page/, taps: "No" }],
    effect: () => undefined,
  },
  {
    dialog: "new file",
    scene: (studio) => [[{ writes: studio.file("hello.txt"), content: "hello\nworld\n" }], done],
    moves: [{ asks: /Write\n.*hello\.txt\nhello\nworld\n/, buttons: [/^Yes$/, /^Yes, and /, /^No$/], taps: "Yes" }],
    effect: (studio) => assert.equal(readFileSync(studio.file("hello.txt"), "utf8"), "hello\nworld\n"),
  },
  {
    dialog: "edit",
    scene: (studio) => [[{ reads: studio.file("notes.txt") }], [{ edits: studio.file("notes.txt"), from: "beta", to: "BETA (y/n)" }], done],
    moves: [{ asks: /Edit\n.*notes\.txt\n- beta\n\+ BETA \(y\/n\)/, taps: "No" }],
    effect: (studio) => assert.match(readFileSync(studio.file("notes.txt"), "utf8"), /^beta$/m),
  },
  {
    dialog: "edit",
    scene: (studio) => [[{ reads: studio.file("notes.txt") }], [{ edits: studio.file("notes.txt"), from: "beta", to: "BETA (y/n)" }], done],
    moves: [{ asks: /\+ BETA/, taps: "Yes, and switch to acceptEdits mode for this session" }],
    effect: (studio) => assert.match(readFileSync(studio.file("notes.txt"), "utf8"), /^BETA \(y\/n\)$/m),
  },
  {
    dialog: "edit",
    scene: (studio) => [[{ edits: studio.file("notes.txt"), from: "gamma", to: "GAMMA" }], done],
    moves: [],
    effect: (studio) => assert.match(readFileSync(studio.file("notes.txt"), "utf8"), /^GAMMA$/m),
  },
]);

tour("questions", newestClaude, [
  { dialog: "question", scene: () => [[{ asks: [database] }], done], moves: [{ asks: /Which database should the project use\?/, buttons: [/^PostgreSQL$/, /^SQLite$/, /^MySQL$/, /^Decline/], taps: "SQLite" }], effect: heard(/"Which database should the project use\?"="SQLite"/) },
  { dialog: "question", scene: () => [[{ asks: [database] }], done], moves: [{ asks: /Which database/, replies: "MariaDB with InnoDB" }], effect: heard(/="MariaDB with InnoDB"/) },
  { dialog: "question", scene: () => [[{ asks: [database] }], done], moves: [{ asks: /Which database/, taps: "Decline to answer" }], effect: () => undefined },
  {
    dialog: "question, several answers",
    scene: () => [[{ asks: [features] }], done],
    moves: [{ asks: /Which features/, taps: "☐ Metrics" }, { asks: /☑ Metrics/, taps: "☐ Tracing" }, { asks: /☑ Tracing/, taps: "Submit" }],
    effect: heard(/"Which features do you want\?"="Metrics, Tracing"/),
  },
  {
    dialog: "several questions",
    scene: () => [[{ asks: [database, features] }], done],
    moves: [{ asks: /1\/2 Database/, taps: "PostgreSQL" }, { asks: /2\/2 Features/, taps: "☐ Logging" }, { asks: /☑ Logging/, taps: "Submit" }],
    effect: heard(/="PostgreSQL".*="Logging"/),
  },
]);

const plan = "# Plan\n\n1. Create hello.txt\n2. Run the tests\n";
const planned: Visit["scene"] = () => [[{ drafts: plan }], [{ proposes: plan }], done];

tour(
  "plans",
  newestClaude,
  [
    { dialog: "plan", scene: planned, moves: [{ asks: /1\. Create hello\.txt/, buttons: [/^Yes, and accept edits$/, /^Yes, and ask for each edit$/, /^No, keep planning$/], replies: "Add a rollback step" }], effect: heard(/Add a rollback step/) },
    { dialog: "plan", scene: planned, moves: [{ asks: /ready to execute/, taps: "No, keep planning" }], effect: () => undefined },
    { dialog: "plan", scene: planned, moves: [{ asks: /ready to execute/, taps: "Yes, and accept edits" }], effect: heard(/approved your plan|Plan approved|has approved/i) },
  ],
  { args: ["--permission-mode", "plan"] },
);
