import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readTable } from '@gezhi/connectors';
import { run } from '../run.ts';
import { heardIo } from '../testing/heard-io.ts';

const shared = process.env.GEZHI_SHARED_DATA ?? join(import.meta.dirname, '../../../../../shared/data');
const learned = join(shared, 'teddy-c/labelled_8264_tokenised.csv.gz');
const skip = existsSync(learned) ? false : `no real data at ${shared} (GEZHI_SHARED_DATA names it)`;

test('real messages: learned from some, others are read far better than by guessing', { skip }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'gezhi-read-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const { rows } = await readTable(learned);
  const write = (name: string, from: number): string => {
    const some = rows.filter((_, i) => i % 12 === from).map(([, text, label]) => `"${text}",${label}`);
    writeFileSync(join(folder, name), ['tokens,label', ...some].join('\n'));
    return join(folder, name);
  };
  const io = heardIo();
  const files = ['--train', write('a.csv', 0), '--test', write('b.csv', 6)];
  await run(['read', 'evaluate', ...files, '--text', 'subject,tokens', '--label', 'label', '--json'], io);
  const { n, accuracy } = JSON.parse(io.outs.at(-1)!);
  assert.equal(n, rows.filter((_, i) => i % 12 === 6).length);
  assert.ok(accuracy > 0.75, `${accuracy}: the largest class alone would give 0.22`);
});
