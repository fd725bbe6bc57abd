import { execFileSync } from "node:child_process";
import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import { botTokenForm } from "./bot-token.ts";
import type { ConfigFile } from "./config-schema.ts";
import { Failure, reasonOf } from "./failure.ts";
import type { Environment, Home } from "./home.ts";
import { Secret } from "./secret.ts";
import { placeOf } from "./toml-place.ts";

const wayKeys = ["bot_token", "token_file", "token_command"] as const;

/**
 * The bot's token, from the configuration, a file, or a command; one that the environment names goes over the file's.
 * @returns undefined when none of the three is configured
 * @throws Failure when there is more than one, or it can't be had
 */
export function readToken(telegram: ConfigFile["telegram"], home: Home, environment: Environment): Secret | undefined {
  const given = wayKeys.filter((key) => telegram[key] !== undefined);
  const fromEnvironment = given.filter((key) => environment[`AEGIS_TELEGRAM_${key.toUpperCase()}`]);
  const [way, second] = fromEnvironment.length > 0 ? fromEnvironment : given;
  if (second !== undefined) {
    throw new Failure(`${fromEnvironment.length > 0 ? "the environment" : keyPlace(home.config, second)}: telegram has ${way} and ${second}`, "keep one of bot_token, token_file, token_command");
  }
  const { bot_token, token_file, token_command } = telegram;
  if (way === "bot_token" && bot_token !== undefined) return new Secret(bot_token);
  if (way === "token_file" && token_file !== undefined) return tokenFrom(fromFile(expand(token_file, home, environment)), `telegram.token_file ${token_file}`);
  if (way === "token_command" && token_command !== undefined) return tokenFrom(fromCommand(token_command), "telegram.token_command");
  return undefined;
}

function keyPlace(file: string, key: string): string {
  const place = placeOf(readFileSync(file, "utf8"), ["telegram", key])?.key;
  return place ? `${file}:${place.line}:${place.column}` : file;
}

function expand(path: string, home: Home, environment: Environment): string {
  if (path.startsWith("~/")) return join(environment["HOME"] || homedir(), path.slice(2));
  return isAbsolute(path) ? path : join(dirname(home.config), path);
}

function tokenFrom(text: string, source: string): Secret {
  const token = text.trim();
  if (botTokenForm.test(token)) return new Secret(token);
  throw new Failure(`${source} gives no bot token`, 'it must hold just the token that @BotFather gave, like "123456789:AA…"');
}

function fromFile(path: string): string {
  try {
    // A symlink could point elsewhere by the time it is read.
    const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      const { mode, uid } = fstatSync(file);
      if (uid !== process.getuid?.() || mode & 0o077) throw new Failure(`${path} can be read by others`, `run "chmod 600 ${path}" as its owner`);
      return readFileSync(file, "utf8");
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(`cannot read ${path}: ${reasonOf(error)}`, "telegram.token_file names the file that holds the token", { cause: error });
  }
}

function fromCommand(command: string): string {
  try {
    // The shell, because people write pipelines here; 20 s because pass and gpg ask for a passphrase.
    return execFileSync("/bin/sh", ["-c", command], { encoding: "utf8", timeout: 20_000, stdio: ["inherit", "pipe", "inherit"] });
  } catch (error) {
    throw new Failure("telegram.token_command failed", "run it by hand: it must print the token and exit 0", { cause: error });
  }
}
