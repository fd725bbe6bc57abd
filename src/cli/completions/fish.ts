import { allOf, type CommandWords, type OptionWords, type Takes } from "./tree.ts";

/** A script for fish 3 and later. */
export function fishScript(root: CommandWords): string {
  return `# Completions of aegis for fish: aegis completions fish | source
complete -c aegis -f
${allOf(root).flatMap(lines).join("\n")}
`;
}

function lines(command: CommandWords): string[] {
  const here = condition(command);
  const inner = command.commands.map((inner) => `complete -c aegis -n ${quoted(here)} -a ${inner.path.at(-1)} -d ${quoted(inner.about)}`);
  const options = command.options.map((option) => `complete -c aegis -n ${quoted(optionsHere(command))} ${switches(option)} -d ${quoted(option.about)}`);
  return [...inner, ...options, ...argumentLines(command.argument, here)];
}

/** Behind this command, and not yet behind one of its own. */
function condition({ path, commands }: CommandWords): string {
  const seen = path.slice(1).map((word) => `__fish_seen_subcommand_from ${word}`);
  const names = commands.map((inner) => inner.path.at(-1)).join(" ");
  const unseen = commands.length === 0 ? [] : [`not __fish_seen_subcommand_from ${names}`];
  return [...seen, ...unseen].join("; and ") || "true";
}

/** A program's own words are not ours to complete. */
function optionsHere(command: CommandWords): string {
  return command.argument.is === "program" ? `${condition(command)}; and test (count (commandline -poc | string match -v -- '-*')) -le ${command.path.length}` : condition(command);
}

function switches({ flags, takes }: OptionWords): string {
  const names = flags.map((flag) => (flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`)).join(" ");
  switch (takes.is) {
    case "nothing":
      return names;
    case "words":
      return `${names} -x -a ${quoted(takes.words.join(" "))}`;
    case "file":
      return `${names} -r -F`;
    case "program":
    case "text":
      return `${names} -x`;
  }
}

function argumentLines(takes: Takes, here: string): string[] {
  switch (takes.is) {
    case "words":
      return [`complete -c aegis -n ${quoted(here)} -a ${quoted(takes.words.join(" "))}`];
    case "file":
      return [`complete -c aegis -n ${quoted(here)} -F`];
    case "program":
      return [`complete -c aegis -n ${quoted(here)} -x -a ${quoted("(__fish_complete_subcommand --fcs-skip=2)")}`];
    case "text":
    case "nothing":
      return [];
  }
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}
