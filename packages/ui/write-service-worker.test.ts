import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { writeServiceWorker } from './write-service-worker.ts';

test('a worker names the files of its app, and is another exactly where one of them is', (t) => {
  const dist = folder(t);
  const script = join(dist, 'a.js');
  const page = join(dist, 'index.html');
  writeFileSync(page, '<p>');
  const built = (text: string, app = 'field'): string => {
    writeFileSync(script, text);
    writeServiceWorker(app, dist, [script, page]);
    return readFileSync(join(dist, 'sw.js'), 'utf8');
  };
  const first = built('1');
  assert.match(first, /const APP = 'field';\nconst BUILD = 'field-[0-9a-f]{16}';/);
  assert.match(first, /const FILES = \["\/field\/a\.js"\];/);
  assert.match(first, /const WAITS = true;/);
  assert.match(built('1', 'portal'), /const WAITS = false;/);
  assert.equal(built('1'), first);
  assert.notEqual(built('2'), first);
  writeFileSync(page, '<h1>');
  assert.notEqual(built('1'), first);
});

test('an app that is not kept on devices gets no worker', (t) => {
  const dist = folder(t);
  writeServiceWorker('console', dist, []);
  assert.throws(() => readFileSync(join(dist, 'sw.js')), /ENOENT/);
});

function folder(t: TestContext): string {
  const dist = mkdtempSync(join(tmpdir(), 'gezhi-worker-'));
  t.after(() => rmSync(dist, { recursive: true }));
  return dist;
}
