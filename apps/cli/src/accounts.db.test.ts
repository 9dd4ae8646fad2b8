import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeTown, writeTown } from '@gezhi/demo';
import { gezhi } from './testing/gezhi.ts';

test('accounts and keys from the shell: a link each, shown once; a key is made, rotated, listed, revoked', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'gezhi-accounts-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  await writeTown(join(folder, 'town'), makeTown(1));
  const brought = await gezhi(folder, 'town', 'import', 'town');
  assert.equal(brought.code, 0, brought.err);
  const json = async (...words: string[]) => {
    const { code, out, err } = await gezhi(folder, ...words, '--json');
    assert.equal(code, 0, err);
    return JSON.parse(out);
  };
  assert.match((await json('account', 'setup')).url, /\/setup\?district=\w+&key=/);
  assert.match((await json('account', 'new', '90002', '--role', 'securityAdmin')).url, /\/staff\/link\?/);
  const late = await gezhi(folder, 'account', 'setup');
  assert.equal(late.code, 2, 'there are accounts already');
  const [account] = await json('account', 'list');
  assert.deepEqual([account.name, account.role], ['90002', 'securityAdmin']);

  const [row] = makeTown(1).get('posts.csv')?.split('\n').slice(1) ?? [];
  assert.ok(row);
  const scope = ['--post', row.split(',')[0]!, '--routes', 'listCases,getCase', '--kinds', 'water.'];
  const wrong = await gezhi(
    folder,
    'key',
    'new',
    'water-works',
    ...scope.slice(0, 3),
    'listFacts',
    '--kinds',
    'water.',
  );
  assert.equal(wrong.code, 2);
  assert.match(wrong.err, /cannot be narrowed/);
  const made = await json('key', 'new', 'water-works', ...scope, '--days', '30');
  assert.match(made.key, /^gzk_/);
  assert.notEqual((await json('key', 'rotate', 'water-works')).id, made.id);
  const [{ service, keys }] = await json('key', 'list');
  assert.deepEqual([service.name, service.kinds, keys.length], ['water-works', ['water.'], 2]);
  assert.ok(!JSON.stringify(keys).includes(made.key));
  assert.equal((await json('key', 'revoke', 'water-works')).revoked, true);
});
