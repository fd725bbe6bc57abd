import type { Command } from "commander";
import type { ChalkInstance } from "chalk";
import { capitalised } from "../prompt/capitalised.ts";
import { manual, type Page } from "./manual.ts";
import { usageLines } from "./usage.ts";

/** Puts the manual's pages behind what commander says of each command, the commands under their headings, and its complaints into our words. */
export function addHelp(program: Command, paint: ChalkInstance): void {
  for (const { words, command } of within(program, [])) {
    const page = manual[words.join(" ")];
    const name = ["aegis", ...words].join(" ");
    command.configureOutput({ outputError: (complaint, write) => write(usageLines(complaint, name, command)) });
    command.configureHelp({ styleTitle: (title) => paint.bold(title), subcommandTerm: termOf, commandDescription: sentenceOf });
    if (page === undefined) continue;
    if (page.group !== undefined) command.helpGroup(page.group);
    command.addHelpText("after", () => `\n${textOf(page, paint)}`);
  }
}

/** "help audit verify" as "audit verify --help", and "help nope" as "nope": commander's own help looks one word deep, and knows every word. */
export function helpWords(words: readonly string[], program: Command): readonly string[] {
  const [first, ...named] = words;
  if (first !== "help" || named.length === 0) return words;
  const path: string[] = [];
  let command = program;
  for (const name of named) {
    const inner = command.commands.find((inner) => inner.name() === name);
    if (inner === undefined) return command.commands.length > 0 ? [...path, name] : [...path, "--help"];
    path.push(name);
    command = inner;
  }
  return [...path, "--help"];
}

/** On a command's own page; in the list it is a phrase. */
function sentenceOf(command: Command): string {
  const text = command.description();
  return text.endsWith(".") ? text : `${capitalised(text)}.`;
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
