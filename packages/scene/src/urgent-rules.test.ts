import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readUrgent } from '@gezhi/text';
import type { Finding } from './compile-process.ts';
import { NO_URGENT, readUrgentFile } from './urgent-rules.ts';

const HOTLINE = fileURLToPath(new URL('../../../scenes/hotline', import.meta.url));

test('the hotline: every sentence reads as its rule says, and there are enough of them', async () => {
  const findings: Finding[] = [];
  const { file } = await readUrgentFile(HOTLINE, findings);
  assert.deepEqual(findings, []);
  const said = file!.rules.flatMap(({ tests }) => [...tests.yes, ...tests.no]);
  assert.ok(said.length >= 150);
});

test('two dangers in one text: both speak, and both are called', async () => {
  const { rules } = await readUrgentFile(HOTLINE, []);
  const { level, to } = readUrgent(rules, '撞车后车子着火，司机被困');
  assert.equal(level, 'handOff');
  assert.ok(to.includes('119'));
});

test('what is wrong is told with its key: a bad value, a sentence that reads otherwise', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'urgent-'));
  try {
    assert.equal(await readUrgentFile(folder, []), NO_URGENT);
    await cp(join(HOTLINE, 'urgent.yaml'), join(folder, 'urgent.yaml'));
    const text = await readFile(join(folder, 'urgent.yaml'), 'utf8');
    const tried = async (changed: string): Promise<readonly Finding[]> => {
      const findings: Finding[] = [];
      await writeFile(join(folder, 'urgent.yaml'), changed);
      await readUrgentFile(folder, findings);
      return findings;
    };
    assert.equal((await tried(text.replace('- 没有着火', '- 着火了')))[0]?.key, 'fire.tests.no');
    assert.equal(
      (await tried(text.replace('- 3栋楼道起火，烟很大', '- 天气很好')))[0]?.key,
      'fire.tests.yes',
    );
    assert.equal((await tried(text.replace('level: handOff', 'level: soon')))[0]?.key, 'rules.0.level');
    assert.equal((await tried('rules: ['))[0]?.remedy, 'Mend the YAML.');
  } finally {
    await rm(folder, { recursive: true });
  }
});
