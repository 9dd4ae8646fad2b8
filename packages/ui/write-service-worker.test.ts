import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeServiceWorker } from './write-service-worker.ts';

test('a worker names the files of its app, and is another exactly where one of them is', (t) => {
  const root = mkdtempSync(join(tmpdir(), 'gezhi-worker-'));
  t.after(() => rmSync(root, { recursive: true }));
  const dist = join(root, 'dist');
  mkdirSync(join(root, 'src'));
  mkdirSync(join(dist, 'assets'), { recursive: true });
  writeFileSync(
    join(root, 'src/service-worker.js'),
    "const BUILD = 'field-__BUILD__';\nconst FILES = __FILES__;\n",
  );
  const script = join(dist, 'assets/a.js');
  const page = join(dist, 'index.html');
  writeFileSync(page, '<p>');
  const built = (text: string): string => {
    writeFileSync(script, text);
    writeServiceWorker('field', root, [script, page]);
    return readFileSync(join(dist, 'sw.js'), 'utf8');
  };
  const first = built('1');
  assert.match(first, /^const BUILD = 'field-[0-9a-f]{16}';\nconst FILES = \["\/field\/assets\/a\.js"\];\n$/);
  assert.equal(built('1'), first);
  assert.notEqual(built('2'), first);
  writeFileSync(page, '<h1>');
  assert.notEqual(built('1'), first);
});

test('an app without a worker gets none', (t) => {
  const root = mkdtempSync(join(tmpdir(), 'gezhi-worker-'));
  t.after(() => rmSync(root, { recursive: true }));
  writeServiceWorker('console', root, []);
  assert.throws(() => readFileSync(join(root, 'dist/sw.js')), /ENOENT/);
});
