import { allOf, type CommandWords, type OptionWords, type Takes } from "./tree.ts";

/** A script for bash 4 and later. Works with and without the bash-completion package. */
export function bashScript(root: CommandWords): string {
  const commands = allOf(root);
  return `# Completions of aegis for bash: eval "$(aegis completions bash)"
_aegis() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} at="aegis" i word
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    case "$at:$word" in
${commands.flatMap(steps).map((line) => `      ${line}`).join("\n")}
    esac
  done
  case "$at:$prev" in
${commands.flatMap(values).map((line) => `      ${line}`).join("\n")}
  esac
  case "$at" in
${commands.map((command) => `      ${offered(command)}`).join("\n")}
  esac
}
# What compgen finds, one per line: names of files may hold spaces.
_aegis_offer() {
  mapfile -t COMPREPLY < <(compgen "$@" -- "$cur")
}
_aegis_files() {
  compopt -o filenames 2>/dev/null
  _aegis_offer -f
}
# The program, and behind it whatever completes its own words.
_aegis_program() {
  if ((COMP_CWORD == $1)); then _aegis_offer -c
  elif declare -F _command_offset >/dev/null; then _command_offset "$1"
  else _aegis_files; fi
}
complete -o bashdefault -o default -F _aegis aegis
`;
}

function at({ path }: CommandWords): string {
  return path.join(" ");
}

/** How the words before the cursor lead from one command to the next. */
function steps(command: CommandWords): string[] {
  const inner = command.commands.map((inner) => `"${at(command)}:${inner.path.at(-1)}") at="${at(inner)}" ;;`);
  const valued = command.options.filter(({ takes }) => takes.is !== "nothing").flatMap(({ flags }) => flags);
  const skipped = valued.length === 0 ? [] : [`${valued.map((flag) => `"${at(command)}:${flag}"`).join("|")}) ((i++)) ;;`];
  const program = command.argument.is === "program" ? [`"${at(command)}:"-*) ;;`, `"${at(command)}:"*) _aegis_program "$i"; return ;;`] : [];
  return [...inner, ...skipped, ...program];
}

function values(command: CommandWords): string[] {
  return command.options.filter(({ takes }) => takes.is !== "nothing").map((option) => `${option.flags.map((flag) => `"${at(command)}:${flag}"`).join("|")}) ${reply(option.takes)}; return ;;`);
}

function offered(command: CommandWords): string {
  const options = `_aegis_offer -W "${flagsOf(command.options)}"`;
  if (command.commands.length > 0) return `"${at(command)}") _aegis_offer -W "${command.commands.map(({ path }) => path.at(-1)).join(" ")} ${flagsOf(command.options)}" ;;`;
  return `"${at(command)}") if [[ $cur == -* ]]; then ${options}; else ${reply(command.argument)}; fi ;;`;
}

function flagsOf(options: readonly OptionWords[]): string {
  return options.flatMap(({ flags }) => flags).join(" ");
}

function reply(takes: Takes): string {
  switch (takes.is) {
    case "words":
      return `_aegis_offer -W "${takes.words.join(" ")}"`;
    case "file":
      return "_aegis_files";
    case "program":
      return '_aegis_program "$i"';
    case "text":
    case "nothing":
      return ":";
  }
}
