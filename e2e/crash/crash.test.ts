import assert from 'node:assert/strict';
import { test } from 'node:test';
import { beginLife } from './life.ts';

const ROUNDS = 5;
const SEED = Number(process.env.GEZHI_CRASH_SEED ?? 1);

test(`what was acknowledged is there once after kill -9, ${ROUNDS} times (seed ${SEED})`, async (t) => {
  const life = await beginLife(SEED);
  t.after(() => life.end());
  for (let n = 0; n < ROUNDS; n += 1) {
    const { problems, victim, signals, commands, spooled, resent, seconds } = await life.round(n);
    t.diagnostic(
      `${victim}: ${signals} signals (${spooled} spooled), ${commands} commands, ${resent} resent, ${seconds.toFixed(1)} s`,
    );
    assert.deepEqual(problems.slice(0, 20), [], `round ${n}: ${victim} killed`);
  }
});
