import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isRefusal } from '@gezhi/basis';
import { toBase64, utf8 } from './bytes.ts';
import { signCheckpoint } from './checkpoint.ts';
import { judgeCheckpoint } from './judge-checkpoint.ts';
import { differenceOf, type FactLeaf, hashBody, leafEntry, readLeaf } from './leaf.ts';
import { formatVerifierKey } from './note.ts';
import { hashSignal, signPromise } from './promise.ts';
import { planConsistency, planInclusion, proofOf } from './prove.ts';
import { type LedgerReceipt, verifyReceipt } from './receipt.ts';
import { madeUpKey, madeUpLeaves, naiveRoot, naiveTile, nodeCrypto } from './testing/made-up-log.ts';
import { sha256 } from './testing/node-hash.ts';
import { formatProof, parseProof } from './tlog-proof.ts';
import { hashLeaf } from './tree.ts';

const log = madeUpKey('ledger.example/willow-county', 1);
const NUMBER = '100000000123';
const salt = new Uint8Array(16).fill(7);
const body = { by: { post: 'requester' }, cause: 'signal', data: { voice: { number: NUMBER } } };
const leaf: FactLeaf = {
  kind: 'fact',
  district: 'willow',
  position: 301,
  case: '0190d6f0-0000-7000-8000-000000000001',
  seq: 1,
  type: 'opened',
  v: 1,
  at: 1_700_000_000_000,
  known: 1_700_000_000_005,
  hash: hashBody(sha256, salt, body),
};

describe('a receipt', () => {
  const receipt = madeUpReceipt();

  test('proves what was promised and where it lies in the log', () => {
    const proves = verifyReceipt(nodeCrypto, receipt, log.key);
    assert.ok(!isRefusal(proves));
    assert.equal(proves.promise?.number, NUMBER);
    assert.deepEqual(proves.included?.leaf, leaf);
    assert.equal(proves.included?.index, 300);
  });

  test('proves the promise alone while the log has not come to it', () => {
    const { inclusion: _, ...promised } = receipt;
    const proves = verifyReceipt(nodeCrypto, promised, log.key);
    assert.ok(!isRefusal(proves) && proves.included === undefined);
  });

  test('says what was tampered with', () => {
    const inclusion = receipt.inclusion!;
    const redated = leafEntry({ ...leaf, at: leaf.at + 1 });
    const wrong: Record<string, LedgerReceipt> = {
      'body-changed': { ...receipt, inclusion: { ...inclusion, body: { ...body, cause: 'other' } } },
      'not-included': { ...receipt, inclusion: { ...inclusion, entry: toBase64(redated) } },
      'other-number': { ...receipt, number: '100000000131' },
      'bad-signature': { ...receipt, promise: receipt.promise!.replace('at 2023', 'at 2024') },
      'bad-leaf': { ...receipt, inclusion: { ...inclusion, entry: toBase64(utf8('{}')) } },
      'bad-proof': { ...receipt, inclusion: { ...inclusion, proof: 'x' } },
      'bad-receipt': { format: receipt.format, number: NUMBER, key: receipt.key },
    };
    for (const [code, tampered] of Object.entries(wrong)) {
      const refusal = verifyReceipt(nodeCrypto, tampered, log.key);
      assert.ok(isRefusal(refusal), code);
      assert.equal(refusal.code, code);
    }
  });

  test('of another log proves nothing', () => {
    const refusal = verifyReceipt(nodeCrypto, receipt, madeUpKey('ledger.example/elsewhere', 9).key);
    assert.ok(isRefusal(refusal) && refusal.code === 'unsigned');
  });
});

describe('a leaf', () => {
  test('is read back as it was written, and in no other spelling', () => {
    assert.deepEqual(readLeaf(leafEntry(leaf)), leaf);
    assert.ok(isRefusal(readLeaf(utf8(JSON.stringify(leaf)))));
    assert.ok(isRefusal(readLeaf(Uint8Array.of(255))));
  });

  test('says how it differs from what is told now', () => {
    assert.equal(differenceOf(leaf, { ...leaf }), undefined);
    assert.equal(differenceOf(leaf, { ...leaf, at: 1 }), 'redated');
    assert.equal(differenceOf(leaf, { ...leaf, type: 'joined' }), 'changed');
    assert.equal(differenceOf(leaf, { ...leaf, position: 302 }), 'swapped');
  });

  test('hashes the same body the same, in whatever order its keys stand', () => {
    const turned = { data: { voice: { number: NUMBER } }, cause: 'signal', by: { post: 'requester' } };
    assert.equal(hashBody(sha256, salt, turned), leaf.hash);
  });
});

describe('a witness', () => {
  const leaves = madeUpLeaves(20);
  const seen = { origin: 'a', size: 12, root: naiveRoot(sha256, leaves.slice(0, 12)) };
  const now = { origin: 'a', size: 20, root: naiveRoot(sha256, leaves) };
  const proof = proofOf(sha256, planConsistency(12, 20), (tile) => naiveTile(leaves, tile));

  test('goes along with a log that only grew', () => {
    assert.equal(judgeCheckpoint(sha256, undefined, now, []), 'consistent');
    assert.equal(judgeCheckpoint(sha256, seen, now, proof), 'consistent');
    assert.equal(judgeCheckpoint(sha256, now, now, []), 'consistent');
  });

  test('says that a log shrank, forked, or is another', () => {
    const code = (verdict: ReturnType<typeof judgeCheckpoint>): unknown => isRefusal(verdict) && verdict.code;
    assert.equal(code(judgeCheckpoint(sha256, now, seen, [])), 'log-shrunk');
    assert.equal(code(judgeCheckpoint(sha256, now, { ...now, root: seen.root }, [])), 'log-forked');
    const changed = { ...now, root: naiveRoot(sha256, [leaves[1]!, ...leaves.slice(1)]) };
    assert.equal(code(judgeCheckpoint(sha256, seen, changed, proof)), 'log-forked');
    assert.equal(code(judgeCheckpoint(sha256, seen, { ...now, origin: 'b' }, proof)), 'other-log');
  });
});

test('a proof is written and read as the specification has it', () => {
  const proof = { index: 3, hashes: [salt, salt].map(sha256), checkpoint: 'a\n1\nb\n\n— c d\n' };
  assert.deepEqual(parseProof(formatProof(proof)), {
    ...proof,
    hashes: proof.hashes.map((hash) => new Uint8Array(hash)),
  });
});

function madeUpReceipt(): LedgerReceipt {
  const leaves = [...madeUpLeaves(300), hashLeaf(sha256, leafEntry(leaf)), ...madeUpLeaves(5)];
  const checkpoint = { origin: log.key.name, size: leaves.length, root: naiveRoot(sha256, leaves) };
  const hashes = proofOf(sha256, planInclusion(300, leaves.length), (tile) => naiveTile(leaves, tile));
  const signal = hashSignal(sha256, { source: 'portal', id: 'made-up', said: 'The lamp is dark.' });
  return {
    format: 'gezhi.receipt/v1',
    number: NUMBER,
    key: formatVerifierKey(sha256, log.key),
    promise: signPromise(sha256, { number: NUMBER, signal, at: 1_700_000_000_000 }, log.key, log.sign),
    inclusion: {
      entry: toBase64(leafEntry(leaf)),
      salt: toBase64(salt),
      body,
      proof: formatProof({
        index: 300,
        hashes,
        checkpoint: signCheckpoint(sha256, checkpoint, log.key, log.sign),
      }),
    },
  };
}
