import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { run } from '../run.ts';
import { heardIo } from '../testing/heard-io.ts';

const ROWS = 'title,words\n路灯,幸福路12号的路灯不亮\n你好,谢谢\n停电,A7县星沙街道停电\n';

test('each row with what it mentions; the last line counts', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gezhi-places-'));
  try {
    const file = join(folder, 'a.csv');
    writeFileSync(file, ROWS);
    const io = heardIo();
    await run(['read', 'places', file, '--text', 'title,words', '--json'], io);
    assert.deepEqual(io.errs, []);
    const { n, mentioned, resolved, asked } = JSON.parse(io.outs.at(-1)!);
    assert.deepEqual([n, mentioned, resolved, asked], [3, 2, 0, 3]);
    const zh = heardIo('zh');
    await run(['read', 'places', file, '--text', 'words'], zh);
    assert.match(zh.outs.concat(zh.errs).join('\n'), /幸福路12号/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
