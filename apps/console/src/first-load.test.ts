import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));
const MAX_KB = 450;

/** What a file imports at once, and what those import; not what it loads later. */
function closure(name: string, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  const text = readFileSync(join(DIST, 'assets', name), 'utf8');
  for (const [, next] of text.matchAll(/(?:from|import)\s*"\.\/([\w.-]+\.js)"/g)) closure(next!, seen);
  return seen;
}

function gzippedKb(names: Iterable<string>): number {
  return [...names].reduce((sum, name) => sum + statSync(join(DIST, 'assets', `${name}.gz`)).size, 0) / 1024;
}

test('the console is there after 450 KB of script at most, whichever room somebody begins in', (t) => {
  if (!existsSync(join(DIST, 'index.html'))) return t.skip('not built: npm run web');
  const page = readFileSync(join(DIST, 'index.html'), 'utf8');
  const entry = /src="\/console\/assets\/([\w.-]+\.js)"/.exec(page)?.[1];
  assert.ok(entry);
  const shell = closure(entry);
  const rooms = readdirSync(join(DIST, 'assets')).filter((name) => /-screen-[\w-]+\.js$/.test(name));
  assert.ok(rooms.length >= 9);
  for (const room of rooms) {
    const kb = gzippedKb(closure(room, new Set(shell)));
    t.diagnostic(`${room}: ${kb.toFixed(0)} KB`);
    assert.ok(kb <= MAX_KB, `${room}: ${kb.toFixed(0)} KB`);
  }
});
