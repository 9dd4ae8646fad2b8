import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { readTable } from './read-table.ts';

function fileOf(t: TestContext, name: string, content: string | Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'gezhi-table-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

test('a table is read as it stands, gzipped too; a short row is broken and told', async (t) => {
  const text = '\ufeff题目,内容\n路灯不亮,"三组,\n水井旁"\n\n,\n只有一格\n停水,今天\n';
  const table = await readTable(fileOf(t, 'a.csv.gz', gzipSync(text)));
  assert.deepEqual(table.columns, ['题目', '内容']);
  assert.deepEqual(table.rows, [
    ['路灯不亮', '三组,\n水井旁'],
    ['停水', '今天'],
  ]);
  assert.deepEqual(table.lines, [2, 7]);
  assert.deepEqual(table.broken, [{ line: 6, why: 'field-count' }]);
});

test('a file that is empty, has a column twice, or is no table is refused with what to do', async (t) => {
  await assert.rejects(readTable(fileOf(t, 'a.csv', '')), /is empty\. Its first row must name the columns/);
  await assert.rejects(readTable(fileOf(t, 'a.csv', 'a,a\n1,2\n')), /two columns named "a"/);
  await assert.rejects(readTable(fileOf(t, 'a.csv', '{"a":1}\n')), /lines of JSON\. Save it as CSV/);
  await assert.rejects(readTable('/no/such/file.csv'), /Is the path right/);
});
