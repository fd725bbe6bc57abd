import type { Argument, Command, Option } from "commander";
import { sections } from "../config-schema.ts";

/** What may stand in a place of the command line. */
export type Takes = { readonly is: "nothing" | "text" | "file" | "program" } | { readonly is: "words"; readonly words: readonly string[] };

export interface OptionWords {
  /** With dashes: "-f", "--follow". */
  readonly flags: readonly string[];
  readonly takes: Takes;
  readonly about: string;
}

/** A command as shells need to know it. */
export interface CommandWords {
  /** From the program's own name on: ["aegis", "audit", "verify"]. */
  readonly path: readonly string[];
  readonly about: string;
  readonly commands: readonly CommandWords[];
  readonly options: readonly OptionWords[];
  readonly argument: Takes;
}

/** The commands and options that help shows, and nothing hidden. */
export function treeOf(command: Command, above: readonly string[] = []): CommandWords {
  const path = [...above, command.name()];
  const help = command.createHelp();
  return {
    path,
    about: command.summary() || command.description(),
    commands: help.visibleCommands(command).map((inner) => treeOf(inner, path)),
    options: help.visibleOptions(command).map(wordsOf),
    argument: takenBy(command.registeredArguments[0]),
  };
}

/** Every command, the outer ones first. */
export function allOf(command: CommandWords): CommandWords[] {
  return [command, ...command.commands.flatMap(allOf)];
}

function wordsOf(option: Option): OptionWords {
  return { flags: [option.short, option.long].filter((flag) => flag !== undefined), takes: valueOf(option), about: option.description };
}

function valueOf({ flags, argChoices }: Option): Takes {
  const name = /<([\w:]+)>/.exec(flags)?.[1];
  if (name === undefined) return { is: "nothing" };
  return argChoices === undefined ? named(name) : { is: "words", words: argChoices };
}

function takenBy(argument: Argument | undefined): Takes {
  if (argument === undefined) return { is: "nothing" };
  return argument.argChoices === undefined ? named(argument.name()) : { is: "words", words: argument.argChoices };
}

/** By the names that the commands give to their arguments. */
function named(name: string): Takes {
  switch (name) {
    case "file":
    case "cast":
      return { is: "file" };
    case "program":
      return { is: "program" };
    case "key":
      return { is: "words", words: [...sections()].flatMap(([section, keys]) => keys.map((key) => `${section}.${key}`)) };
    default:
      return { is: "text" };
  }
}
