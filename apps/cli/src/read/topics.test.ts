import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { run } from '../run.ts';
import { type HeardIo, heardIo } from '../testing/heard-io.ts';

const MESSAGES = [
  '留言用户,留言主题,留言时间,留言详情,反对数,点赞数',
  'U1,丹枫新城旁建搅拌站,2026/5/1 8:00:00,丹枫新城旁的搅拌站噪音大、粉尘大,0,3',
  'U2,丹枫新城搅拌站扰民,2026-05-02 9:30:00,搅拌站的粉尘飘进丹枫新城,1,2',
  'U3,搅拌站粉尘噪音,2026/5/3 10:00,丹枫新城居民投诉搅拌站夜里噪音粉尘,0,0',
  'U4,路灯,2026/5/3 11:00,青松路的路灯不亮,0,0',
  'U4,路灯,2026/5/3 12:00,青松路的路灯不亮！,0,0',
  'U5,医保,没有时间,医保卡怎么补办,0,0',
];

async function read(t: TestContext, lines: readonly string[], ...words: readonly string[]): Promise<HeardIo> {
  const folder = mkdtempSync(join(tmpdir(), 'gezhi-topics-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'a.csv'), lines.join('\n'));
  const io = heardIo();
  await run(['read', words[0]!, join(folder, 'a.csv'), ...words.slice(1)], io);
  return io;
}

/** Lines of the answer, whether written piece by piece or line by line. */
const linesOf = (io: HeardIo): readonly string[] => io.outs.flatMap((out) => out.split('\n')).filter(Boolean);

test('topics of a file by the usual names of its columns; the last line has the figures', async (t) => {
  const io = await read(t, MESSAGES, 'topics', '--json');
  assert.deepEqual(io.errs, []);
  const lines = linesOf(io).map((line: string) => JSON.parse(line));
  assert.deepEqual([...lines[0]!.members].sort(), [2, 3, 4]);
  assert.deepEqual([lines[0]!.voices, lines[0]!.people, lines[0]!.likes, lines[0]!.opposes], [3, 3, 5, 1]);
  assert.match(lines[0]!.label, /搅拌站/);
  const { n, topics, undated } = lines.at(-1)!;
  assert.deepEqual({ n, topics, undated }, { n: 5, topics: 2, undated: [7] });
  for (const { id: _, ...told } of lines) assert.doesNotMatch(JSON.stringify(told), /U\d/);
});

test('for all to see, no topic of one person', async (t) => {
  const io = await read(t, MESSAGES, 'topics', '--public', '--json');
  assert.equal(JSON.parse(linesOf(io).at(-1)!).topics, 1);
});

test('rows told before, and resends', async (t) => {
  const io = await read(t, MESSAGES, 'duplicates', '--json');
  const lines = linesOf(io).map((line: string) => JSON.parse(line));
  const again = lines.find(({ row }: { row: number }) => row === 6);
  assert.deepEqual([again!.same[0].row, again!.same[0].resend], [5, true]);
  assert.equal(lines.at(-1)!.resends, 1);
});

test('a file without words, a column that is not there and a bad number are told', async (t) => {
  const none = await read(t, ['a,b', '1,2'], 'topics');
  assert.match(none.errs.join(), /No column of text among a, b/);
  const other = await read(t, MESSAGES, 'duplicates', '--text', 'nope');
  assert.match(other.errs.join(), /no column "nope"/);
  const least = await read(t, MESSAGES, 'duplicates', '--least', '7');
  assert.match(least.errs.join(), /"7" is no chance/);
});

test('a file without times: topics ask for the column, duplicates go by the words', async (t) => {
  const lines = ['text', '丹枫新城旁的搅拌站噪音大', '青松路的路灯不亮', '丹枫新城旁的搅拌站噪音大'];
  const topics = await read(t, lines, 'topics');
  assert.match(topics.errs.join('\n'), /No column of time among text.*--time/s);
  const io = await read(t, lines, 'duplicates', '--json');
  assert.deepEqual(io.errs, []);
  const found = linesOf(io).map((line: string) => JSON.parse(line));
  assert.deepEqual([found[0]!.row, found[0]!.same[0].row, found.at(-1)!.n], [4, 2, 3]);
});
