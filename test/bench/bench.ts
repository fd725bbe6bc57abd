// npm run bench [-- quick] [-- PART…]: aegis beside its peers on this machine, as Markdown on stdout.
// Parts: bytes, throughput, echo, start, phone, idle, memory. Needs a C compiler and script(1).
import { loadavg, cpus, release } from "node:os";
import { execFileSync } from "node:child_process";
import { Workshop, type Contender } from "./contender.ts";
import { echoes, firstByte, flood, hashOf, idleCpu, memory } from "./measure.ts";
import { phone } from "./phone.ts";
import { inTurns, median, quantile } from "./statistics.ts";

const words = process.argv.slice(2);
const isQuick = words.includes("quick");
const parts = words.filter((word) => word !== "quick");
const wants = (part: string) => parts.length === 0 || parts.includes(part);
const rounds = isQuick ? 3 : 7;
const floodBytes = isQuick ? 30_000_000 : 200_000_000;
const kinds = ["log", "coloured", "tui", "endless", "utf8", "binary"] as const;

using shop = new Workshop();
const { bare, script, forwarder, pump, aegis, relaying } = shop;

function table(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |\n`;
  process.stdout.write(`\n${line(head)}${line(head.map(() => "---"))}${rows.map(line).join("")}`);
}

const ratio = (value: number, of: number, goal: string) => `${(value / of).toFixed(2)} (${goal})`;

process.stdout.write(
  `# aegis, measured\n\n${new Date().toISOString()} · ${cpus().length} × ${cpus()[0]?.model ?? "CPU"} · Linux ${release()} · Node ${process.version} · ` +
    `${execFileSync("script", ["--version"], { encoding: "utf8" }).trim()} · load ${loadavg().map((load) => load.toFixed(1)).join(" ")}\n` +
    `Medians of ${rounds} rounds, contenders in turn; in parentheses the goal.\n`,
);

if (wants("bytes")) {
  const total = isQuick ? 20_000_000 : 1_000_000_000;
  const same = kinds.map((kind) => hashOf(shop, aegis, kind, kind === "binary" ? total : floodBytes) === hashOf(shop, bare, kind, kind === "binary" ? total : floodBytes));
  table(["bytes", ...kinds], [["identical to the child alone", ...same.map((is) => (is ? "yes" : "NO"))]]);
}

if (wants("throughput")) {
  const rows = kinds.map((kind) => {
    const results = inTurns(rounds, [script, forwarder, pump, aegis], (contender) => flood(shop, contender, kind, floodBytes));
    const speed = (contender: Contender) => median(results(contender).map(({ bytes, seconds }) => bytes / seconds / 1e6));
    const cpu = (contender: Contender) => median(results(contender).map(({ cpuSeconds }) => cpuSeconds));
    return [
      kind,
      ...[script, forwarder, pump, aegis].map((contender) => `${speed(contender).toFixed(0)} · ${cpu(contender).toFixed(2)}`),
      ratio(speed(aegis), speed(script), "≥ 0.95"),
      ratio(speed(aegis), speed(forwarder), "≥ 0.80"),
      ratio(cpu(aegis), cpu(pump), "≤ 1.10"),
    ];
  });
  table(["MB/s · CPU s", script.name, forwarder.name, pump.name, aegis.name, "speed ÷ script", "speed ÷ C", "CPU ÷ detection off"], rows);
}

if (wants("echo")) {
  const rows = (["idle", "flood"] as const).map((load) => {
    const results = inTurns(rounds, [bare, script, forwarder, pump, aegis], (contender) => echoes(shop, contender, isQuick ? 300 : 5_000, load));
    const at = (contender: Contender, share: number) => median(results(contender).map((trips) => quantile(trips, share)));
    return [
      load === "idle" ? "idle" : "while the child floods",
      ...[bare, script, forwarder, pump, aegis].map((contender) => `${at(contender, 0.5).toFixed(0)} / ${at(contender, 0.99).toFixed(0)}`),
      ratio(at(aegis, 0.5), at(script, 0.5), "≤ 1.20"),
      ratio(at(aegis, 0.99), at(script, 0.99), "≤ 1.50"),
    ];
  });
  table(["echo, µs (p50 / p99)", bare.name, script.name, forwarder.name, pump.name, aegis.name, "p50 ÷ script", "p99 ÷ script"], rows);
}

if (wants("start")) {
  // What `node -e 0` takes, up to the moment at which it could write a byte.
  const node: Contender = { name: "empty node", around: () => [process.execPath, "-e", "process.stdout.write('\\x02'); setTimeout(() => 0, 5_000)"] };
  const results = inTurns(rounds * 3, [node, bare, script, pump, aegis], (contender) => firstByte(shop, contender));
  const wall = (contender: Contender) => median(results(contender).map(({ seconds }) => seconds)) * 1_000;
  const cpu = (contender: Contender) => median(results(contender).map(({ cpuSeconds }) => cpuSeconds)) * 1_000;
  table(
    ["start to the child's first byte", node.name, bare.name, script.name, pump.name, aegis.name, "aegis ÷ (node + child)"],
    ([["ms", wall], ["ms of CPU", cpu]] as const).map(([unit, of]) => [unit, ...[node, bare, script, pump, aegis].map((contender) => of(contender).toFixed(0)), ratio(of(aegis), of(node) + of(bare), "≤ 1.50")]),
  );
}

if (wants("phone")) {
  const questions = isQuick ? 8 : 100;
  const { asked, answered } = await phone(shop, questions);
  // Of two sessions of a home, the first polls: its neighbour's answers go from process to process.
  const neighbour = await phone(shop, questions, ["sleep", "infinity"]);
  const row = (name: string, values: readonly number[], goal: string) => [name, quantile(values, 0.5).toFixed(1), `${quantile(values, 0.99).toFixed(1)} (${goal})`];
  table(
    ["by way of Telegram, ms", "p50", "p99"],
    [row("question complete → request on the wire, beyond the quiet of 100 ms", asked, "≤ 20"), row("update handed out → key read by the child", answered, "≤ 5"), row("the same, the child of another process", neighbour.answered, "≤ 50")],
  );
}

if (wants("idle")) {
  const seconds = isQuick ? 60 : 300;
  table(["idle with a prompt open", "CPU seconds per hour"], [[`aegis, seen over ${seconds} s`, `${(await idleCpu(shop, relaying, seconds)).toFixed(2)} (≤ 1)`]]);
}

if (wants("memory")) {
  const total = isQuick ? 100_000_000 : 1_000_000_000;
  const { before, after } = await memory(shop, aegis, total);
  table(["memory", "before", "after", "difference"], [[`aegis, ${total / 1e6} MB`, `${(before / 1024).toFixed(0)} MB`, `${(after / 1024).toFixed(0)} MB`, `${((after - before) / 1024).toFixed(0)} MB (≤ +20)`]]);
}
