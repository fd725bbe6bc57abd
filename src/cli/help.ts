import type { Command } from "commander";
import type { ChalkInstance } from "chalk";
import { manual, type Page } from "./manual.ts";

/** Puts the manual's pages behind what commander says of each command, and the commands under their headings. */
export function addHelp(program: Command, paint: ChalkInstance): void {
  for (const { words, command } of within(program, [])) {
    const page = manual[words.join(" ")];
    command.configureHelp({ styleTitle: (title) => paint.bold(title), subcommandTerm: termOf, commandDescription: sentenceOf });
    if (page === undefined) continue;
    if (page.group !== undefined) command.helpGroup(page.group);
    command.addHelpText("after", () => `\n${textOf(page, paint)}`);
  }
}

/** "help audit verify" as "audit verify --help": commander's own help looks one word deep. */
export function helpWords(words: readonly string[]): readonly string[] {
  const [first, ...named] = words;
  return first === "help" && named.length > 1 ? [...named, "--help"] : words;
}

/** On a command's own page; in the list it is a phrase. */
function sentenceOf(command: Command): string {
  const text = command.description();
  return text.endsWith(".") ? text : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** Without "[options]", which nearly all of them have. */
function termOf(command: Command): string {
  return [command.name(), ...command.registeredArguments.map((argument) => (argument.required ? `<${argument.name()}>` : `[${argument.name()}]`))].join(" ");
}

function within(command: Command, words: readonly string[]): { words: readonly string[]; command: Command }[] {
  return [{ words, command }, ...command.commands.flatMap((inner) => within(inner, [...words, inner.name()]))];
}

function textOf({ details, examples, sections }: Page, paint: ChalkInstance): string {
  const width = Math.max(...examples.map(([line]) => line.length));
  const shown = examples.map(([line, what]) => `${line.padEnd(width)}  ${what}`).join("\n");
  const headed = Object.entries({ Examples: shown, ...sections }).map(([title, text]) => `${paint.bold(`${title}:`)}\n${text.replace(/^/gm, "  ")}`);
  return [...(details === undefined ? [] : [details]), ...headed].join("\n\n");
}
