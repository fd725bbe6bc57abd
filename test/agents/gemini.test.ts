import { done, holds, isHeard, isMade, isNotMade, touching } from "./effects.ts";
import { gemini } from "./gemini.ts";
import { database, features, runtime } from "./questions.ts";
import { onlyInFull, tour, type Visit } from "./tour.ts";

const no = "No, suggest changes (esc)";
const editing = (from: string, to: string): Visit["scene"] => (studio) => [[{ reads: studio.file("notes.txt") }], [{ edits: studio.file("notes.txt"), from, to }], done];
const fetching: Visit["scene"] = ({ model }) => [[{ fetches: `${model.url}/page` }], done];

tour(
  "dialogs on the screen",
  gemini,
  [
    { dialog: "shell command", scene: touching("yes.txt"), moves: [{ asks: /touch yes\.txt/, buttons: [/^Allow once$/, /^Allow for this session$/, /^No, suggest changes \(esc\)$/], taps: "Allow once" }], effect: isMade("yes.txt") },
    { dialog: "shell command", scene: touching("no.txt"), moves: [{ asks: /touch no\.txt/, taps: no }], effect: isNotMade("no.txt") },
    { dialog: "shell command", says: "make a folder instead", scene: () => [done], moves: [], effect: isHeard(/make a folder instead/) },
    { dialog: "shell command", scene: touching("desk.txt"), moves: [{ asks: /touch desk\.txt/, types: "1", once: /Allow once/ }], effect: isMade("desk.txt") },
    { dialog: "shell command", scene: touching("escape.txt"), moves: [{ asks: /touch escape\.txt/, types: "\x1b", once: /Allow once/ }], effect: isNotMade("escape.txt") },
    { dialog: "shell command", scene: touching("all.txt"), moves: [{ asks: /touch all\.txt/, taps: "Allow for this session" }], effect: isMade("all.txt") },
    { dialog: "shell command", scene: touching("more.txt"), moves: [], effect: isMade("more.txt") },
    { dialog: "new file", scene: (studio) => [[{ writes: studio.file("hello.txt"), content: "hello\nworld\n" }], done], moves: [{ asks: /hello\.txt/, buttons: [/^Allow once$/, /^Allow for this session$/, /^Modify with external editor$/, /^No, /], taps: "Allow once" }], effect: holds("hello.txt", /^hello\nworld\n$/) },
    { dialog: "web page", scene: fetching, moves: [{ asks: /127\.0\.0\.1/, taps: no }], effect: () => undefined },
    { dialog: "web page", scene: fetching, moves: [{ asks: /127\.0\.0\.1/, taps: "Allow once" }], effect: () => undefined },
    { dialog: "question", scene: () => [[{ asks: [database] }], done], moves: [{ asks: /Which database should the project use\?/, taps: "SQLite" }], effect: isHeard(/SQLite/) },
    { dialog: "several questions", scene: () => [[{ asks: [database, runtime] }], done], moves: [{ asks: /Which database/, taps: "MySQL" }, { asks: /Which runtime/, taps: "Bun" }, { asks: /Review/i, taps: "Submit" }], effect: isHeard(/MySQL[\s\S]*Bun/) },
    { dialog: "question, several answers", scene: () => [[{ asks: [features] }], done], moves: [{ asks: /Which features/, taps: "Metrics" }, { asks: /\[x\] Metrics/, taps: "▲ more" }, { asks: /Done/, taps: "Done" }], effect: isHeard(/Metrics/) },
    { dialog: "edit", scene: editing("beta", "BETA (y/n)"), moves: [{ asks: /BETA \(y\/n\)/, taps: no }], effect: holds("notes.txt", /^beta$/m) },
    { dialog: "edit", scene: editing("beta", "BETA"), moves: [{ asks: /BETA/, taps: "Allow for this session" }], effect: holds("notes.txt", /^BETA$/m) },
    { dialog: "edit", scene: editing("gamma", "GAMMA"), moves: [], effect: holds("notes.txt", /^GAMMA$/m) },
  ],
  { skip: onlyInFull },
);
