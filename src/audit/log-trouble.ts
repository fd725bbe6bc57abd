/** The log cannot be written or is not the file it should be; its message can be shown to the person as it is. */
export class LogTrouble extends Error {
  override readonly name = "LogTrouble";
}
