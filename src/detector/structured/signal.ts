/** What a program says of itself through its terminal, beside the screen: it works by anybody's program, and asks nothing by itself. */
export type Signal =
  /** A desktop notification's words. */
  | { readonly is: "notice"; readonly text: string }
  | { readonly is: "bell" }
  /** A progress bar in the terminal's tab: it works, or it is done. */
  | { readonly is: "progress"; readonly works: boolean }
  /** A shell: it draws its prompt, its command line begins here, a command runs, it ended. */
  | { readonly is: "shell"; readonly phase: "prompt" | "input" | "runs" | "ended" };

/** Longer than any notification is shown; what a program says with it is a hint, not a document. */
const longestNotice = 300;

/** OSC 9: iTerm's notification, or one of ConEmu's numbered commands, of which only 4, the progress, says something. */
export function readOsc9(data: string): Signal | undefined {
  const command = /^(\d{1,2})(?:;|$)(\d?)/.exec(data);
  if (command === null) return noticeOf(data);
  if (command[1] !== "4") return undefined;
  // 0 none, 1 a percentage, 2 an error, 3 unknown how far, 4 paused.
  return { is: "progress", works: command[2] === "1" || command[2] === "3" };
}

/** OSC 777: urxvt's "notify;TITLE;BODY". */
export function readOsc777(data: string): Signal | undefined {
  const [verb, ...words] = data.split(";");
  return verb === "notify" ? noticeOf(words.filter((word) => word !== "").join(": ")) : undefined;
}

const phases: Readonly<Record<string, Extract<Signal, { is: "shell" }>["phase"]>> = { A: "prompt", B: "input", C: "runs", D: "ended" };

/** OSC 133: FinalTerm's marks. */
export function readOsc133(data: string): Signal | undefined {
  const phase = /^[ABCD](?:;|$)/.test(data) ? phases[data.charAt(0)] : undefined;
  return phase === undefined ? undefined : { is: "shell", phase };
}

/** A notification of these words; undefined: of none. */
export function noticeOf(words: string): Signal | undefined {
  const text = words.replace(/[\p{C}\p{Z}]+/gu, " ").trim();
  return /[\p{L}\p{N}]/u.test(text) ? { is: "notice", text: text.length > longestNotice ? `${text.slice(0, longestNotice)}…` : text } : undefined;
}
