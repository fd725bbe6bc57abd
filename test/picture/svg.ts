import type { Run } from "./cells.ts";

const cell = { width: 8.4, height: 18 };
const mono = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace";
const sans = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";
const phone = { width: 330, pad: 14, line: 17, letters: 37 };

/** A message as a phone shows it. */
export interface Bubble {
  readonly text: string;
  /** The pieces of it that are monospaced. */
  readonly code: readonly string[];
  readonly buttons: readonly string[];
}

export interface Picture {
  readonly rows: readonly (readonly Run[])[];
  readonly cols: number;
  readonly message: Bubble;
  readonly bot: string;
}

/** A terminal and a phone side by side, as one SVG without anything from elsewhere. */
export function pictureOf({ rows, cols, message, bot }: Picture): string {
  const terminalWidth = cols * cell.width + 32;
  const height = rows.length * cell.height + 60;
  const width = terminalWidth + phone.width + 24;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${n(width)} ${height}" width="${n(width)}" height="${height}" role="img" aria-label="A terminal in which a program asks, and the same question on a phone">
<rect width="${n(terminalWidth)}" height="${height}" rx="10" fill="#1e222a"/>
${["#ff5f57", "#febc2e", "#28c840"].map((fill, at) => `<circle cx="${20 + at * 18}" cy="18" r="5.5" fill="${fill}"/>`).join("")}
<g font-family="${mono}" font-size="14" transform="translate(16 36)" xml:space="preserve">
${rows.flatMap((runs, row) => runs.map((run) => runSvg(run, row))).join("\n")}
</g>
<g transform="translate(${n(terminalWidth + 24)} 0)">
${phoneSvg(message, bot, height)}
</g>
</svg>
`;
}

function runSvg({ column, cells, text, ink, isBold, ground }: Run, row: number): string {
  const [x, y, width] = [column * cell.width, row * cell.height, cells * cell.width];
  const box = ground === undefined ? "" : `<rect x="${n(x)}" y="${y}" width="${n(width)}" height="${cell.height}" fill="${ground}"/>`;
  const shown = text.trim();
  if (shown === "") return box;
  const perLetter = width / Array.from(text).length;
  const indent = perLetter * (text.length - text.trimStart().length);
  const length = perLetter * Array.from(shown).length;
  // Every run ends where its cells end, whatever font there is.
  return `${box}<text x="${n(x + indent)}" y="${y + 13}" fill="${ink}"${isBold ? ' font-weight="bold"' : ""} textLength="${n(length)}" lengthAdjust="spacingAndGlyphs">${escaped(shown)}</text>`;
}

function phoneSvg(message: Bubble, bot: string, height: number): string {
  const lines = message.text.split("\n").flatMap((line) => wrapped(line, phone.letters));
  const bubble = lines.length * phone.line + 22;
  const isCode = codeLines(message);
  const buttonsAt = 62 + bubble + 6;
  const buttons = message.buttons.map((text, at) => {
    const y = buttonsAt + at * 36;
    return `<rect x="${phone.pad}" y="${y}" width="${phone.width - 2 * phone.pad}" height="31" rx="8" fill="#2b5278" fill-opacity=".85"/><text x="${phone.width / 2}" y="${y + 20}" fill="#fff" font-size="13" text-anchor="middle">${escaped(shortened(text))}</text>`;
  });
  return `<rect width="${phone.width}" height="${height}" rx="26" fill="#0e1621"/>
<path d="M0 26a26 26 0 0 1 26-26h${phone.width - 52}a26 26 0 0 1 26 26v24h-${phone.width}z" fill="#17212b"/>
<circle cx="34" cy="25" r="15" fill="#5288c1"/><text x="34" y="30" fill="#fff" font-family="${sans}" font-size="14" font-weight="bold" text-anchor="middle">a</text>
<g font-family="${sans}"><text x="60" y="23" fill="#fff" font-size="14" font-weight="bold">${escaped(bot)}</text><text x="60" y="39" fill="#708499" font-size="12">bot</text>
<rect x="${phone.pad}" y="62" width="${phone.width - 2 * phone.pad}" height="${bubble}" rx="10" fill="#182533"/>
${lines.map((line, at) => `<text x="${phone.pad + 11}" y="${62 + 20 + at * phone.line}" fill="${isCode(line) ? "#8fd0ff" : "#f5f5f5"}" font-size="12.5"${isCode(line) ? ` font-family="${mono}"` : ""} xml:space="preserve">${escaped(line)}</text>`).join("\n")}
${buttons.join("\n")}</g>`;
}

/** Whether a line stands in a monospaced entity. */
function codeLines(message: Bubble): (line: string) => boolean {
  const code = message.code.join("\n");
  return (line) => line.trim() !== "" && code.includes(line.trim());
}

function wrapped(line: string, letters: number): string[] {
  const pieces: string[] = [];
  let rest = line;
  while (rest.length > letters) {
    const space = rest.lastIndexOf(" ", letters);
    const end = space > letters / 2 ? space : letters;
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return [...pieces, rest];
}

function shortened(label: string): string {
  return label.length > 42 ? `${label.slice(0, 41)}…` : label;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}
