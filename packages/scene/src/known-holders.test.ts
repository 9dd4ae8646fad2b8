import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal } from '@gezhi/basis';
import { readPowerTable } from '@gezhi/powers';
import { unknownHolders } from './known-holders.ts';

const row = (more: object) => ({
  id: 'r',
  effect: 'permit',
  power: 'see',
  basis: 'a law',
  text: { zh: '一', en: 'one' },
  ...more,
});

function found(more: object): readonly string[] {
  const table = readPowerTable([row(more)]);
  assert.ok(!isRefusal(table));
  return unknownHolders(table).map(({ key, problem, remedy }) => `${key}: ${problem}. ${remedy}`);
}

test('a level, a kind or a role that no town has is named, with what was meant', () => {
  assert.match(
    found({ unitLevels: ['district', 'county'] })[0]!,
    /r\.unitLevels: "county".*level "district"/,
  );
  assert.match(found({ postKinds: ['deputy'] })[0]!, /r\.postKinds: "deputy".*deputyOf/);
  assert.match(found({ unitKinds: ['departmnt'] })[0]!, /Known: department/);
  assert.match(found({ roles: ['hacker'] })[0]!, /is no role/);
  assert.match(found({ during: ['holiday'] })[0]!, /is no dated state/);
});

test('what towns have passes', () => {
  assert.deepEqual(
    found({ unitKinds: ['government'], postKinds: ['arbiter'], unitLevels: ['district'] }),
    [],
  );
  assert.deepEqual(found({ roles: ['system', 'operator'], during: ['emergency'] }), []);
});
