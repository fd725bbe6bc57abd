import type { Command } from "commander";

/** What commander says, and how we say it. */
const wordings: ReadonlyArray<readonly [theirs: RegExp, ours: string]> = [
  [/^unknown (command|option) '(.+)'$/, 'unknown $1 "$2"'],
  [/^missing required argument '(.+)'$/, "<$1> is missing"],
  [/^required option '(.+)' not specified$/, "$1 is missing"],
  [/^option '(.+)' argument missing$/, "$1: the value is missing"],
  [/^option '(?:-\w, )?(--\S+).*' argument '(.*)' is invalid\. (?:Allowed choices are|It takes) (.+)$/s, '$1 takes $3, not "$2"'],
  [/^command-argument value '(.*)' is invalid for argument '(.+)'\. (?:Allowed choices are|It takes) (.+)$/s, '<$2> takes $3, not "$1"'],
  [/^too many arguments(?: for '(.+)')?\. Expected (\d+) arguments? but got (\d+)$/, "too many words: it takes $2, and got $3"],
];

/**
 * What is wrong with a command line, in the two lines of every error of ours.
 *
 * @param complaint  commander's own: "error: …", and below it perhaps "(Did you mean status?)"
 * @param name       of the command that complains: "aegis audit"
 */
export function usageLines(complaint: string, name: string, { commands }: Command): string {
  const [what = "", ...more] = complaint.replace(/^error: /, "").trimEnd().split("\n");
  const meant = /\(Did (you mean .+\?)\)/.exec(more.join(" "))?.[1];
  const guess = meant === undefined ? "" : `did ${meant} `;
  return `aegis: error: ${inOurWords(what.replace(/\.$/, ""))}\naegis: hint: ${guess}"${name} --help" ${commands.length > 0 ? "lists the commands" : "says what it takes"}\n`;
}

/** As it is, if a newer commander says it otherwise. */
function inOurWords(complaint: string): string {
  const [theirs, ours] = wordings.find(([theirs]) => theirs.test(complaint)) ?? [];
  return theirs === undefined || ours === undefined ? complaint : complaint.replace(theirs, ours);
}
