import { refuseReply } from "./keystrokes.ts";
import { remoteKeys, type Verb } from "./order.ts";

/** What a person wrote that begins with "/". */
export type Command =
  /** Answered from what is kept, for all sessions. */
  | { readonly is: "overview"; readonly of: "status" | "pending" | "help" }
  /** For one session. */
  | { readonly is: "order"; readonly verb: Verb; readonly argument: string }
  | { readonly is: "refused"; readonly why: string }
  /** Not one of ours; it may be the program's own. */
  | { readonly is: "unknown" };

/** Lines that /tail shows of itself, and at most. */
const tailLines = 20;
const maxTailLines = 200;

/** Every command, with the words that Telegram's menu shows for it. */
export const commandList: ReadonlyArray<{ readonly command: string; readonly description: string }> = [
  { command: "status", description: "Which sessions run, and what waits" },
  { command: "pending", description: "The questions that wait for an answer" },
  { command: "screen", description: "What the terminal shows now" },
  { command: "tail", description: "The last lines of the output: /tail 40" },
  { command: "input", description: "Type a line, once you have confirmed it: /input yes" },
  { command: "keys", description: `Press a key, once you have confirmed it: ${[...remoteKeys.keys()].join(", ")}` },
  { command: "stop", description: "End the program, once you have confirmed it" },
  { command: "pause", description: "Ask nothing more until it is resumed at the desk" },
  { command: "resume", description: "How to resume a paused session" },
  { command: "mute", description: "Ask nothing for ten minutes" },
  { command: "help", description: "What can be done here" },
];

/** @returns undefined: no command, just words */
export function parseCommand(text: string): Command | undefined {
  const [, word, rest = ""] = /^\/([A-Za-z_]+)(?:@\w+)?(?:\s+([\s\S]*))?$/.exec(text.trim()) ?? [];
  if (word === undefined) return undefined;
  const name = word.toLowerCase();
  const argument = rest.trim();
  switch (name) {
    case "status":
    case "pending":
    case "help":
      return { is: "overview", of: name };
    case "start":
      return { is: "overview", of: "help" };
    case "screen":
    case "stop":
    case "pause":
    case "resume":
    case "mute":
      return { is: "order", verb: name, argument: "" };
    case "tail":
      return tail(argument);
    case "input":
      return input(argument);
    case "keys":
      return remoteKeys.has(argument.toLowerCase()) ? { is: "order", verb: "keys", argument: argument.toLowerCase() } : { is: "refused", why: `the keys are ${[...remoteKeys.keys()].join(", ")}` };
    default:
      return { is: "unknown" };
  }
}

function tail(argument: string): Command {
  const lines = argument === "" ? tailLines : Number(argument);
  if (!Number.isInteger(lines) || lines < 1 || lines > maxTailLines) return { is: "refused", why: `/tail takes a number of lines from 1 to ${maxTailLines}` };
  return { is: "order", verb: "tail", argument: String(lines) };
}

function input(text: string): Command {
  const why = text === "" ? "/input takes the text to type" : refuseReply(text);
  return why === undefined ? { is: "order", verb: "input", argument: text } : { is: "refused", why };
}
