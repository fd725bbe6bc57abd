/** @param share 0.5 the median, 0.99 the 99th percentile */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Runs all subjects in turn, round after round, so that a slow minute of the machine meets them alike. Gives each one's results. */
export function inTurns<Subject, Result>(rounds: number, subjects: readonly Subject[], run: (subject: Subject) => Result): (subject: Subject) => Result[] {
  const results = new Map<Subject, Result[]>();
  for (let round = 0; round < rounds; round++) {
    for (const subject of subjects) results.set(subject, [...(results.get(subject) ?? []), run(subject)]);
  }
  return (subject) => results.get(subject) ?? [];
}
