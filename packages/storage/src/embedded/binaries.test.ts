import assert from 'node:assert/strict';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Account } from './account.ts';
import { copyForAccount, isReachable, locateBinaries, program } from './binaries.ts';

const nobody: Account = { uid: 65_534, gid: 65_534, name: 'nobody', switched: true };
const skip = process.geteuid?.() === 0 ? false : 'only root lends its server another account';

test('programs in a folder closed to their account are copied once to one that is open', { skip }, (t) => {
  const top = mkdtempSync(join(tmpdir(), 'gezhi-binaries-'));
  t.after(() => rmSync(top, { recursive: true }));
  chmodSync(top, 0o755);
  const closed = join(top, 'closed');
  mkdirSync(join(closed, 'native', 'bin'), { recursive: true });
  cpSync(program(locateBinaries(18, nobody, top), 'initdb'), join(closed, 'native', 'bin', 'postgres'));
  chmodSync(join(closed, 'native', 'bin', 'postgres'), 0o700);
  chmodSync(closed, 0o700);
  assert.equal(isReachable(join(closed, 'native'), nobody), false);
  const copy = copyForAccount(join(closed, 'native'), nobody, top);
  assert.ok(isReachable(copy, nobody));
  const made = statSync(copy).ctimeMs;
  assert.equal(copyForAccount(join(closed, 'native'), nobody, top), copy);
  assert.equal(statSync(copy).ctimeMs, made, 'the second start uses the copy of the first');
});
