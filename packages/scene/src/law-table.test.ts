import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runAcceptance } from './acceptance.ts';
import { lawTable } from './law-table.ts';
import { type Pack, readPack } from './read-pack.ts';

const scenes = fileURLToPath(new URL('../../../scenes', import.meta.url));
const packs: Pack[] = [];
for (const scene of readdirSync(scenes).sort()) {
  const { pack, findings } = await readPack(`${scenes}/${scene}`);
  assert.ok(pack && findings.length === 0, `${scene}: ${JSON.stringify(findings)}`);
  packs.push(pack);
}

test('every scene keeps what its own tests say', () => {
  for (const pack of packs) assert.deepEqual(runAcceptance(pack), [], pack.scene.id);
});

test('the table of law in docs/law.md is that of the scenes as they are', () => {
  const page = readFileSync(new URL('../../../docs/law.md', import.meta.url), 'utf8');
  for (const lang of ['zh', 'en'] as const)
    assert.ok(page.includes(lawTable(packs, lang)), `run: npm run law (${lang})`);
});

test('each rule of the ordinance that the hotline stands on has a test', () => {
  const held = new Set(packs.flatMap(({ tests }) => tests.flatMap(({ law }) => law)));
  const asked = [8, 10, 11, 12, 13, 14, 15, 16, 20, 23, 29, 31, 32].map((n) => `条例${n}`);
  const kinds = [1, 2, 3, 4, 5, 6].map((n) => `条例11(${n})`);
  assert.deepEqual(
    [...asked, ...kinds].filter((law) => !held.has(law)),
    [],
  );
});
