import { newestClaude } from "./claude.ts";
import { done, holds, isHeard, isMade, isNotHeard, isNotMade, touching } from "./effects.ts";
import { database, features } from "./questions.ts";
import { onlyInFull, tour, type Visit } from "./tour.ts";

const flags = ["--no-hooks"];
const writing = (name: string): Visit["scene"] => (studio) => [[{ writes: studio.file(name), content: "hello\nworld\n" }], done];
const editing = (from: string): Visit["scene"] => (studio) => [[{ reads: studio.file("notes.txt") }], [{ edits: studio.file("notes.txt"), from, to: from.toUpperCase() }], done];

function asking(...asks: readonly (typeof database)[]): Visit["scene"] {
  return () => [[{ asks }], done];
}

tour(
  "permissions, read from the screen",
  newestClaude,
  [
    { dialog: "shell command", scene: touching("reason.txt"), moves: [{ asks: /touch reason\.txt/, taps: "No" }], effect: isNotMade("reason.txt") },
    { dialog: "web page", scene: ({ model }) => [[{ fetches: `${model.url}/page` }], done], moves: [{ asks: /allow Claude to fetch this content/, taps: /^No, and tell Claude/ }], effect: isNotHeard(/On loopback/) },
    { dialog: "new file", scene: writing("hello.txt"), moves: [{ asks: /Do you want to create hello\.txt\?/, buttons: [/^Yes$/, /^Yes, and switch to accept edits/, /^No$/], taps: "Yes" }], effect: holds("hello.txt", /^hello\nworld\n$/) },
    { dialog: "new file", scene: writing("never.txt"), moves: [{ asks: /never\.txt/, taps: "No" }], effect: isNotMade("never.txt") },
    { dialog: "edit", scene: editing("beta"), moves: [{ asks: /Do you want to make this edit to notes\.txt\?/, taps: "No" }], effect: holds("notes.txt", /^beta$/m) },
    { dialog: "edit", scene: editing("beta"), moves: [{ asks: /notes\.txt/, taps: "Yes" }], effect: holds("notes.txt", /^BETA$/m) },
    {
      dialog: "parallel commands",
      scene: () => [[{ runs: "touch one.txt", because: "One" }, { runs: "touch two.txt", because: "Two" }], done],
      moves: [{ asks: /touch one\.txt/, taps: "Yes" }, { asks: /touch two\.txt/, taps: "Yes" }],
      effect: (studio) => {
        isMade("one.txt")(studio);
        isMade("two.txt")(studio);
      },
    },
    { dialog: "shell command", scene: touching("access.txt"), moves: [{ asks: /touch access\.txt/, taps: /^Yes, and always allow access to / }], effect: isMade("access.txt") },
    { dialog: "edit", scene: editing("alpha"), moves: [{ asks: /notes\.txt/, taps: /^Yes, and switch to accept edits/ }], effect: holds("notes.txt", /^ALPHA$/m) },
    { dialog: "edit", scene: editing("gamma"), moves: [], effect: holds("notes.txt", /^GAMMA$/m) },
  ],
  { flags, skip: onlyInFull },
);

tour(
  "questions, read from the screen",
  newestClaude,
  [
    { dialog: "question", scene: asking(database), moves: [{ asks: /Which database/, taps: "SQLite" }], effect: isHeard(/="SQLite"/) },
    { dialog: "question", scene: asking(database), moves: [{ asks: /Which database/, taps: "Type something." }, { asks: /Type something/, replies: "MariaDB with InnoDB" }], effect: isHeard(/="MariaDB with InnoDB"/) },
    {
      dialog: "question, several answers",
      scene: asking(features),
      moves: [{ asks: /Which features/, taps: "Metrics" }, { asks: /\[✔\] Metrics/, taps: "Type something" }, { asks: /reply to this message/, replies: "Rust, perhaps" }, { asks: /\[✔\] Rust/, taps: "Submit" }, { asks: /Review your answers/, taps: "Submit answers" }],
      effect: isHeard(/="Metrics, "Rust, perhaps""/),
    },
    { dialog: "question", scene: asking(database), moves: [{ asks: /Which database/, taps: "Chat about this" }], effect: isNotHeard(/="PostgreSQL"/) },
    {
      dialog: "several questions",
      scene: asking(database, { ...features, multiSelect: false }),
      moves: [{ asks: /Which database/, taps: "PostgreSQL" }, { asks: /Which features/, taps: "Logging" }, { asks: /Review your answers/, taps: "Submit answers" }],
      effect: isHeard(/="PostgreSQL".*="Logging"/),
    },
  ],
  { flags, skip: onlyInFull },
);

const planned: Visit["scene"] = () => [[{ drafts: "# Plan\n\n1. Create hello.txt\n2. Run the tests\n" }], [{ proposes: "# Plan\n\n1. Create hello.txt\n2. Run the tests\n" }], done];

tour(
  "plans, read from the screen",
  newestClaude,
  [
    { dialog: "plan", scene: planned, moves: [{ asks: /Would you like to proceed\?/, taps: "Tell Claude what to change" }, { asks: /./, replies: "Add a rollback step" }], effect: isHeard(/Add a rollback step/) },
    { dialog: "plan", scene: planned, moves: [{ asks: /Would you like to proceed\?/, taps: "Yes, manually approve edits" }], effect: isHeard(/approved your plan|Plan approved|has approved/i) },
  ],
  { args: ["--permission-mode", "plan"], flags, skip: onlyInFull },
);
