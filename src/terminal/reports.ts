/**
 * What a terminal says of its own accord or when the child asks it, all of it complete:
 * - CSI with a private marker (DA, DECRPM, kitty flags, SGR mouse, colour scheme): no key has one
 * - focus in and out; X10 and urxvt mouse; DSR, window reports, DECRPM without a marker
 * - CPR, save those that could be F3 with a modifier (row 1, columns 2 to 16)
 * - the release of a key whose press was counted (kitty)
 * - OSC, DCS, APC, PM and SOS strings (colours, XTVERSION, clipboard, graphics); Alt with ] P _ ^ X begins like one, but stays alone
 */
const report =
  /\x1b\[(?:[<=>?][0-?]*[ -/]*[@-~]|[IO]|M[\s\S]{3}|\d+;\d+;\d+M|\d*n|\d+(?:;\d+)*t|\d+;\d+\$y|(?!1;(?:[2-9]|1[0-6])R)\d+;\d+R|[\d;:]*:3[u~ABCDEFHPQS])|\x1b[\]P_^X][^\x00-\x1f]+(?:\x07|\x1b\\)/g;
/** The beginning of one, cut off by the end of a read. */
const begun = /^(?:\x1b\[(?:[<=>?][0-?]*[ -/]*|M[\s\S]{0,2}|\d[\d;:]*\$?)|\x1b[\]P_^X][^\x00-\x1f]+\x1b?)$/;
/** A report longer than this is taken for typing, which is the careful mistake. */
const maxBegun = 65_536;

/** Tells a person's keys and pastes from the terminal's reports, which arrive on the same line. */
export class Reports {
  #begun = "";

  /** Whether `bytes` hold anything that a person typed or pasted. Reports may be cut anywhere between two calls. */
  typed(bytes: Uint8Array): boolean {
    if (this.#begun === "" && bytes[0] !== 0x1b) return bytes.length > 0;
    const text = this.#begun + Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
    const rest = text.replace(report, "");
    this.#begun = begun.test(rest) && rest.length <= maxBegun ? rest : "";
    return rest !== this.#begun;
  }
}
