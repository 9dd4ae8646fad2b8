import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sha256 } from '../edition/testing.test.ts';
import { commitSeed, type Drawing, drawSample, proveSample } from './draw-sample.ts';

const SEED = 'a1'.repeat(32);
const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 12 }), { maxLength: 60 });
const seeds = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString('hex'));

function draw(population: readonly string[], n: number, seed = SEED): string[] {
  return drawSample(population, { n }, seed, sha256);
}

test('law: the order of the population is nothing, and a smaller sample begins a larger one', () => {
  fc.assert(
    fc.property(ids, seeds, fc.integer({ min: 1, max: 60 }), (population, seed, n) => {
      const drawn = draw(population, n, seed);
      assert.deepEqual(draw(population.toReversed(), n, seed), drawn);
      assert.deepEqual(draw(population, n + 1, seed).slice(0, n), drawn);
      assert.equal(drawn.length, Math.min(n, population.length));
    }),
  );
});

test('law: taking away what was not drawn changes nothing', () => {
  fc.assert(
    fc.property(ids, seeds, (population, seed) => {
      const drawn = draw(population, 5, seed);
      const without = population.filter((id, at) => drawn.includes(id) || at % 2 === 0);
      assert.deepEqual(draw(without, 5, seed), drawn);
    }),
  );
});

test('each id is drawn about as often: 200 seeds, 10 of 50', () => {
  const population = Array.from({ length: 50 }, (_, i) => `r${i}`);
  const times = new Map<string, number>();
  for (let i = 0; i < 200; i += 1) {
    for (const id of draw(population, 10, sha256(`seed ${i}`))) times.set(id, (times.get(id) ?? 0) + 1);
  }
  // 200 draws at 1/5: mean 40, σ = √32; beyond six σ something is wrong.
  for (const id of population) assert.ok(Math.abs((times.get(id) ?? 0) - 40) < 34, `${id} ${times.get(id)}`);
});

const population = ['r1', 'r2', 'r3', 'r4', 'r5', 'r6'];
const drawing: Drawing = {
  commit: commitSeed(SEED, sha256),
  committedAt: 100,
  seed: SEED,
  drawnAt: 900,
  size: { share: 0.5 },
  populationFrom: 200,
  population,
  drawn: drawSample(population, { share: 0.5 }, SEED, sha256),
};

test('anybody can prove a drawing, and sees what is wrong with it', () => {
  assert.deepEqual(proveSample(drawing, sha256), []);
  assert.equal(drawing.drawn.length, 3);
  assert.deepEqual(proveSample({ ...drawing, commit: 'x' }, sha256), ['seed-not-committed']);
  assert.deepEqual(proveSample({ ...drawing, drawn: ['r1'] }, sha256), ['other-sample']);
  assert.deepEqual(proveSample({ ...drawing, committedAt: 300 }, sha256), [
    'committed-after-population-began',
  ]);
  assert.deepEqual(proveSample({ ...drawing, committedAt: 950 }, sha256), [
    'committed-after-drawing',
    'committed-after-population-began',
  ]);
});

test('what cannot be drawn is refused with what to do', () => {
  assert.throws(() => commitSeed('short', sha256), { code: 'bad-seed' });
  assert.throws(() => draw(['r1', 'r1'], 1), { code: 'id-twice' });
  assert.throws(() => drawSample(population, { share: 0 }, SEED, sha256), { code: 'bad-sample-size' });
  assert.throws(() => draw(population, 1.5), { code: 'bad-sample-size' });
});
