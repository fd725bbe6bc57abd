/** A row of the log's copy. */
export interface PackedRow {
  readonly seq: number;
  readonly end: number;
  readonly line: Buffer;
}

/** Rows from a number on, at most so many, in one blob: "SEQ END BYTES", a newline and the line, row after row. NULL: there are none. */
export const packedRows = `
  SELECT CAST(group_concat(seq || ' ' || end || ' ' || octet_length(line) || char(10) || line, '') AS BLOB)
  FROM (SELECT seq, end, line FROM audit_events WHERE seq >= ? ORDER BY seq LIMIT ?)`;

/** Throws when a row does not hold what the schema says. */
export function* unpacked(page: Buffer): Generator<PackedRow, void> {
  const space = 0x20;
  const newline = 0x0a;
  let at = 0;
  const numberTo = (end: number): number => {
    let number = 0;
    for (; page[at] !== end; at++) {
      const digit = (page[at] ?? 0) - 0x30;
      if (digit < 0 || digit > 9) throw new Error("a row of audit_events is not as aegis writes it");
      number = number * 10 + digit;
    }
    at++;
    return number;
  };
  while (at < page.length) {
    const [seq, end, bytes] = [numberTo(space), numberTo(space), numberTo(newline)];
    yield { seq, end, line: page.subarray(at, at + bytes) };
    at += bytes;
  }
}
