import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gezhi } from './testing/gezhi.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** The example lines of a README, without the door that opens them. */
function linesOf(file: string): string[] {
  const readme = readFileSync(join(ROOT, file), 'utf8');
  return readme
    .split('\n')
    .flatMap((line) => (line.startsWith('npx gezhi ') ? [line.slice('npx gezhi '.length)] : []));
}

test('both READMEs show the same lines', () => {
  assert.deepEqual(linesOf('README.zh.md'), linesOf('README.md'));
});

test('the lines of the README run as they stand, in a shorter history', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'gezhi-readme-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const lines = linesOf('README.md');
  assert.ok(lines.length >= 6);
  for (const line of lines) {
    const words = line.replaceAll('../gezhi-try', folder).replace('--days 60', '--days 2').split(' ');
    const { code, err } = await gezhi(
      ROOT,
      ...words,
      ...(words[0] === 'import' ? ['--rejects', join(folder, 'r.csv')] : []),
    );
    assert.equal(code, 0, `${line}\n${err}`);
  }
});
