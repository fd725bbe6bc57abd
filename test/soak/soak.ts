/** `npm run soak -- [rounds] [sessions] [questions]`: round after round in bad weather; prints figures, and fails at the first history that must not be. */
import { figuresOf, percentile } from "./figures.ts";
import { problemsOf } from "./history.ts";
import { playRound } from "./round.ts";
import { seeded } from "./seeded.ts";

const [rounds = 10, sessions = 10, questions = 10] = process.argv.slice(2).map(Number);
for (let seed = 1; seed <= rounds; seed++) {
  const round = await playRound({ sessions, questions, random: seeded(seed) });
  const problems = problemsOf(round.history, 12_345_678);
  const { toKey, toSession, ...figures } = figuresOf(round.history);
  console.log(JSON.stringify({ seed, ...figures, toKey: [percentile(toKey, 0.5), percentile(toKey, 0.99)], toSession: [percentile(toSession, 0.5), percentile(toSession, 0.99)], failoverMs: round.failoversMs }));
  if (problems.length === 0) continue;
  console.log(problems.join("\n"));
  process.exitCode = 1;
  break;
}
