import { codex } from "./codex.ts";
import { done, holds, isHeard, isMade, isNotMade, touching } from "./effects.ts";
import { database, runtime } from "./questions.ts";
import { onlyInFull, tour, type Visit } from "./tour.ts";

const once = "Yes, proceed (y)";
const no = "No, and tell Codex what to do differently (esc)";
const writing = (content: string): Visit["scene"] => (studio) => [[{ writes: studio.file("hello.txt"), content }], done];
const editing = (from: string, to: string): Visit["scene"] => (studio) => [[{ edits: studio.file("notes.txt"), from, to }], done];

tour("dialogs on the screen", codex, [
  { dialog: "shell command", scene: touching("yes.txt"), moves: [{ asks: /touch yes\.txt/, buttons: [/^Yes, proceed \(y\)$/, /^Yes, and don't ask again for commands that start with `touc…$/, /^No, /], taps: once }], effect: isMade("yes.txt") },
  { dialog: "shell command", scene: touching("no.txt"), moves: [{ asks: /touch no\.txt/, taps: no }], effect: isNotMade("no.txt") },
  { dialog: "shell command", says: "make a folder instead", scene: () => [done], moves: [], effect: isHeard(/make a folder instead/) },
  { dialog: "new file", scene: writing("hello\nworld\n"), moves: [{ asks: /hello\.txt/, taps: once }], effect: holds("hello.txt", /^hello\nworld\n$/) },
]);

tour(
  "every choice",
  codex,
  [
    { dialog: "shell command", scene: touching("again.txt"), moves: [{ asks: /touch again\.txt/, taps: /^Yes, and don't ask again for commands/ }], effect: isMade("again.txt") },
    { dialog: "shell command", scene: touching("again.txt"), moves: [], effect: isMade("again.txt") },
    { dialog: "shell command", scene: touching("desk.txt"), moves: [{ asks: /touch desk\.txt/, types: "y", once: /Press enter to confirm/ }], effect: isMade("desk.txt") },
    { dialog: "shell command", scene: touching("escape.txt"), moves: [{ asks: /touch escape\.txt/, types: "\x1b", once: /Press enter to confirm/ }], effect: isNotMade("escape.txt") },
    { dialog: "edit", scene: editing("beta", "BETA (y/n)"), moves: [{ asks: /BETA \(y\/n\)/, buttons: [/^Yes, proceed \(y\)$/, /^Yes, and don't ask again for these files \(a\)$/, /^No, /], taps: no }], effect: holds("notes.txt", /^beta$/m) },
    { dialog: "edit", scene: editing("beta", "BETA"), moves: [{ asks: /BETA/, taps: "Yes, and don't ask again for these files (a)" }], effect: holds("notes.txt", /^BETA$/m) },
    { dialog: "edit", scene: editing("gamma", "GAMMA"), moves: [], effect: holds("notes.txt", /^GAMMA$/m) },
    {
      dialog: "parallel commands",
      scene: () => [[{ runs: "touch one.txt", because: "One" }, { runs: "touch two.txt", because: "Two" }], done],
      // Whichever comes first.
      moves: [{ asks: /touch (?:one|two)\.txt/, taps: once }, { asks: /touch (?:one|two)\.txt/, taps: once }],
      effect: (studio) => {
        isMade("one.txt")(studio);
        isMade("two.txt")(studio);
      },
    },
  ],
  { skip: onlyInFull },
);

const planned: Visit["scene"] = () => [[{ says: "<proposed_plan>\n# Plan\n\n1. Create hello.txt\n2. Run the tests\n3. Report back\n</proposed_plan>" }], done];

tour(
  "plans",
  codex,
  [
    { dialog: "question", scene: () => [[{ asks: [database] }], done], moves: [{ asks: /Which database should the project use\?/, buttons: [/^PostgreSQL/, /^SQLite/, /^MySQL/, /^None of the above/], taps: /^SQLite/ }], effect: isHeard(/SQLite/) },
    { dialog: "several questions", scene: () => [[{ asks: [database, runtime] }], done], moves: [{ asks: /Which database/, taps: /^MySQL/ }, { asks: /Which runtime/, taps: /^Bun/ }], effect: isHeard(/^(?=.*MySQL)(?=.*Bun)/s) },
    { dialog: "plan", scene: planned, moves: [{ asks: /Implement this plan\?/, buttons: [/^Yes, implement this plan/, /^Yes, clear context/, /^No, stay in Plan mode/], taps: /^No, stay in Plan mode/ }], effect: () => undefined },
    { dialog: "question", scene: () => [[{ asks: [database] }], done], moves: [{ asks: /Which database/, taps: /^None of the above/ }], effect: isHeard(/None of the above/) },
    { dialog: "plan", says: "Add a rollback step", scene: planned, moves: [{ asks: /Implement this plan\?/, taps: /^Yes, implement this plan/ }], effect: isHeard(/Add a rollback step/) },
  ],
  {
    skip: onlyInFull,
    async begins(terminal) {
      terminal.type("\x1b[Z");
      await terminal.shows(/Plan mode/);
    },
  },
);
