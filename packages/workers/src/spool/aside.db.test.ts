import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type Incoming, takeIn } from '@gezhi/town';
import { lampSignal, tinyTown } from '../testing/tiny-town.ts';
import { ASIDE, readAside, retakeAside } from './aside.ts';
import { openSpool } from './spool.ts';

const LOST = '190000000009' as never;

/** A folder in which two signals stand aside that follow up nothing. */
async function withAside(t: TestContext) {
  const { installation } = await tinyTown(t);
  const folder = await mkdtemp(join(tmpdir(), 'gezhi-aside-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const { sealer } = installation;
  const spool = await openSpool(folder, { sealer });
  await spool.attach(installation);
  const stray = (id: string): Incoming => lampSignal(id, { follows: LOST, words: '银杏路灯还是不亮' });
  await spool.append([stray('1'), stray('2')], '990009');
  await spool.drain();
  await spool.close();
  const again = (marks: readonly string[] | 'all', mending = {}) =>
    retakeAside(installation, folder, { marks, mending, sealer, now: Date.now });
  return { installation, folder, retake: again };
}

test('what stands aside is listed with its reason, is mended, and leaves the file when it is in', async (t) => {
  const { installation, folder, retake } = await withAside(t);
  const { sealer } = installation;
  const [first, second] = await readAside(folder, sealer);
  assert.deepEqual([first?.signal.id, second?.signal.id], ['1', '2']);
  assert.match(first!.because, /^no-such-request: /);
  assert.equal(first!.signal.words, '银杏路灯还是不亮');
  assert.ok(!(await readFile(join(folder, ASIDE), 'utf8')).includes('路灯'), 'sealed on disk');
  const same = await retake([first!.mark]);
  assert.deepEqual([same.taken, same.left.length], [0, 2]);
  const mended = await retake([first!.mark], { follows: 'none' });
  assert.deepEqual([mended.taken, mended.left.map(({ mark }) => mark)], [1, [second!.mark]]);
  assert.ok(!(await readFile(join(folder, ASIDE), 'utf8')).includes('路灯'), 'sealed still');
  const other = await retake('all', { follows: 'none', district: 'elsewhere' });
  assert.match(other.left[0]!.because, /^no-such-district: /);
  await assert.rejects(retake(['ffffffff']), { code: 'no-such-mark' });
});

test('what came in by another way meanwhile is one case, and leaves the file too', async (t) => {
  const { installation, folder, retake } = await withAside(t);
  const [town] = installation.towns.values();
  await takeIn(town!, [lampSignal('1')], Date.now());
  assert.deepEqual(await retake('all', { follows: 'none' }), { taken: 2, left: [] });
  assert.deepEqual(await readAside(folder, installation.sealer), []);
  const { rows } = await town!.db.pool.query('SELECT FROM signal');
  assert.equal(rows.length, 2);
});

test('a line that was cut off is told with its place, and nothing is lost', async (t) => {
  const { installation, folder, retake } = await withAside(t);
  await appendFile(join(folder, ASIDE), '{"district":"99');
  const before = await readFile(join(folder, ASIDE), 'utf8');
  const told = { code: 'aside-unreadable', message: /not-taken\.ndjson:3/ };
  await assert.rejects(readAside(folder, installation.sealer), told);
  await assert.rejects(retake('all'), told);
  assert.equal(await readFile(join(folder, ASIDE), 'utf8'), before);
});
