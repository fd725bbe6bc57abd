import { existsSync } from "node:fs";
import { sections } from "../config-schema.ts";
import { checked, loadConfig, readConfig, variableOf, type Config } from "../config.ts";
import type { Context } from "../context.ts";
import { Failure } from "../failure.ts";
import { readPatterns } from "../pattern-files.ts";
import { good, type Finding } from "./finding.ts";

export interface Settings {
  readonly findings: readonly Finding[];
  /** undefined: it can't be used. */
  readonly config: Config | undefined;
}

/** What the person has written: config.toml, the environment, patterns of their own. */
export function readSettings(context: Context): Settings {
  const { home, environment } = context;
  try {
    const config = loadConfig(home, environment);
    return { config, findings: [good("config", existsSync(home.config) ? home.config : `${home.config} is not there; the defaults hold`), peopleFinding(config), ...quietFindings(context), ...elsewhereFindings(context), ...variableFindings(context), ...tokenFindings(context), ...patternFindings(context)] };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { config: undefined, findings: [{ id: "config", is: "bad", what: error.message, why: "aegis run refuses to start with it", mend: error.hint }, ...patternFindings(context)] };
  }
}

function peopleFinding({ telegram }: Config): Finding {
  if (telegram === undefined) return good("people", 'no Telegram: prompts go to the local page ("aegis setup" connects a bot)');
  return good("people", `may answer on Telegram: ${telegram.allowedUsers.join(", ")}`);
}

/** One time alone is no mistake of the file's: "config set" writes them one after the other. */
function quietFindings({ home, environment }: Context): Finding[] {
  const { from, to } = checked(readConfig(home), home.config, environment).quiet;
  if ((from === undefined) === (to === undefined)) return [];
  const [set, missing] = from === undefined ? ["quiet.to", "quiet.from"] : ["quiet.from", "quiet.to"];
  return [{ id: "quiet", is: "warning", what: `${set} is set, and ${missing} is not`, why: "there are no quiet hours without both", mend: `run "aegis config set ${missing} HH:MM"` }];
}

/** Whoever names a file means one. "setup" and "config set" make it. */
function elsewhereFindings({ home, environment }: Context): Finding[] {
  if (!environment["AEGIS_CONFIG"] || existsSync(home.config)) return [];
  return [{ id: "environment", is: "warning", what: `AEGIS_CONFIG names ${home.config}, which is not there`, why: "the defaults hold instead", mend: 'correct the name, or run "aegis setup", which makes the file' }];
}

/** Only those that begin with one of our sections: whatever else is called AEGIS_… may be somebody's own. */
function variableFindings({ environment }: Context): Finding[] {
  const known = sections();
  const names = new Set([...known].flatMap(([section, keys]) => keys.map((key) => variableOf(section, key))));
  const ours = new RegExp(`^AEGIS_(?:${[...known.keys()].join("|")})_`, "i");
  return Object.keys(environment)
    .filter((name) => ours.test(name) && !names.has(name))
    .map((name) => ({ id: "environment", is: "warning", what: `${name} is no key of the configuration`, why: "it changes nothing", mend: '"aegis config show" lists the keys; the variable is AEGIS_SECTION_KEY' }));
}

function tokenFindings({ environment }: Context): Finding[] {
  if (!environment["AEGIS_TELEGRAM_BOT_TOKEN"]) return [];
  return [{ id: "token.environment", is: "warning", what: "the bot's token is in the environment", why: "every program of yours can read it there (/proc/PID/environ), those that aegis runs too", mend: 'keep it in config.toml, token_file or token_command: "aegis setup" does' }];
}

function patternFindings({ home }: Context): Finding[] {
  const { problems } = readPatterns(home);
  if (problems.length === 0) return [good("patterns", "all pattern files are good")];
  return problems.map(({ file, line, column, message }) => ({ id: "patterns", is: "warning", what: `${file}:${line}:${column}: ${message}`, why: "the file is skipped, so its prompts are not seen", mend: "mend that line" }));
}
