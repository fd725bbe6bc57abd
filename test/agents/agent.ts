/** A coding agent as a person would start it, isolated: own home folder, a model on loopback, no telemetry, no updates. */
export interface Agent {
  /** "claude": the first word of the README's table. */
  readonly name: string;
  readonly version: string;
  /** What npm installs. */
  readonly packageName: string;
  readonly bin: string;
  /** Its own words that make it ask and keep it from starting daemons. */
  readonly args: readonly string[];
  /** The words that hand it a first instruction. */
  begin(instruction: string): readonly string[];
  environment(home: string, modelUrl: string): Readonly<Record<string, string>>;
  /** Writes what a person would have settled at the first start: onboarding, the trusted folder, the key. */
  seed(home: string, cwd: string, settled: Settled, modelUrl: string): void;
}

/** The start that a person has made once: everything settled, or nothing. */
export type Settled = "all" | "onboarding" | "nothing";
