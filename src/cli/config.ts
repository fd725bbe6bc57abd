import { readFileSync } from "node:fs";
import { parse, TomlError } from "smol-toml";
import type { Millis } from "../async/clock.ts";
import { codeOf } from "../async/code-of.ts";
import type { QuietHours } from "../relay/quiet-hours.ts";
import type { LogLevel } from "../relay/report.ts";
import { configSchema, sections, type ConfigFile } from "./config-schema.ts";
import { Failure, reasonOf } from "./failure.ts";
import type { Environment, Home } from "./home.ts";
import type { Secret } from "./secret.ts";
import { placeOf } from "./toml-place.ts";
import { readToken } from "./token.ts";

export interface TelegramConfig {
  readonly token: Secret;
  /** Numeric user ids; never empty. */
  readonly allowedUsers: readonly number[];
  /** The group in which people are asked instead of in their own chats; undefined: none. */
  readonly group: number | undefined;
  readonly apiRoot: string;
}

export interface Config {
  /** undefined: no token is configured, so prompts go to the page. */
  readonly telegram: TelegramConfig | undefined;
  readonly stuckMs: Millis;
  readonly timeoutMs: Millis;
  readonly onTimeout: "wait" | "decline";
  readonly deskMs: Millis;
  readonly freeText: boolean;
  readonly secrets: "local" | "relay";
  readonly redact: boolean;
  /** Once, at half of the timeout. */
  readonly reminder: boolean;
  /** undefined: phones may always ring */
  readonly quiet: QuietHours | undefined;
  readonly notices: { readonly ended: boolean; readonly idle: boolean; readonly limit: boolean; readonly said: boolean };
  /** 0: any free port */
  readonly pagePort: number;
  /** Gets checkpoints of the audit log; undefined: none is configured. */
  readonly witnessCommand: string | undefined;
  readonly logLevel: LogLevel;
}

/**
 * Reads the configuration: defaults, then the file, then the environment.
 * @throws Failure that names file, line, column and what is allowed
 */
export function loadConfig(home: Home, environment: Environment): Config {
  const toml = readConfig(home);
  return toConfig(checked(toml, home.config, environment), home, environment);
}

/** The file's text; empty when there is no file. */
export function readConfig(home: Home): string {
  try {
    return readFileSync(home.config, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return "";
    throw new Failure(`cannot read ${home.config}: ${reasonOf(error)}`, "make it readable for you, or set AEGIS_CONFIG to another file", { cause: error });
  }
}

/**
 * Checks a configuration file's text, with the overrides of the environment.
 * @throws Failure with place and allowed values
 */
export function checked(toml: string, file: string, environment: Environment): ConfigFile {
  const values = parsed(toml, file);
  const overridden = override(values, environment);
  const result = configSchema.safeParse(values);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const path = (issue?.path ?? []).filter((part) => typeof part === "string");
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys[0] : undefined;
  const full = unknown === undefined ? path : [...path, unknown];
  const variable = overridden.get(full.join("."));
  const place = placeOf(toml, full);
  const at = place && (unknown === undefined ? place.value : place.key);
  const where = variable ?? (at ? `${file}:${at.line}:${at.column}` : file);
  const allowed = path.length === 1 ? `a section: [${path[0]}] on a line of its own, and its keys below it` : (issue?.message ?? "another value");
  throw unknown === undefined
    ? new Failure(`${where}: ${full.join(".")} has a wrong value`, `allowed is ${allowed}`)
    : new Failure(`${where}: there is no ${path.length === 0 ? `section [${unknown}]` : `key ${unknown} in [${path.join(".")}]`}`, `allowed is ${allowedNames(path[0])}`);
}

function parsed(toml: string, file: string): Record<string, unknown> {
  try {
    return parse(toml);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const what = error.message.split("\n")[0]?.replace(/^Invalid TOML document: /, "") ?? "not TOML";
    throw new Failure(`${file}:${error.line}:${error.column}: ${what}`, "the file is TOML: [section], then key = value; text stands in quotes", { cause: error });
  }
}

function allowedNames(section: string | undefined): string {
  const known = sections();
  const names = section === undefined ? [...known.keys()].map((name) => `[${name}]`) : (known.get(section) ?? []);
  return names.join(", ");
}

/** The variable that goes over a key of the file. */
export function variableOf(section: string, key: string): string {
  return `AEGIS_${section}_${key}`.toUpperCase();
}

/** Puts `AEGIS_SECTION_KEY` variables over the file's values; gives the variable's name of each key that it set. */
function override(values: Record<string, unknown>, environment: Environment): Map<string, string> {
  const set = new Map<string, string>();
  for (const [section, keys] of sections()) {
    for (const key of keys) {
      const variable = variableOf(section, key);
      const text = environment[variable];
      if (text === undefined || text === "") continue;
      const table = (values[section] ??= {});
      if (typeof table !== "object" || table === null) continue;
      Object.assign(table, { [key]: valueFrom(text, key) });
      set.set(`${section}.${key}`, variable);
    }
  }
  return set;
}

function valueFrom(text: string, key: string): unknown {
  if (key === "allowed_users") return text.split(",").map((part) => valueFrom(part.trim(), ""));
  if (text === "true" || text === "false") return text === "true";
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

function toConfig(file: ConfigFile, home: Home, environment: Environment): Config {
  const { prompts } = file;
  const token = readToken(file.telegram, home, environment);
  if (!token && file.telegram.allowed_users.length > 0) {
    throw new Failure(`no Telegram bot token in ${home.config}`, 'run "aegis setup", or set AEGIS_TELEGRAM_BOT_TOKEN');
  }
  if (token && file.telegram.allowed_users.length === 0) {
    throw new Failure(`nobody may answer: telegram.allowed_users in ${home.config} is empty`, "put your numeric Telegram user id there: allowed_users = [12345678]");
  }
  return {
    telegram: token && { token, allowedUsers: [...new Set(file.telegram.allowed_users)], group: file.telegram.group, apiRoot: file.telegram.api_root.replace(/\/+$/, "") },
    stuckMs: prompts.stuck_timeout_seconds * 1000,
    timeoutMs: prompts.timeout_seconds * 1000,
    onTimeout: prompts.on_timeout,
    deskMs: prompts.desk_seconds * 1000,
    freeText: prompts.free_text,
    secrets: prompts.secrets,
    redact: prompts.redact,
    reminder: prompts.reminder,
    quiet: quietHours(file.quiet),
    notices: file.notices,
    pagePort: file.page.port,
    witnessCommand: file.audit.witness_command,
    logLevel: file.log.level,
  };
}

/** Both times, or none: no quiet hours. */
function quietHours({ from, to, prompts }: ConfigFile["quiet"]): QuietHours | undefined {
  if (from === undefined || to === undefined) return undefined;
  return { from: minuteOf(from), to: minuteOf(to), promptsRing: prompts };
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}
