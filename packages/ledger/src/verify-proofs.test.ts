import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { fromBase64 } from './bytes.ts';
import { sha256 } from './testing/node-hash.ts';
import {
  verifyConsistency,
  verifyInclusion,
  verifySubtree,
  verifySubtreeInclusion,
} from './verify-proofs.ts';

type Vector = {
  readonly wantErr: boolean;
  readonly proof: readonly string[] | null;
} & Record<string, number | string>;

const SHARED =
  process.env.GEZHI_SHARED_DATA ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const ARCHIVE = join(SHARED, 'merkle-vectors.tar.gz');
const skip = existsSync(ARCHIVE) ? false : 'merkle-vectors.tar.gz is not among the shared data';

describe('the published vectors of Merkle proofs', { skip }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'gezhi-vectors-'));
  if (!skip) execFileSync('tar', ['xzf', ARCHIVE, '-C', folder]);
  after(() => rmSync(folder, { recursive: true }));

  const sorts: Record<string, (vector: Vector, proof: Uint8Array[]) => boolean> = {
    inclusion: (v, proof) =>
      verifyInclusion(
        sha256,
        { index: Number(v.leafIdx), size: Number(v.treeSize), leaf: bytes(v.leafHash), root: bytes(v.root) },
        proof,
      ),
    consistency: (v, proof) =>
      verifyConsistency(
        sha256,
        {
          oldSize: Number(v.size1),
          newSize: Number(v.size2),
          oldRoot: bytes(v.root1),
          newRoot: bytes(v.root2),
        },
        proof,
      ),
    subtreeinclusion: (v, proof) =>
      verifySubtreeInclusion(
        sha256,
        {
          index: Number(v.leafIdx),
          start: Number(v.start),
          end: Number(v.end),
          leaf: bytes(v.leafHash),
          root: bytes(v.root),
        },
        proof,
      ),
    subtreeconsistency: (v, proof) =>
      verifySubtree(
        sha256,
        {
          start: Number(v.start),
          end: Number(v.end),
          size: Number(v.size),
          subtreeRoot: bytes(v.root1),
          root: bytes(v.root2),
        },
        proof,
      ),
  };

  for (const [sort, verify] of Object.entries(sorts)) {
    test(`each of ${sort} is taken or refused as it should be`, () => {
      const files = readdirSync(join(folder, sort), { recursive: true, encoding: 'utf8' }).filter((file) =>
        file.endsWith('.json'),
      );
      assert.ok(files.length > 30, `only ${files.length} vectors of ${sort}`);
      for (const file of files) {
        const vector = JSON.parse(readFileSync(join(folder, sort, file), 'utf8')) as Vector;
        const answer = verify(vector, (vector.proof ?? []).map(bytes));
        assert.equal(answer, !vector.wantErr, `${sort}/${file}: ${vector.desc}`);
      }
    });
  }
});

function bytes(text: string | number | undefined): Uint8Array {
  return fromBase64(String(text)) ?? new Uint8Array(0);
}
