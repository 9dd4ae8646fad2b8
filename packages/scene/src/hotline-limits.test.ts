import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Actor, may } from '@gezhi/powers';
import { readPack } from './index.ts';

const folder = fileURLToPath(new URL('../../../scenes/hotline', import.meta.url));
const PARENT: Readonly<Record<string, string>> = { lamps: 'district', 'lamp-station': 'lamps' };

function on(unit: string, kind: string, unitKind: string): Actor {
  const post = { code: `${unit}-${kind}`, kind, unit, unitKind, unitLevel: 'district' };
  return { person: 'S-1', roles: [], post };
}

test('no post of any kind checks the work of its own unit or of one above it', async () => {
  const { pack } = await readPack(folder);
  const work = {
    leadUnit: 'lamps',
    coUnits: ['power'],
    doneBy: ['lamps', 'power'],
    places: [],
    unitAncestors: (unit: string) => (PARENT[unit] ? [PARENT[unit]] : []),
  };
  const kinds = ['checker', 'head', 'desk', 'seat', 'dispatcher', 'dutyPost'];
  for (const unit of ['lamps', 'lamp-station', 'power']) {
    for (const kind of kinds) {
      for (const unitKind of ['department', 'hotline', 'centre', 'street', 'utility']) {
        const { allowed } = may(on(unit, kind, unitKind), 'check', work, pack!.powers);
        assert.equal(allowed, false, `${kind} of ${unit} (${unitKind})`);
      }
    }
  }
  assert.equal(may(on('centre', 'checker', 'centre'), 'check', work, pack!.powers).allowed, true);
});

test('a scene without owner, purpose, legal basis, end, assessment of impact or tests does not go live', async (t) => {
  const copy = await mkdtemp(join(tmpdir(), 'gezhi-scene-'));
  t.after(() => rm(copy, { recursive: true }));
  await cp(folder, copy, { recursive: true });
  const path = join(copy, 'scene.yaml');
  const whole = await readFile(path, 'utf8');
  for (const key of ['owner', 'purpose', 'basis', 'expires', 'assessment']) {
    const without = whole.replace(new RegExp(`^${key}:.*\\n(?:[ \\t].*\\n)*`, 'm'), '');
    assert.notEqual(without, whole, key);
    await writeFile(path, without);
    const { findings } = await readPack(copy);
    assert.ok(
      findings.some((finding) => finding.file === 'scene.yaml' && finding.key.includes(key)),
      `${key}: ${JSON.stringify(findings)}`,
    );
  }
  await writeFile(path, whole);
  await rm(join(copy, 'tests.yaml'));
  assert.notDeepEqual((await readPack(copy)).findings, []);
});
