import type { Command } from "commander";

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
  return `aegis: error: ${what.replace(/\.$/, "")}\naegis: hint: ${guess}"${name} --help" ${commands.length > 0 ? "lists the commands" : "says what it takes"}\n`;
}
