/** A word of a command, and where in its text it stands. */
export interface Word {
  readonly text: string;
  readonly at: number;
}

/** A word with what is quoted in it; or what ends a command, after which another begins. */
const piece = /(?:[^\s;&|()"'\\]|\\[^]|"(?:[^"\\]|\\[^])*"?|'[^']*'?)+|[;&|()\n]+/g;
/** The whole word in quotes of one kind. */
const quoted = /^(["'])([^]*)\1$/;

/** The words of each command in a shell's script. Not a shell: what is expanded stays as it is written. */
export function shellCommands(script: string): Word[][] {
  const commands: Word[][] = [[]];
  for (const { 0: text, index } of script.matchAll(piece)) {
    if (/^[;&|()\n]/.test(text)) commands.push([]);
    else commands.at(-1)?.push(wordAt(text, index));
  }
  return commands;
}

function wordAt(text: string, at: number): Word {
  const inner = quoted.exec(text)?.[2];
  return inner === undefined ? { text, at } : { text: inner, at: at + 1 };
}
