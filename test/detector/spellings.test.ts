import assert from "node:assert/strict";
import { test } from "node:test";
import type { Evidence } from "../../src/prompt/evidence.ts";
import { listens, readsLine, Stage } from "./stage.ts";

const readsKey: Evidence = { echo: false, icanon: false, reading: "read", running: false };
const readline: Evidence = { echo: false, icanon: false, reading: "select", running: false };
const polls: Evidence = { echo: false, icanon: false, reading: "poll", running: false };

/** What programs ask, how they read the answer, and what a person is offered: type, question, then label=keys of each choice. */
const table: readonly (readonly [says: string, evidence: Evidence, type: string, question: string, choices: string])[] = [
  ["Möchten Sie fortfahren? [J/n] ", readsLine, "yes_no", "Möchten Sie fortfahren?", "Ja=j⏎ Nein=n⏎"],
  ["Souhaitez-vous continuer ? [O/n] ", readsLine, "yes_no", "Souhaitez-vous continuer ?", "Oui=o⏎ Non=n⏎"],
  ["rm: reguläre leere Datei 'a' entfernen? ", readsLine, "yes_no", "rm: reguläre leere Datei 'a' entfernen?", "Yes=y⏎ No=n⏎"],
  ['"f" may be a binary file.  See it anyway? ', readsKey, "yes_no", '"f" may be a binary file. See it anyway?', "Yes=y No=n"],
  ["Reload privilege tables now? (Press y|Y for Yes, any other key for No) : ", readsLine, "yes_no", "Reload privilege tables now?", "Yes=y⏎ No=n⏎"],
  ["a        is same or newer, Overwrite? ", readsLine, "yes_no", "a is same or newer, Overwrite?", "Yes=y⏎ No=n⏎"],
  ["Start? ", readline, "free_text", "Start?", ""],
  ["Change (N)ame, (E)mail or (O)kay/(Q)uit? ", readline, "multiple_choice", "Change (N)ame, (E)mail or (O)kay/(Q)uit?", "Name=n⏎ Email=e⏎ Okay=o⏎ Quit=q⏎"],
  ["Please enter 0 = LOW, 1 = MEDIUM and 2 = STRONG: ", readsLine, "multiple_choice", "Please enter 0 = LOW, 1 = MEDIUM and 2 = STRONG:", "LOW=0⏎ MEDIUM=1⏎ STRONG=2⏎"],
  ["  0 = No reason\r\n  1 = Lost\r\n  Q = Cancel\r\n(Probably you want to select 1 here)\r\nYour decision? ", readline, "multiple_choice", "Your decision?", "No reason=0⏎ Lost=1⏎ Cancel=Q⏎"],
  ["Partition type\r\n   p   primary (0 primary)\r\n   e   extended (container)\r\nSelect (default p): ", readsLine, "multiple_choice", "Select (default p):", "primary (0 primary)=p⏎ extended (container)=e⏎"],
  ["Select license:\r\n1 - MIT\r\n2 - BSD\r\nChoose from 1, 2 [1]: ", readsLine, "multiple_choice", "Choose from 1, 2 [1]:", "MIT=1⏎ BSD=2⏎"],
  ["1) apple\r\n2) pear\r\nWhich fruit? 9\r\nno such fruit\r\nWhich fruit? ", readsLine, "multiple_choice", "Which fruit?", "apple=1⏎ pear=2⏎"],
  ["  1. Dialog  2. Readline\r\nInterface to use: 1", readline, "multiple_choice", "Interface to use:", "Dialog=⏎ Readline=⌫2⏎"],
  ["           staged     unstaged path\r\n  1:    unchanged        +1/-0 a\r\n  2:    unchanged        +1/-0 b\r\nUpdate>> ", readsLine, "multiple_choice", "Update>>", "unchanged +1/-0 a=1⏎ unchanged +1/-0 b=2⏎"],
  ["  1: a    2: c\r\nDelete>> 1\r\n* 1: a    2: c\r\nDelete>> ", readsLine, "multiple_choice", "Delete>>", "a=1⏎ c=2⏎"],
  ["    1: clean    2: quit\r\nWhat now> 1\r\n  a  b  c\r\nInput ignore patterns>> ", readsLine, "free_text", "Input ignore patterns>>", ""],
  ["Quit anyway? (y or n) \x1b[?2004h", polls, "yes_no", "Quit anyway?", "Yes=y⏎ No=n⏎"],
  ["Quit anyway? (y or n) ", polls, "yes_no", "Quit anyway?", "Yes=y No=n"],
  ["\x1b[?1049h\x1b[?2004h\x1b[H\x1b[20BSave modified buffer? ", readsKey, "yes_no", "Save modified buffer?", "Yes=y No=n"],
  ["? Report this? Its output will be sent to us. › (Y/n)", listens, "yes_no", "Report this?", "Yes=y No=n"],
  ["Buffers were changed; exit anyway? (yes or no) ", polls, "yes_no", "Buffers were changed; exit anyway?", "Yes=yes⏎ No=no⏎"],
  ["Everything on this disk will be lost. Do you want to continue?\r\nYes/No? ", readline, "yes_no", "Do you want to continue?", "Yes=Yes⏎ No=No⏎"],
  ["Enable foo (FOO) [Y/n/?] (NEW) ", readsLine, "yes_no", "Enable foo (FOO)", "Yes=y⏎ No=n⏎ Help=?⏎"],
  ["Build bar (BAR) [N/m/y] (NEW) ", readsLine, "multiple_choice", "Build bar (BAR) [N/m/y]", "No=n⏎ m=m⏎ Yes=y⏎"],
  ["Local version (LOCALVERSION) [-demo] (NEW) ", readsLine, "free_text", "Local version (LOCALVERSION) [-demo] (NEW)", ""],
  ["Log message unchanged\r\na)bort, c)ontinue, !)reuse this message\r\nAction: (continue) ", readsLine, "multiple_choice", "Log message unchanged", "abort=a⏎ continue=c⏎ reuse this message=!⏎"],
  ["The file exists.\r\na)utorename A)utorename-all r)ename \r\ns)kip S)kip-all q)uit (aArsSq): ", readsKey, "multiple_choice", "The file exists.", "autorename=a Autorename-all=A rename=r skip=s Skip-all=S quit=q"],
  ["Partition type?  primary/extended? ", readline, "multiple_choice", "Partition type?", "primary=primary⏎ extended=extended⏎"],
  ["Enter a test framework. rspec/minitest/(none): ", readsKey, "multiple_choice", "Enter a test framework. rspec/minitest/(none):", "rspec=rspec⏎ minitest=minitest⏎ none=none⏎"],
  ["Enter the path/to/it: ", readsLine, "free_text", "Enter the path/to/it:", ""],
  ["Restart now? (y/N/later) ", readsLine, "multiple_choice", "Restart now? (y/N/later)", "Yes=y⏎ No=n⏎ later=later⏎"],
  ['Remove "b" (a=all/y/N)? ', readsLine, "multiple_choice", 'Remove "b" (a=all/y/N)?', "all=a⏎ Yes=y⏎ No=n⏎"],
  ['Are you sure?\r\nPerforming "Remove".\r\n[Y] Yes  [A] Yes to All  [N] No  [?] Help (default is "Y"): ', readsLine, "multiple_choice", "Are you sure?", "Yes=Y⏎ Yes to All=A⏎ No=N⏎ Help=?⏎"],
  ["Are you sure you want to release (and delete) directory `m': ", readsLine, "yes_no", "Are you sure you want to release (and delete) directory `m':", "Yes=y⏎ No=n⏎"],
  ["contact-info: ", readsLine, "free_text", "contact-info:", ""],
  ["Is a positive, negative or zero? ", readsLine, "free_text", "Is a positive, negative or zero?", ""],
  ["Type of package: (single, library, python)\r\n[s/l/p]?\r\n", readline, "multiple_choice", "Type of package: (single, library, python) [s/l/p]?", "single=s⏎ library=l⏎ python=p⏎"],
  ["Shall I record this change? (1/2)  [ynW...], or ? for more options: ", listens, "multiple_choice", "Shall I record this change? (1/2)", "Yes=y No=n w=w"],
  ["Do you want to use the licence?\r\nThis means that all may copy it. y/(n): ", readsLine, "yes_no", "Do you want to use the licence?", "Yes=y⏎ No=n⏎"],
  ["Sovrascrivere il file? (sì/no) ", readsLine, "yes_no", "Sovrascrivere il file?", "Sì=sì⏎ No=no⏎"],
  ["Tem certeza? [sim/não]: ", readsLine, "yes_no", "Tem certeza? [sim/não]:", "Sim=sim⏎ Não=não⏎"],
  ["よろしいですか？ [はい/いいえ] ", readsLine, "yes_no", "よろしいですか? [はい/いいえ]", "はい=はい⏎ いいえ=いいえ⏎"],
  ["Tryck på valfri tangent för att fortsätta . . .", readsKey, "confirm_enter", "Tryck på valfri tangent för att fortsätta . . .", "Enter=⏎"],
  ["Fertig.\r\nWeiter mit beliebiger Taste ...", readsKey, "confirm_enter", "Weiter mit beliebiger Taste ...", "Enter=⏎"],
  ["\x1b[?1049h\x1b[H\x1b[24;1HDo you really want to quit (y:Yes n:No)? \x1b[2;1H\x1b[?25l", readsKey, "yes_no", "Do you really want to quit", "Yes=y No=n"],
  ["\x1b[?1049h\x1b[H\x1b[22BNur zum [L]esen öffnen, Trotzdem (e)ditieren, (W)iederherstellen, (D)atei Lösche\x1b[24;1Hn, (B)eenden: ", readline, "multiple_choice", "Nur zum [L]esen öffnen, Trotzdem (e)ditieren, (W)iederherstellen, (D)atei Löschen, (B)eenden:", "Lesen öffnen=l editieren=e Wiederherstellen=w Datei Löschen=d Beenden=b"],
  ["\x1b[?1049h\x1b[HQUERY>              IgnoreCase [2 (1/1)]\r\n\x1b[45mred  \x1b[49m\r\ngreen\r\nblue\x1b[1;8H", listens, "multiple_choice", "QUERY> IgnoreCase [2 (1/1)]", "red=⏎ green=↓⏎ blue=↓↓⏎"],
  ["\x1b[?1049h\x1b[H  ┌──────────────────────┐\r\n  │ File a was modified. │\r\n  │  Save before close?  │\r\n  ├──────────────────────┤\r\n  │ \x1b[44m[ Yes ]\x1b[49m  [ No ]      │\r\n  └──────────────────────┘\x1b[5;6H", readline, "yes_no", "Save before close?", "Yes=⏎ No=\x1b[C⏎"],
  ["\x1b[?1049h\x1b[H\x1b[7m┌──────────────┐\r\n│ Pick one     │\r\n│ ┌──────────┐ │\r\n│ │ \x1b[27m a Alpha\x1b[7m │ │\r\n│ │  b Beta  │ │\r\n│ │          │ │\r\n│ └──────────┘ │\r\n├──────────────┤\r\n│ < OK >       │\r\n└──────────────┘\x1b[9;5H", readsKey, "multiple_choice", "Pick one", "a Alpha=⏎ b Beta=↓⏎"],
  ["1) the    3) tea\r\n2) ten    4) tie\r\ni) Ignore  x) Exit\r\n\r\n? ", readsKey, "multiple_choice", "?", "the=1 tea=3 ten=2 tie=4 Ignore=i Exit=x"],
  ["[pause]\r\nCheck the load balancer, then continue:\r\n", readsKey, "confirm_enter", "Check the load balancer, then continue:", "Enter=⏎"],
  ["  1. Africa      3. Asia\r\n  2. Americas    4. Europe\r\nArea: \r\n\r\nArea: ", readsLine, "multiple_choice", "Area:", "Africa=1⏎ Americas=2⏎ Asia=3⏎ Europe=4⏎"],
  ["│\r\n◆  What next?\r\n│   d  Deploy\r\n│   r  Roll back\r\n└\r\n\x1b[?25l", listens, "multiple_choice", "What next?", "Deploy=d Roll back=r"],
  ["\x1b[?1049h\x1b[H┌────| Size |────┐\r\n│ Which size?     │\r\n│                 │\r\n│ (*) Small     ^ │\r\n│ ( ) Large     v │\r\n│                 │\r\n│ < Ok > <Cancel> │\r\n└─────────────────┘\x1b[4;4H", listens, "multiple_choice", "Which size?", "Small=␣⏎ Large=↓␣⏎ Cancel=\x1b"],
  ['Please choose from these options:\r\n enter "x" for expert mode,\r\n enter "p" for paranoia mode,\r\n anything else, or an empty line will select standard mode.\r\n?> ', readsLine, "multiple_choice", "Please choose from these options:", "expert mode=x⏎ paranoia mode=p⏎ standard mode=⏎"],
  ["1. high   2. medium   3. low\r\nEnter a priority from those listed above.\r\npriority [medium] > ", readsLine, "multiple_choice", "priority [medium] >", "high=1⏎ medium=2⏎ low=3⏎"],
  ["? Can you confirm? › (Y/n)", listens, "yes_no", "Can you confirm?", "Yes=y No=n"],
  ["Conflict discovered in 'a'.\r\nSelect: (p) Postpone, (df) Show diff, (e) Edit file: ", readsKey, "multiple_choice", "Select: (p) Postpone, (df) Show diff, (e) Edit file:", "Postpone=p⏎ Show diff=df⏎ Edit file=e⏎"],
  ["\x1b[?25lRelease name: \x1b[7m \x1b[27m\r\n", listens, "free_text", "Release name:", ""],
  ["│Run the migration?    │\r\n│\x1b[34m❯ Yes\x1b[39m                 │\r\n│  No, abort           │\r\n╰──────────────────────╯\r\n\x1b[?25l", listens, "multiple_choice", "Run the migration?", "Yes=⏎ No, abort=↓⏎"],
  ["? Pick colors \x1b[2m…\x1b[22m\r\n\x1b[2m✔\x1b[22m red\r\n\x1b[2m✔\x1b[22m \x1b[36mgreen\x1b[39m\r\n\x1b[32m✔\x1b[39m blue\x1b[3A\x1b[15G", listens, "multiple_choice", "Pick colors", "red=↑␣ green=␣ blue=↓␣ Done=⏎"],
  ["\x1b[?25l? Pick your food ›\r\n\x1b[32m❯\x1b[0m ⬚ Ice cream\r\n  ✔ Cake\r\n  ⬚ Fruit\r\n", readsKey, "multiple_choice", "Pick your food", "Ice cream=␣ Cake=↓␣ Fruit=↓↓␣ Done=⏎"],
  ["? Days you prefer:  [Use arrows to move, space to select, <right> to all]\r\n> [ ]  Sunday\r\n  [ ]  Monday\r\n", readsKey, "multiple_choice", "Days you prefer:", "Sunday=␣ Monday=↓␣ Done=⏎"],
  ["\x1b[?25l┃ What's your name?\r\n┃ > \x1b[7m \x1b[0m\r\n\r\nenter submit\r\n", listens, "free_text", "What's your name?", ""],
  ["[?] What size do you need?: Large\r\n   Jumbo\r\n > Large\r\n   Standard\r\n\r\n", readsKey, "multiple_choice", "What size do you need?", "Jumbo=↑⏎ Large=⏎ Standard=↓⏎"],
  ["? Delete Resource? [y/N] █", readsKey, "yes_no", "Delete Resource?", "Yes=y No=n"],
  ["Configure this?\r\n[1] yes\r\n[2] no\r\n> ", readsLine, "multiple_choice", "Configure this?", "yes=1⏎ no=2⏎"],
  ["? Addons\r\n❯◯ redis\r\n ◯ kafka\r\n\r\n↑↓ navigate • space select • ⏎ submit\x1b[?25l", listens, "multiple_choice", "Addons", "redis=␣ kafka=↓␣ Submit=⏎"],
  ["? Pick a color \x1b[90m› Use arrows\x1b[39m\r\n\x1b[36m❯   Red\x1b[39m\x1b[90m - warm\x1b[39m\r\n    Blue\r\n\x1b[?25l", listens, "multiple_choice", "Pick a color", "Red=⏎ Blue=↓⏎"],
];

