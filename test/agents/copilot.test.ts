import { copilot } from "./copilot.ts";
import { done, holds, isHeard, isMade, isNotMade, touching } from "./effects.ts";
import { database } from "./questions.ts";
import { onlyInFull, tour, type Visit } from "./tour.ts";

const editing = (from: string, to: string): Visit["scene"] => (studio) => [[{ reads: studio.file("notes.txt") }], [{ edits: studio.file("notes.txt"), from, to }], done];
const no = /^No, and tell Copilot what to do differently/;

tour(
  "dialogs on the screen",
  copilot,
  [
    { dialog: "shell command", scene: touching("yes.txt"), moves: [{ asks: /touch yes\.txt/, buttons: [/^Yes$/, /^Yes, and don't ask again for `touch` in this repo/, /^No, and tell Copilot/], taps: "Yes" }], effect: isMade("yes.txt") },
    { dialog: "shell command", scene: touching("no.txt"), moves: [{ asks: /touch no\.txt/, taps: no }], effect: isNotMade("no.txt") },
    { dialog: "shell command", says: "make a folder instead", scene: () => [done], moves: [], effect: isHeard(/make a folder instead/) },
    { dialog: "shell command", scene: touching("desk.txt"), moves: [{ asks: /touch desk\.txt/, types: "1", once: /enter to select/ }], effect: isMade("desk.txt") },
    { dialog: "shell command", scene: touching("escape.txt"), moves: [{ asks: /touch escape\.txt/, types: "\x1b", once: /enter to select/ }], effect: isNotMade("escape.txt") },
    { dialog: "new file", scene: (studio) => [[{ writes: studio.file("hello.txt"), content: "hello\nworld\n" }], done], moves: [{ asks: /hello\.txt/, taps: "Yes" }], effect: holds("hello.txt", /^hello\nworld\n$/) },
    { dialog: "edit", scene: editing("beta", "BETA (y/n)"), moves: [{ asks: /BETA \(y\/n\)/, taps: no }], effect: holds("notes.txt", /^beta$/m) },
    {
      dialog: "parallel commands",
      scene: () => [[{ runs: "touch one.txt", because: "One" }, { runs: "touch two.txt", because: "Two" }], done],
      // Whichever comes first.
      moves: [{ asks: /touch (?:one|two)\.txt/, taps: "Yes" }, { asks: /touch (?:one|two)\.txt/, taps: "Yes" }],
      effect: (studio) => {
        isMade("one.txt")(studio);
        isMade("two.txt")(studio);
      },
    },
    { dialog: "question", scene: () => [[{ asks: [database] }], done], moves: [{ asks: /Which database/, taps: "SQLite" }], effect: isHeard(/SQLite/) },
    { dialog: "shell command", scene: touching("all.txt"), moves: [{ asks: /touch all\.txt/, taps: /^Yes, and don't ask again for `touch`/ }], effect: isMade("all.txt") },
    { dialog: "shell command", scene: touching("more.txt"), moves: [], effect: isMade("more.txt") },
  ],
  { skip: onlyInFull },
);

const plan = "# Plan\n\n1. Create hello.txt\n2. Run the tests\n";
const planned: Visit["scene"] = () => [[{ proposes: plan }], done];

tour(
  "plans",
  copilot,
  [
    { dialog: "plan", scene: planned, moves: [{ asks: /Plan Ready for Review[\s\S]*1\. Create hello\.txt/, taps: "Suggest changes" }, { asks: /Plan Ready for Review/, replies: "Add a rollback step" }], effect: isHeard(/Add a rollback step/) },
    { dialog: "plan", scene: planned, moves: [{ asks: /Plan Ready for Review/, taps: /^Accept plan and continue in Interactive execution mode/ }], effect: isHeard(/approved|accepted/i) },
  ],
  { args: ["--plan"], skip: onlyInFull },
);
