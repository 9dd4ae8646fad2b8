import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { sameBytes, toHex } from './bytes.ts';
import { planConsistency, planFrontier, planInclusion, proofOf } from './prove.ts';
import { madeUpLeaves, naivePath, naiveRoot, naiveTile } from './testing/made-up-log.ts';
import { sha256 } from './testing/node-hash.ts';
import { tileRoot, tilesBetween } from './tiles.ts';
import { appendTree, EMPTY_FRONTIER, hashLeaf, rootOf } from './tree.ts';
import { verifyConsistency, verifyInclusion } from './verify-proofs.ts';

const LEAVES = madeUpLeaves(1500);
const size = fc.integer({ min: 1, max: LEAVES.length });

describe('a tree of hashes', () => {
  test('has the roots that Certificate Transparency publishes for its eight example leaves', () => {
    const entries = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657'];
    const leaves = [...entries, '606162636465666768696a6b6c6d6e6f'].map((hex) =>
      hashLeaf(sha256, Buffer.from(hex, 'hex')),
    );
    const roots = [
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
      'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
      '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
      'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    ];
    roots.forEach((root, count) => {
      const frontier = appendTree(sha256, EMPTY_FRONTIER, leaves.slice(0, count));
      assert.equal(toHex(rootOf(sha256, frontier)), root);
    });
  });

  test('grows to the same root however it is fed, the one of RFC 6962', () => {
    fc.assert(
      fc.property(size, fc.nat(LEAVES.length), (total, cut) => {
        const leaves = LEAVES.slice(0, total);
        const first = appendTree(sha256, EMPTY_FRONTIER, leaves.slice(0, cut));
        const whole = appendTree(sha256, first, leaves.slice(cut));
        assert.ok(sameBytes(rootOf(sha256, whole), naiveRoot(sha256, leaves)));
      }),
      { numRuns: 25 },
    );
  });

  test('proves from its tiles that a leaf is in it, by the path of RFC 6962, and no other leaf', () => {
    fc.assert(
      fc.property(size, fc.nat(), (total, any) => {
        const leaves = LEAVES.slice(0, total);
        const index = any % total;
        const proof = proofOf(sha256, planInclusion(index, total), (tile) => naiveTile(leaves, tile));
        assert.deepEqual(proof.map(toHex), naivePath(sha256, index, leaves).map(toHex));
        const claim = { index, size: total, leaf: leaves[index]!, root: naiveRoot(sha256, leaves) };
        assert.equal(verifyInclusion(sha256, claim, proof), true);
        const other = { ...claim, leaf: hashLeaf(sha256, Buffer.from('another')) };
        assert.equal(verifyInclusion(sha256, other, proof), false);
      }),
      { numRuns: 25 },
    );
  });

  test('proves from its tiles that it only grew', () => {
    fc.assert(
      fc.property(size, size, (a, b) => {
        const [oldSize, newSize] = [Math.min(a, b), Math.max(a, b)];
        const leaves = LEAVES.slice(0, newSize);
        const proof = proofOf(sha256, planConsistency(oldSize, newSize), (tile) => naiveTile(leaves, tile));
        const newRoot = naiveRoot(sha256, leaves);
        const claim = { oldSize, newSize, oldRoot: naiveRoot(sha256, leaves.slice(0, oldSize)), newRoot };
        assert.equal(verifyConsistency(sha256, claim, proof), true);
        const changed = naiveRoot(sha256, LEAVES.slice(1, oldSize + 1));
        assert.equal(verifyConsistency(sha256, { ...claim, oldRoot: changed }, proof), false);
      }),
      { numRuns: 25 },
    );
  });

  test('goes on from its tiles alone', () => {
    for (const total of [0, 1, 255, 256, 257, 512, 1499]) {
      const leaves = LEAVES.slice(0, total);
      const peaks = proofOf(sha256, planFrontier(total), (tile) => naiveTile(leaves, tile));
      assert.deepEqual(peaks.map(toHex), appendTree(sha256, EMPTY_FRONTIER, leaves).peaks.map(toHex));
    }
  });

  test('reads few tiles for a proof, however large it is', () => {
    assert.ok(planInclusion(1_234_567, 10_000_000).tiles.length <= 6);
    assert.ok(planInclusion(123_456_789_012, 1_000_000_000_000).tiles.length <= 10);
    assert.throws(() => planInclusion(5, 5), /no leaf 5/);
    assert.throws(() => planConsistency(0, 5), /does not begin/);
  });

  test('has the tiles that the specification counts for 70,000 and for 256 leaves', () => {
    const wide = (total: number): string[] =>
      tilesBetween(0, total).map((tile) => `${tile.level}/${tile.index}:${tile.width}`);
    const large = wide(70_000);
    assert.equal(large.filter((tile) => tile.startsWith('0/') && tile.endsWith(':256')).length, 273);
    assert.deepEqual(large.slice(273), ['0/273:112', '1/0:256', '1/1:17', '2/0:1']);
    assert.deepEqual(wide(256), ['0/0:256', '1/0:1']);
    const tile = naiveTile(LEAVES, { level: 0, index: 0, width: 256 });
    assert.ok(sameBytes(tileRoot(sha256, tile), naiveRoot(sha256, LEAVES.slice(0, 256))));
  });
});
