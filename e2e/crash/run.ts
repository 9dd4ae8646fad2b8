import { parseArgs } from 'node:util';
import { beginLife, type Life, type Round } from './life.ts';

/** Rounds upon one installation; then another one begins, so that a long run crashes young ones and old ones. */
const ROUNDS_OF_A_LIFE = 10;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '50' },
    seed: { type: 'string', default: String(Math.floor(Date.now() / 1000) % 1_000_000) },
  },
});

await run(Number(values.rounds), Number(values.seed));

/** Crashes an installation again and again, and tells what each round found. */
async function run(rounds: number, seed: number): Promise<void> {
  console.log(`seed ${seed} (again: node bin/node.js e2e/crash/run.ts --rounds ${rounds} --seed ${seed})`);
  let [passed, failed] = [0, 0];
  let life: Life | undefined;
  for (let n = 0; n < rounds; n += 1) {
    if (n % ROUNDS_OF_A_LIFE === 0) {
      await life?.end();
      life = undefined;
    }
    try {
      life ??= await beginLife(seed + Math.floor(n / ROUNDS_OF_A_LIFE));
      const round = await life.round(n);
      console.log(say(n, round));
      if (round.problems.length === 0) passed += 1;
      else failed += 1;
    } catch (error) {
      failed += 1;
      console.log(`round ${n + 1}: ${(error as Error).stack}`);
      // What could not go on is left as it lies; the next round begins another.
      await life?.end();
      life = undefined;
    }
  }
  await life?.end();
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

function say(n: number, { victim, signals, commands, spooled, resent, seconds, problems }: Round): string {
  const what = `${signals} signals (${spooled} by the journal), ${commands} commands, ${resent} sent again`;
  const well = problems.length === 0 ? 'all there, once' : `\n  ${problems.slice(0, 20).join('\n  ')}`;
  return `round ${n + 1}: ${victim} killed; ${what}; ${seconds.toFixed(1)} s: ${well}`;
}
