import { newestClaude } from "./claude.ts";
import { done, holds, isHeard, isMade, isNotMade, touching } from "./effects.ts";
import { tour } from "./tour.ts";

tour("permissions", newestClaude, [
  { dialog: "shell command", scene: touching("yes.txt"), moves: [{ asks: /Bash\n\$ touch yes\.txt\n/, buttons: [/^Yes$/, /^Yes, and allow access to /, /^Yes, and switch to acceptEdits mode/, /^No$/], taps: "Yes" }], effect: isMade("yes.txt") },
  { dialog: "shell command", scene: touching("no.txt"), moves: [{ asks: /touch no\.txt/, taps: "No" }], effect: isNotMade("no.txt") },
  {
    dialog: "shell command",
    scene: touching("reason.txt"),
    moves: [{ asks: /touch reason\.txt/, replies: "use mkdir,\nnot touch" }],
    effect: async (studio) => {
      isNotMade("reason.txt")(studio);
      await isHeard(/use mkdir,\nnot touch/)(studio);
    },
  },
  { dialog: "shell command", scene: touching("desk.txt"), moves: [{ asks: /touch desk\.txt/, types: "1", once: /❯ 1\. Yes[\s\S]*Esc to cancel/ }], effect: isMade("desk.txt") },
  { dialog: "shell command", scene: touching("escape.txt"), moves: [{ asks: /touch escape\.txt/, types: "\x1b", once: /❯ 1\. Yes[\s\S]*Esc to cancel/ }], effect: isNotMade("escape.txt") },
  {
    dialog: "parallel commands",
    scene: () => [[{ runs: "touch one.txt", because: "One" }, { runs: "touch two.txt", because: "Two" }], done],
    moves: [{ asks: /touch one\.txt/, taps: "Yes" }, { asks: /touch two\.txt/, taps: "No" }],
    effect: (studio) => {
      isMade("one.txt")(studio);
      isNotMade("two.txt")(studio);
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
    effect: holds("hello.txt", /^hello\nworld\n$/),
  },
  {
    dialog: "edit",
    scene: (studio) => [[{ reads: studio.file("notes.txt") }], [{ edits: studio.file("notes.txt"), from: "beta", to: "BETA (y/n)" }], done],
    moves: [{ asks: /Edit\n.*notes\.txt\n- beta\n\+ BETA \(y\/n\)/, taps: "No" }],
    effect: holds("notes.txt", /^beta$/m),
  },
  {
    dialog: "edit",
    scene: (studio) => [[{ reads: studio.file("notes.txt") }], [{ edits: studio.file("notes.txt"), from: "beta", to: "BETA (y/n)" }], done],
    moves: [{ asks: /\+ BETA/, taps: "Yes, and switch to acceptEdits mode for this session" }],
    effect: holds("notes.txt", /^BETA \(y\/n\)$/m),
  },
  {
    dialog: "edit",
    scene: (studio) => [[{ edits: studio.file("notes.txt"), from: "gamma", to: "GAMMA" }], done],
    moves: [],
    effect: holds("notes.txt", /^GAMMA$/m),
  },
]);
