import { oldClaude } from "./claude.ts";
import { done, holds, isHeard, isMade, isNotMade, touching } from "./effects.ts";
import { database, features } from "./questions.ts";
import { onlyInFull, tour } from "./tour.ts";

tour(
  "permissions and questions",
  oldClaude,
  [
    { dialog: "shell command", scene: touching("yes.txt"), moves: [{ asks: /touch yes\.txt/, taps: "Yes" }], effect: isMade("yes.txt") },
    { dialog: "shell command", scene: touching("no.txt"), moves: [{ asks: /touch no\.txt/, taps: "No" }], effect: isNotMade("no.txt") },
    { dialog: "shell command", scene: touching("reason.txt"), moves: [{ asks: /touch reason\.txt/, replies: "use mkdir" }], effect: isHeard(/use mkdir/) },
    { dialog: "new file", scene: (studio) => [[{ writes: studio.file("hello.txt"), content: "hello\n" }], done], moves: [{ asks: /hello\.txt/, taps: "Yes" }], effect: holds("hello.txt", /^hello\n$/) },
    { dialog: "question", scene: () => [[{ asks: [database] }], done], moves: [{ asks: /Which database/, taps: "SQLite" }], effect: isHeard(/SQLite/) },
    { dialog: "question, several answers", scene: () => [[{ asks: [features] }], done], moves: [{ asks: /Which features/, taps: "☐ Metrics" }, { asks: /☑ Metrics/, taps: "Submit" }], effect: isHeard(/Metrics/) },
  ],
  { skip: onlyInFull },
);
