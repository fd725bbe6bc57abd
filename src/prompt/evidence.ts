/** What the kernel says of the child's terminal at one moment; undefined: it could not be asked. Linux only, save echo and icanon. */
export interface Evidence {
  /** What is typed shows. */
  readonly echo: boolean | undefined;
  /** The kernel edits lines: the program gets them at Enter. */
  readonly icanon: boolean | undefined;
  /** How the foreground job waits for the terminal; null: it does not. */
  readonly reading: "read" | "poll" | "select" | "epoll" | null | undefined;
  /** Some foreground process is on the CPU. */
  readonly running: boolean | undefined;
}
