import { newestClaude } from "./claude.ts";
import { done, isHeard, isNotHeard } from "./effects.ts";
import { database, features } from "./questions.ts";
import { tour } from "./tour.ts";

tour("questions", newestClaude, [
  { dialog: "question", scene: () => [[{ asks: [database] }], done], moves: [{ asks: /Which database should the project use\?/, buttons: [/^PostgreSQL$/, /^SQLite$/, /^MySQL$/, /^Decline/], taps: "SQLite" }], effect: isHeard(/"Which database should the project use\?"="SQLite"/) },
  { dialog: "question", scene: () => [[{ asks: [database] }], done], moves: [{ asks: /Which database/, replies: "MariaDB with InnoDB" }], effect: isHeard(/="MariaDB with InnoDB"/) },
  { dialog: "question", scene: () => [[{ asks: [database] }], done], moves: [{ asks: /Which database/, taps: "Decline to answer" }], effect: isNotHeard(/="MySQL"/) },
  {
    dialog: "question, several answers",
    scene: () => [[{ asks: [features] }], done],
    moves: [{ asks: /Which features/, taps: "☐ Metrics" }, { asks: /☑ Metrics/, taps: "☐ Tracing" }, { asks: /☑ Tracing/, taps: "Submit" }],
    effect: isHeard(/"Which features do you want\?"="Metrics, Tracing"/),
  },
  { dialog: "question, several answers", scene: () => [[{ asks: [features] }], done], moves: [{ asks: /Which features/, replies: "none, for now" }], effect: isHeard(/="none, for now"/) },
  {
    dialog: "question, several answers",
    scene: () => [[{ asks: [features] }], done],
    moves: [{ asks: /Which features/, taps: "☐ Tracing" }, { asks: /☑ Tracing/, taps: "☑ Tracing" }, { asks: /☐ Tracing/, taps: "Decline to answer" }],
    effect: isNotHeard(/="Tracing"/),
  },
  {
    dialog: "several questions",
    scene: () => [[{ asks: [features, database] }], done],
    moves: [{ asks: /1\/2 Features/, replies: "all of them" }, { asks: /2\/2 Database/, taps: "Decline to answer" }],
    effect: isNotHeard(/all of them/),
  },
  {
    dialog: "several questions",
    scene: () => [[{ asks: [database, features] }], done],
    moves: [{ asks: /1\/2 Database/, taps: "PostgreSQL" }, { asks: /2\/2 Features/, taps: "☐ Logging" }, { asks: /☑ Logging/, taps: "Submit" }],
    effect: isHeard(/="PostgreSQL".*="Logging"/),
  },
]);
