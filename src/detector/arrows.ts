/** The keys that move a highlight by so many rows; below 0: up. */
export function arrowsFor(steps: number): string {
  return (steps < 0 ? "\x1b[A" : "\x1b[B").repeat(Math.abs(steps));
}
