import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import {
  appendTree,
  EMPTY_FRONTIER,
  fromBase64,
  hashLeaf,
  parseProof,
  rootOf,
  sameBytes,
  toBase64,
  utf8,
  verifyConsistency,
  verifyInclusion,
} from '@gezhi/ledger';
import { type LogKey, nodeSha256, openLog } from './open-log.ts';
import { logInFolder, proveConsistency, proveInclusion, readEntries, shownCheckpoint } from './read-log.ts';

const logKey = madeUpKey('ledger.example/willow-county');

describe('a log in a folder', () => {
  test('shows what was appended, with tiles that prove each leaf and that it only grew', async (t) => {
    const folder = await newFolder(t);
    const log = await openLog(folder, logKey);
    let before: { size: number; root: Uint8Array } | undefined;
    for (const [from, count] of [
      [0, 1],
      [1, 254],
      [255, 1],
      [256, 1],
      [257, 700],
    ] as const) {
      assert.equal((await log.append(entries(from, count))).first, from);
      await log.publish();
      const shown = await shownCheckpoint(logInFolder(join(folder, 'public')));
      assert.equal(shown.size, from + count);
      await checkWhole(folder);
      if (before) {
        const read = logInFolder(join(folder, 'public'));
        const proof = await proveConsistency(nodeSha256, read, before.size, shown.size);
        const claim = {
          oldSize: before.size,
          newSize: shown.size,
          oldRoot: before.root,
          newRoot: shown.root,
        };
        assert.ok(verifyConsistency(nodeSha256, claim, proof));
      }
      before = shown;
    }
    await log.close();
  });

  test('goes on after it was closed, whatever the sizes', async (t) => {
    const folder = await newFolder(t);
    let size = 0;
    for (const count of [3, 0, 253, 256, 90, 1]) {
      const log = await openLog(folder, logKey, { journalMax: 4_000 });
      assert.equal(log.size(), size);
      await log.append(entries(size, count));
      size += count;
      await log.close();
      await checkWhole(folder);
    }
    assert.deepEqual(await readdir(join(folder, 'public/tile/entries')), ['000', '001', '002.p']);
  });

  test('cut anywhere goes on from its last whole batch, and what it says then is whole', async (t) => {
    const folder = await newFolder(t);
    const log = await openLog(folder, logKey);
    const ends = [(await stat(join(folder, 'journal'))).size];
    for (const count of [2, 254, 3]) {
      await log.append(entries(log.size(), count));
      ends.push((await stat(join(folder, 'journal'))).size);
    }
    t.after(() => log.close());
    const sizes = [0, 2, 256, 259];
    const whole = ends.at(-1)!;
    const cuts = [
      ...ends,
      ...ends.slice(1).map((end) => end - 1),
      ...Array.from({ length: 12 }, (_, i) => Math.floor((whole * (i + 1)) / 13)),
    ];
    for (const cut of cuts.filter((at) => at >= ends[0]!)) {
      const copy = await newFolder(t);
      await cp(folder, copy, { recursive: true });
      await truncate(join(copy, 'journal'), cut);
      const again = await openLog(copy, logKey);
      assert.equal(again.size(), sizes[ends.filter((end) => end <= cut).length - 1], `cut at ${cut}`);
      await checkWhole(copy);
      await again.append(entries(again.size(), 5));
      await again.close();
      await checkWhole(copy);
    }
  });

  test('writes torn and lost tiles anew', async (t) => {
    const folder = await newFolder(t);
    const log = await openLog(folder, logKey);
    await log.append(entries(0, 600));
    await log.publish();
    t.after(() => log.close());
    await truncate(join(folder, 'public/tile/0/000'), 100);
    await rm(join(folder, 'public/tile/entries/001'));
    const again = await openLog(folder, logKey);
    await checkWhole(folder);
    await again.close();
  });

  test('refuses a journal restored from yesterday beside newer tiles, and tiles beside a newer journal', async (t) => {
    const folder = await newFolder(t);
    const yesterday = await newFolder(t);
    const log = await openLog(folder, logKey);
    await log.append(entries(0, 10));
    await log.close();
    await cp(folder, yesterday, { recursive: true });
    const today = await openLog(folder, logKey);
    await today.append(entries(10, 10));
    await today.close();
    const older = await readFile(join(yesterday, 'journal'));
    const newer = await readFile(join(folder, 'journal'));
    await writeFile(join(folder, 'journal'), older);
    await assert.rejects(openLog(folder, logKey), { code: 'ledger-behind' });
    await writeFile(join(yesterday, 'journal'), newer);
    await assert.rejects(openLog(yesterday, logKey), { code: 'ledger-behind' });
    await assert.rejects(openLog(folder, madeUpKey('ledger.example/other')), { code: 'other-ledger' });
  });
});

async function checkWhole(folder: string): Promise<void> {
  const read = logInFolder(join(folder, 'public'));
  const shown = await shownCheckpoint(read);
  let frontier = EMPTY_FRONTIER;
  let index = 0;
  for await (const bundle of readEntries(read, shown.size)) {
    for (const entry of bundle) {
      assert.deepEqual(Buffer.from(entry), Buffer.from(utf8(`entry ${index}`)));
      index += 1;
    }
    frontier = appendTree(
      nodeSha256,
      frontier,
      bundle.map((entry) => hashLeaf(nodeSha256, entry)),
    );
  }
  assert.ok(sameBytes(rootOf(nodeSha256, frontier), shown.root));
  for (const leafIndex of [0, Math.floor(shown.size / 2), shown.size - 1].filter(
    (i) => i >= 0 && i < shown.size,
  )) {
    const proof = parseProof(await proveInclusion(nodeSha256, read, leafIndex, shown));
    assert.ok('hashes' in proof);
    const leaf = hashLeaf(nodeSha256, utf8(`entry ${leafIndex}`));
    const claim = { index: leafIndex, size: shown.size, leaf, root: shown.root };
    assert.ok(verifyInclusion(nodeSha256, claim, proof.hashes), `leaf ${leafIndex} of ${shown.size}`);
  }
  assert.ok(fromBase64(toBase64(shown.root)));
}

function entries(from: number, count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, i) => utf8(`entry ${from + i}`));
}

function madeUpKey(name: string): LogKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(12);
  return {
    key: { name, sort: 1, publicKey: new Uint8Array(raw) },
    sign: (message) => sign(null, message, privateKey),
  };
}

async function newFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gezhi-log-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