const shown = (keys: string) => keys.replaceAll("\x1b[A", "↑").replaceAll("\x1b[B", "↓").replaceAll("\r", "⏎").replaceAll("\x7f", "⌫").replaceAll(" ", "␣");

for (const [says, evidence, type, question, choices] of table) {
  test(`${JSON.stringify(says.slice(-70))} is asked as it is meant`, async () => {
    const stage = new Stage(evidence);
    stage.write(says);
    await stage.pass(1000);
    const [found, ...more] = stage.opened;
    assert.deepEqual([found?.type, found?.question, found?.choices.map(({ label, keys }) => `${label}=${shown(keys)}`).join(" "), more.length], [type, question, choices, 0]);
  });
}

test("what another line says of keys doesn't make output wait for Enter", async () => {
  const stage = new Stage(listens);
  stage.write("Interactive shell (1.14) - press Ctrl+C to exit (type h() ENTER for help)\r\nsh(1)> 1+1\r\n");
  await stage.pass(1900);
  assert.deepEqual(stage.opened, []);
});

test("a colon is a pager's where single keys are read, and begins a command of who polls for keys", async () => {
  for (const [evidence, type] of [[readsKey, "confirm_enter"], [polls, "unknown"]] as const) {
    const stage = new Stage(evidence);
    stage.write("\x1b[?1049h\x1b[2J\x1b[Hone\r\ntwo\x1b[24;1H:");
    await stage.pass(3000);
    assert.deepEqual(stage.opened.map((found) => found.type), [type]);
  }
});

test("a default that a pattern names is told by that name", async () => {
  const stage = new Stage(readsLine);
  stage.write("    Y or I  : install the package maintainer's version\r\n    N or O  : keep your currently-installed version\r\n*** a.conf (Y/I/N/O/D/Z) [default=N] ? ");
  await stage.pass(500);
  assert.equal(stage.opened[0]?.default, "Keep your currently installed version");
});
