import { allOf, type CommandWords, type OptionWords, type Takes } from "./tree.ts";

/** A script for zsh, to be sourced or put into a folder of fpath. */
export function zshScript(root: CommandWords): string {
  return `#compdef aegis
# Completions of aegis for zsh: eval "$(aegis completions zsh)"
${allOf(root).map(completer).join("\n")}
if [ "$funcstack[1]" = "_aegis" ]; then
  _aegis "$@"
else
  compdef _aegis aegis
fi
`;
}

function nameOf({ path }: CommandWords): string {
  return `_${path.join("_")}`;
}

function completer(command: CommandWords): string {
  return command.commands.length > 0 ? chooser(command) : `${nameOf(command)}() {\n  _arguments -S ${[...command.options.flatMap(optionSpecs), ...argumentSpecs(command.argument)].join(" ")}\n}`;
}

/** Not in a variable "commands": zsh keeps the programs of PATH in one of that name. */
function chooser(command: CommandWords): string {
  return `${nameOf(command)}() {
  local curcontext="$curcontext" state line
  local -a choices=(${command.commands.map((inner) => quoted(`${inner.path.at(-1)}:${inner.about}`)).join(" ")})
  _arguments -C ${command.options.flatMap(optionSpecs).join(" ")} '1: :->command' '*:: :->rest'
  case $state in
    command) _describe -t commands command choices ;;
    rest) case $words[1] in
${command.commands.map((inner) => `      ${inner.path.at(-1)}) ${nameOf(inner)} ;;`).join("\n")}
    esac ;;
  esac
}`;
}

function optionSpecs({ flags, takes, about }: OptionWords): string[] {
  const alone = flags.length > 1 ? `(${flags.join(" ")})` : "";
  return flags.map((flag) => quoted(`${alone}${flag}[${about.replace(/[[\]]/g, "")}]${takes.is === "nothing" ? "" : `:${takes.is === "words" ? "value" : takes.is}:${action(takes)}`}`));
}

function argumentSpecs(takes: Takes): string[] {
  switch (takes.is) {
    case "nothing":
      return [];
    case "program":
      return ["'(-)1:program: _command_names -e'", "'*::arguments: _normal'"];
    case "file":
    case "text":
    case "words":
      return [quoted(`*:argument:${action(takes)}`)];
  }
}

function action(takes: Takes): string {
  switch (takes.is) {
    case "words":
      return `(${takes.words.join(" ")})`;
    case "file":
      return "_files";
    case "program":
      return "_command_names -e";
    case "text":
    case "nothing":
      return " ";
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
