import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const DIST = `${ROOT}apps/portal/dist/`;
const BYTES_MAX = 100 * 1024;

test('the first view loads at most 100 KB of compressed JavaScript, and no schemas, forms or maps', () => {
  execFileSync(process.execPath, ['packages/ui/build.ts'], { cwd: ROOT });
  const page = readFileSync(`${DIST}index.html`, 'utf8');
  const scripts = [...page.matchAll(/(?:src|href)="\/portal\/(assets\/[^"]+\.js)"/g)].map(
    (match) => match[1] ?? '',
  );
  assert.ok(scripts.length > 0, 'the page names its scripts');
  const sources = scripts.map((path) => readFileSync(DIST + path));
  const bytes = sources.reduce((sum, source) => sum + gzipSync(source, { level: 9 }).length, 0);
  assert.ok(bytes <= BYTES_MAX, `${bytes} bytes of ${BYTES_MAX}`);
  const all = sources.join('\n');
  for (const heavy of ['ZodObject', 'rjsf', 'maplibre', 'echarts', 'antd'])
    assert.ok(!all.includes(heavy), `${heavy} is in the first view`);
});
