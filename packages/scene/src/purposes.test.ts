import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Finding } from './compile-process.ts';
import { keepMonths, type PurposeSource, readPurposes, saidMonths } from './purposes.ts';

const HOTLINE = join(import.meta.dirname, '../../../scenes/hotline');

async function read(t: TestContext, text?: string): Promise<[readonly PurposeSource[], Finding[]]> {
  const folder = await mkdtemp(join(tmpdir(), 'gezhi-purposes-'));
  t.after(() => rm(folder, { recursive: true }));
  if (text !== undefined) await writeFile(join(folder, 'purposes.yaml'), text);
  const findings: Finding[] = [];
  return [await readPurposes(folder, findings), findings];
}

test('a scene without purposes has none; the hotline’s are sound, each with basis, term and assessment', async (t) => {
  assert.deepEqual(await read(t), [[], []]);
  const findings: Finding[] = [];
  const purposes = await readPurposes(HOTLINE, findings);
  assert.deepEqual(findings, []);
  assert.ok(purposes.length > 0 && purposes.every(({ basis, assessment }) => basis && assessment.id));
});

test('what is wrong with a purpose is named: no basis, nobody, twice, an assessment kept too short', async (t) => {
  const good = await readFile(join(HOTLINE, 'purposes.yaml'), 'utf8');
  const wrong: readonly (readonly [string, string, RegExp])[] = [
    ['  basis: 《北京市接诉即办工作条例》第23条\n', '', /callback|basis/],
    ['  powers: [callBack]\n', '', /say who may use it/],
    ['id: callback', 'id: handle', /stands twice/],
    ['keptUntil: 2029-12-31', 'keptUntil: 2028-12-31', /before 2029-01-15/],
    ['keep: 1y', 'keep: a while', /whole years or months/],
  ];
  for (const [from, to, said] of wrong) {
    const [, findings] = await read(t, good.replace(from, to));
    assert.ok(findings.length > 0 && said.test(JSON.stringify(findings)), JSON.stringify(findings));
  }
});

test('contacts of a kind are kept as long as the longest purpose needs them, by the most exact row', () => {
  const purpose = (keep: number, keepOfKinds: Record<string, { months: number }>): PurposeSource =>
    ({ fields: ['name'], keep: { months: keep }, keepOfKinds }) as unknown as PurposeSource;
  const purposes = [
    purpose(12, {}),
    purpose(6, { 'petition.*': { months: 60 }, 'petition.letter': { months: 3 } }),
  ];
  assert.deepEqual(
    ['lamp.fault', 'petition.visit', 'petition.letter'].map((kind) => keepMonths(purposes, kind)),
    [12, 60, 12],
  );
  assert.equal(keepMonths([], 'lamp.fault'), 0);
  const record = { ...purpose(36, {}), fields: ['words'] } as unknown as PurposeSource;
  assert.equal(keepMonths([...purposes, record], 'lamp.fault'), 12, 'words have a term of their own');
  assert.equal(saidMonths([...purposes, record], 'lamp.fault'), 36);
  assert.equal(saidMonths(purposes, 'lamp.fault'), undefined, 'where nobody says a term they are kept');
});
