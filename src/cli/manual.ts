/** What help says of a command beyond its options. Lines of at most 80 columns, written as they are shown. */
export interface Page {
  /** The heading under which the outermost help lists it. */
  readonly group?: string;
  readonly details?: string;
  /** Command lines, and what each is for. */
  readonly examples: ReadonlyArray<readonly [line: string, what: string]>;
  /** Headed paragraphs behind the examples. */
  readonly sections?: Readonly<Record<string, string>>;
}

const everyday = "Every day:";
const start = "To begin with:";
const closer = "To look closer:";

/** By the command's words behind "aegis"; "" is aegis itself. */
export const manual: Readonly<Record<string, Page>> = {
  "": {
    details: `The program runs in your terminal as ever. When it waits for an answer, aegis
shows its question on your phone, with its own choices as buttons, and types the
one that you tap. What you type at the keyboard always wins.`,
    examples: [
      ["aegis setup", "connect a Telegram bot and your phone, once"],
      ["aegis run claude", "run a program; its prompts come to you"],
      ["aegis run --channel page npm init", "ask on a page of this machine instead"],
      ["aegis status", "what runs, and what waits for you"],
      ["aegis audit verify", "prove that the log was not altered"],
    ],
    sections: {
      Files: `~/.aegis/config.toml  the configuration ("aegis config show" lists every key)
~/.aegis/patterns/    your own patterns, read after those of aegis
~/.aegis/audit.log    what was asked, who answered, what was typed
~/.aegis/aegis.log    what aegis itself noted ("aegis logs")`,
      Environment: `AEGIS_HOME            another folder than ~/.aegis
AEGIS_CONFIG          another file than config.toml in it
AEGIS_SECTION_KEY     goes over a key of config.toml:
                      AEGIS_PROMPTS_TIMEOUT_SECONDS=600
AEGIS_LOG_LEVEL       debug adds where an error comes from
NO_COLOR              no colours`,
      "Exit codes": `0 good, 1 the answer is no, 2 a wrong command line or it can't be told;
of run: the program's own`,
    },
  },
  run: {
    group: everyday,
    details: `The first word that is no option of run is the program; everything behind it is
the program's own. Without a terminal (pipes, CI) it works too.`,
    examples: [
      ["aegis run claude --model opus", "--model is Claude's"],
      ["aegis run --name deploy ./deploy.sh", '"deploy" is what the phone shows'],
      ["aegis run --channel none npm init", "ask nobody, keep the log"],
      ["aegis run --record try.cast ./install", "record it, for aegis detect"],
      ["aegis run --no-hooks claude", "read its screen alone"],
    ],
    sections: {
      "Exit codes": `The program's own; 128+n when signal n ended it; 127 there is no such program,
126 it can't be executed, 125 aegis itself could not start.`,
    },
  },
  resume: {
    group: everyday,
    details: `The phone can pause a session (/pause), but only the desk can resume it.`,
    examples: [
      ["aegis resume", "the session that is paused"],
      ["aegis resume k3v9tq", "this one"],
    ],
  },
  status: {
    group: everyday,
    details: "Also says which session takes the bot's updates, and the last troubles.",
    examples: [
      ["aegis status", "for people"],
      ["aegis status --json | jq .pending", "for scripts"],
    ],
  },
  sessions: {
    group: everyday,
    examples: [
      ["aegis sessions --last 5", "the five newest"],
      ["aegis sessions --json | jq .exitCode", "one object per line"],
    ],
  },
  prompts: {
    group: everyday,
    examples: [
      ["aegis prompts", "what was asked, and how it ended"],
      ["aegis prompts --pending", "what waits now"],
    ],
  },
  logs: {
    group: everyday,
    examples: [
      ["aegis logs -f", "watch what aegis does"],
      ["aegis logs --session k3v9tq", "what one session noted"],
    ],
  },
  setup: {
    group: start,
    details: `Asks for the bot's token without showing it, pairs your phone by a link that
works once and a number that you compare, and sends a test button. It keeps what
config.toml holds, comments too. Without a terminal the options must suffice.`,
    examples: [
      ["aegis setup", "three steps"],
      ["aegis setup --token-command 'pass show aegis'", "the token elsewhere"],
      ["aegis setup --yes --token-file t --allowed-user 12345678", "ask nothing"],
    ],
    sections: {
      Environment: `AEGIS_TELEGRAM_BOT_TOKEN, AEGIS_TELEGRAM_ALLOWED_USERS,\nAEGIS_TELEGRAM_API_ROOT`,
    },
  },
  doctor: {
    group: start,
    details: `Looks at Node and what is compiled for it, files and their modes, the
configuration, the bot, who else polls it, the clock, the log, the kernel, and
the agents that are installed. It changes nothing without --fix.`,
    examples: [
      ["aegis doctor", "what is wrong, why it matters, how to mend it"],
      ["aegis doctor --fix", "mend what can be mended"],
    ],
    sections: { "Exit codes": "0 nothing is bad, 1 something is" },
  },
  config: {
    group: start,
    examples: [
      ["aegis config show", "every key, and what it is"],
      ["aegis config set prompts.timeout_seconds 600", "change one"],
    ],
  },
  "config path": { examples: [['$EDITOR "$(aegis config path)"', "edit it by hand"]] },
  "config show": { examples: [["aegis config show", "for people"], ["aegis config show --json", "for scripts"]] },
  "config get": { examples: [["aegis config get telegram.allowed_users", "who may answer"]] },
  "config set": {
    examples: [
      ["aegis config set prompts.on_timeout decline", "a text needs no quotes of TOML"],
      ["aegis config set telegram.allowed_users 11,22", "a list"],
    ],
  },
  "config validate": { examples: [["aegis config validate", "exit code 0: it can be used; 1: it can't"]] },
  completions: {
    group: start,
    examples: [
      ['eval "$(aegis completions bash)"', "in ~/.bashrc"],
      ['eval "$(aegis completions zsh)"', "in ~/.zshrc, behind compinit"],
      ["aegis completions fish | source", "in ~/.config/fish/config.fish"],
    ],
  },
  alias: {
    group: start,
    details: "Inside aegis the name means the program alone, so that nothing is asked twice.",
    examples: [
      ['eval "$(aegis alias claude)"', "in ~/.bashrc or ~/.zshrc"],
      ["aegis alias --shell fish claude | source", "in ~/.config/fish/config.fish"],
    ],
  },
  audit: {
    group: closer,
    examples: [
      ["aegis audit verify", "is the log intact?"],
      ["aegis audit show --last 5", "the newest entries"],
    ],
  },
  "audit verify": {
    examples: [
      ["aegis audit verify", "against its copy in the database"],
      ["aegis audit verify --expect 42:9f3ac1d2", "also against the phone"],
    ],
    sections: { "Exit codes": "0 intact, 1 altered, 2 that can't be told" },
  },
  "audit show": { examples: [["aegis audit show --type decision", "who decided what"], ["aegis audit show 42", "one entry, whole"]] },
  "audit tail": { examples: [["aegis audit tail -f", "watch the log grow"]] },
  "audit export": { examples: [["aegis audit export --format csv", "for a spreadsheet"], ["aegis audit export --since 30d", "the last month, to be verified elsewhere"]] },
  "audit purge": { examples: [["aegis audit purge --before 365d", "keep a year"]] },
  detect: {
    group: closer,
    details: "Times in a recording are the clock: nothing waits, nothing is typed.",
    examples: [
      ["aegis detect session.cast", "which prompts aegis would have seen"],
      ["aegis detect --explain session.cast", "and which pattern saw them"],
    ],
  },
};
