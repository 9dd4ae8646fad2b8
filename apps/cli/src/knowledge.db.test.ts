import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gezhi, type Ran } from './testing/gezhi.ts';

const TABLE = `编号,问题,答复,依据,负责单位,有效期至,类别,地点
card,"老年卡在哪里办，要带什么？","在街道办理。
带身份证。",示例办法第五条,市民服务热线中心,2030-05-01,,
,没有依据的问题？,这样办。,,990000-RX,2030-05-01,,
,单位写错了？,这样办。,示例办法,没有的单位,2030-05-01,,
,日期写错了？,这样办。,示例办法,990000-RX,下个月,,
`;

test('a table comes in, bad rows are told with row, column and value; what goes out comes in as the same', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'gezhi-knowledge-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const run = (...words: string[]): Promise<Ran> => gezhi(folder, ...words);
  const made = await run('demo', '--days', '1');
  assert.equal(made.code, 0, made.err);
  const { items } = JSON.parse((await run('knowledge', 'list', '--owner', '990000-RX', '--json')).out);
  const hotline = (await run('knowledge', 'list')).out;
  assert.match(hotline, /demo-10[\s\S]*demo-06/);
  assert.deepEqual(
    items.map((one: { id: string }) => one.id),
    ['demo-08', 'demo-10'],
  );

  writeFileSync(join(folder, 'table.csv'), TABLE.replace('市民服务热线中心', '990000-RX'));
  const brought = await run('knowledge', 'import', 'table.csv', '--live');
  assert.equal(brought.code, 3);
  assert.match(brought.err, /1 written, 0 unchanged, 3 rows with mistakes/);
  assert.match(brought.out, /row 4, basis/);
  assert.match(brought.out, /row 5, owner "没有的单位": There is no unit/);
  assert.match(brought.out, /row 6, validUntil "下个月"/);

  assert.equal((await run('knowledge', 'export', '-o', 'out.csv')).code, 0);
  assert.match(readFileSync(join(folder, 'out.csv'), 'utf8'), /"在街道办理。\n带身份证。"/);
  const again = await run('knowledge', 'import', 'out.csv', '--live', '--json');
  const { written, same, bad } = JSON.parse(again.out);
  assert.deepEqual([written, bad], [0, []], again.out);
  assert.equal(same, 11);
  const none = await run('knowledge', 'import', 'town.csv');
  assert.notEqual(none.code, 0);
});
