import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { isRefusal } from '@gezhi/basis';
import {
  COSIGNATURE,
  checkAnywhere,
  cosign,
  ED25519,
  formatVerifierKey,
  openCheckpoint,
  openPromise,
  parseVerifierKey,
  SM2,
  SM2_COSIGNATURE,
  signCheckpoint,
  signPromiseLater,
} from '@gezhi/ledger';
import { nodeCrypto, openLogKey } from './log-key.ts';
import { nodeSha256 } from './open-log.ts';

describe('the key of a log', () => {
  for (const [name, sort, witnessSort] of [
    ['Ed25519', ED25519, COSIGNATURE],
    ['SM2', SM2, SM2_COSIGNATURE],
  ] as const) {
    test(`by ${name} is made once, and what it and its witness sign holds on the server and anywhere`, async (t) => {
      const folder = await mkdtemp(join(tmpdir(), 'gezhi-key-'));
      t.after(() => rm(folder, { recursive: true }));
      const made = await openLogKey(join(folder, 'log'), 'ledger.example/willow', sort);
      const again = await openLogKey(join(folder, 'log'), 'ledger.example/poplar', ED25519);
      assert.deepEqual(again.key, made.key);
      const line = formatVerifierKey(nodeSha256, made.key);
      assert.equal(await readFile(join(folder, 'log/key.pub'), 'utf8'), `${line}\n`);
      assert.deepEqual(parseVerifierKey(nodeSha256, line), made.key);

      const witness = await openLogKey(join(folder, 'witness'), 'witness.example/city', witnessSort);
      const checkpoint = {
        origin: made.key.name,
        size: 7,
        root: new Uint8Array(nodeSha256(new Uint8Array(0))),
      };
      const note = signCheckpoint(nodeSha256, checkpoint, made.key, again.sign);
      const text = note.slice(0, note.indexOf('\n\n') + 1);
      const both = note + cosign(nodeSha256, text, 1_679_315_147, witness.key, witness.sign);
      for (const opened of [
        openCheckpoint(nodeCrypto, both, made.key, [witness.key]),
        await checkAnywhere((crypto) => openCheckpoint(crypto, both, made.key, [witness.key])),
      ]) {
        assert.ok(!isRefusal(opened));
        assert.deepEqual(opened.witnesses, [{ key: witness.key, at: 1_679_315_147 }]);
      }
      const changed = openCheckpoint(nodeCrypto, both.replace('\n7\n', '\n8\n'), made.key);
      assert.ok(isRefusal(changed) && changed.code === 'bad-signature');

      const promise = { number: '100000000123', signal: checkpoint.root, at: 1_700_000_000_000 };
      const promised = await signPromiseLater(nodeSha256, promise, made.key, made.signLater);
      assert.deepEqual(openPromise(nodeCrypto, promised, made.key), promise);
    });
  }
});
