import { done, holds, isHeard, isMade, isNotMade, touching } from "./effects.ts";
import { opencode } from "./opencode.ts";
import { database, features, runtime } from "./questions.ts";
import { onlyInFull, tour, type Visit } from "./tour.ts";

const editing = (from: string, to: string): Visit["scene"] => (studio) => [[{ reads: studio.file("notes.txt") }], [{ edits: studio.file("notes.txt"), from, to }], done];

tour(
  "dialogs on the screen",
  opencode,
  [
    { dialog: "shell command", scene: touching("yes.txt"), moves: [{ asks: /touch yes\.txt/, buttons: [/^Allow once$/, /^Allow always$/, /^Reject$/], taps: "Allow once" }], effect: isMade("yes.txt") },
    { dialog: "shell command", scene: touching("no.txt"), moves: [{ asks: /touch no\.txt/, taps: "Reject" }], effect: isNotMade("no.txt") },
    { dialog: "shell command", says: "make a folder instead", scene: () => [done], moves: [], effect: isHeard(/make a folder instead/) },
    { dialog: "shell command", scene: touching("desk.txt"), moves: [{ asks: /touch desk\.txt/, types: "\r", once: /Allow once/ }], effect: isMade("desk.txt") },
    { dialog: "shell command", scene: touching("escape.txt"), moves: [{ asks: /touch escape\.txt/, types: "\x1b", once: /Allow once/ }], effect: isNotMade("escape.txt") },
    { dialog: "new file", scene: (studio) => [[{ writes: studio.file("hello.txt"), content: "hello\nworld\n" }], done], moves: [{ asks: /hello\.txt/, taps: "Allow once" }], effect: holds("hello.txt", /^hello\nworld\n$/) },
    { dialog: "edit", scene: editing("beta", "BETA (y/n)"), moves: [{ asks: /BETA \(y\/n\)/, taps: "Reject" }], effect: holds("notes.txt", /^beta$/m) },
    { dialog: "web page", scene: ({ model }) => [[{ fetches: `${model.url}/page` }], done], moves: [{ asks: /127\.0\.0\.1/, taps: "Reject" }], effect: () => undefined },
    { dialog: "question", scene: () => [[{ asks: [database] }], done], moves: [{ asks: /Which database/, taps: "SQLite" }], effect: isHeard(/SQLite/) },
    { dialog: "question", scene: () => [[{ asks: [database] }], done], moves: [{ asks: /Which database/, taps: "Type your own answer" }, { asks: /reply to this message/, replies: "MariaDB" }], effect: isHeard(/="MariaDB"/) },
    {
      dialog: "question, several answers",
      scene: () => [[{ asks: [features] }], done],
      moves: [{ asks: /Which features/, buttons: [/^Logging$/, /^Metrics$/, /^Tracing$/, /^Next tab$/], taps: "Metrics" }, { asks: /\[✓\] Metrics/, taps: "Next tab" }, { asks: /Review[\s\S]*Metrics/, taps: "Confirm" }],
      effect: isHeard(/="Metrics"/),
    },
    { dialog: "shell command", scene: touching("all.txt"), moves: [{ asks: /touch all\.txt/, taps: "Allow always" }, { asks: /Always allow[\s\S]*touch \*/, buttons: [/^Confirm$/, /^Cancel$/], taps: "Confirm" }], effect: isMade("all.txt") },
    { dialog: "shell command", scene: touching("more.txt"), moves: [], effect: isMade("more.txt") },
    { dialog: "several questions", scene: () => [[{ asks: [database, runtime] }], done], moves: [{ asks: /Which database/, taps: "MySQL" }, { asks: /Which runtime/, taps: "Bun" }, { asks: /Review[\s\S]*Database: MySQL/, buttons: [/^Confirm$/, /^Dismiss$/], taps: "Confirm" }], effect: isHeard(/^(?=.*MySQL)(?=.*Bun)/s) },
  ],
  { skip: onlyInFull },
);
