import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gezhi, type Ran } from './testing/gezhi.ts';

const ROOT = join(import.meta.dirname, '../../..');
const FIXTURE = join(ROOT, 'packages/connectors/fixtures/hotline.csv');

test('a file goes in, its numbers come out, and are the same without the database', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'gezhi-cli-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const run = (...words: string[]): Promise<Ran> => gezhi(folder, ...words);

  const imported = await run('import', FIXTURE, '--profile', 'hotline-zh', '--json');
  assert.equal(imported.code, 0, imported.err);
  const figures = JSON.parse(imported.out.trim().split('\n').at(-1)!);
  const names = ['rows', 'accepted', 'refused', 'cases', 'merged', 'seconds', 'agreement'];
  assert.deepEqual(Object.keys(figures).slice(0, 7), names);
  assert.equal(figures.accepted + figures.refused, figures.rows);
  assert.equal(figures.cases + figures.merged, figures.accepted);

  const again = JSON.parse((await run('import', FIXTURE, '--profile', 'hotline-zh', '--json')).out);
  assert.deepEqual([again.cases, again.merged, again.known], [0, 0, figures.accepted]);

  const exported = await run('export', '--facts', '-o', 'facts.ndjson');
  assert.equal(exported.code, 0, exported.err);
  const stamp = JSON.parse(readFileSync(join(folder, 'facts.ndjson'), 'utf8').split('\n')[0]!).export;
  assert.deepEqual([stamp.what, stamp.madeBy], ['facts', 'operator'], 'the file says who made it');
  const period = ['--from', '2000-01-01', '--to', '2100-01-01', '--by', 'unit', '--json'];
  const ranked = await run('rank', ...period);
  const recomputed = await run('recompute', 'facts.ndjson', ...period);
  assert.deepEqual([ranked.code, recomputed.code], [0, 0], ranked.err + recomputed.err);
  assert.equal(recomputed.out, ranked.out);

  const tickets = await run('export', '--profile', 'hotline-zh', '-o', 'tickets.csv', '--json');
  assert.equal(JSON.parse(tickets.out).requests, figures.accepted);
  const number = readFileSync(join(folder, 'tickets.csv'), 'utf8').split('\n')[1]!.split(',')[0]!;
  const explained = await run('explain', number);
  assert.match(explained.out, /What happened\n +1 {2}/, explained.err);
  assert.equal((await run('explain', '120000000000')).code, 2);

  const whole = await run('export', '--everything', 'whole', '--json');
  assert.equal(whole.code, 0, whole.err);
  assert.ok(JSON.parse(whole.out).rows > figures.accepted);
  assert.equal(
    (await run('import', '--everything', 'whole')).code,
    1,
    'an installation that holds something',
  );
  const brought = await run('import', '--everything', 'whole', '--data', 'other');
  assert.match(brought.out, /^Everything of /, brought.err);
  const sealed = await run('rank', ...period, '--data', 'other');
  assert.match(
    sealed.err,
    /master-keys\.json is not there/,
    'its contacts are sealed: the keys come along by another way',
  );
  cpSync(join(folder, '.gezhi', 'keys'), join(folder, 'other', 'keys'), { recursive: true });
  const same = await run('rank', ...period, '--data', 'other');
  assert.equal(same.out, ranked.out, same.err);

  const some = await run('rebuild', '--only', 'rollup', '--json');
  assert.deepEqual([some.code, JSON.parse(some.out).differences], [0, []], some.err);
  const rebuilt = await run('rebuild', '--json');
  assert.equal(rebuilt.code, 0, rebuilt.out + rebuilt.err);
  assert.deepEqual(JSON.parse(rebuilt.out).differences, []);
});
