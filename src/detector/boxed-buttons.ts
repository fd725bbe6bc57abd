import { rowOf, type Row } from "./row.ts";

const edge = /┌─+┐/gu;

/**
 * `rows` with buttons that have a frame of their own (newt: "│ Ok │" between "┌────┐" and "└────┘") as they are drawn elsewhere ("< Ok >").
 * Columns and looks stay.
 */
export function withPlainButtons(rows: readonly Row[]): readonly Row[] {
  const plain = rows.map((row) => row.line.text);
  for (let at = 1; at < rows.length - 1; at++) {
    for (const { index, 0: top } of (rows[at - 1]?.line.text ?? "").matchAll(edge)) {
      const end = index + top.length;
      const label = rows[at]?.line.text.slice(index, end) ?? "";
      if (!/^│\s*\p{L}[^│]*│$/u.test(label) || !/^└─+┘$/u.test(rows[at + 1]?.line.text.slice(index, end) ?? "")) continue;
      for (const step of [-1, 0, 1]) plain[at + step] = replaced(plain[at + step] ?? "", index, step === 0 ? `<${label.slice(1, -1)}>` : " ".repeat(top.length));
    }
  }
  return rows.map((row, at) => (plain[at] === row.line.text ? row : rowOf({ ...row.line, text: plain[at] ?? "" })));
}

function replaced(text: string, from: number, by: string): string {
  return text.slice(0, from) + by + text.slice(from + by.length);
}
