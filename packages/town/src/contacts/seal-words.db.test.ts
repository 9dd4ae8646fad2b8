import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findMedia, insertMedia, inTransaction, rewrapRows, wordsOfCases } from '@gezhi/storage';
import { apartHead, rewrapApart } from '@gezhi/vault';
import { sealClearWords } from './seal-words.ts';
import { report, sealedTown, takeAll } from './testing.ts';

const SAID = '银杏大道第 1 盏路灯不亮';
const PICTURE = Buffer.from('no picture, but bytes');
const ID = '01900000-0000-7000-8000-000000000001';

test('words and photos from before are sealed a batch at a time, killable, and read the same', async (t) => {
  const { town, db } = await sealedTown(t);
  const made = await takeAll(
    town,
    Array.from({ length: 12 }, (_, i) => report(`${i + 1}`)),
  );
  const caseId = made[0]!.caseId as never;
  await db.pool.query(
    `UPDATE words SET said = '老话 ' || left(id::text, 8), sealed = NULL WHERE case_id <> $1`,
    [caseId],
  );
  await db.pool.query(`INSERT INTO media_content (district, hash, bytes) VALUES ($1, sha256($2), $2)`, [
    town.district,
    PICTURE,
  ]);
  await db.pool.query(
    `INSERT INTO media (district, id, case_id, salt, type, content) VALUES ($1, $2, $3, 'x', 'image/jpeg', sha256($4))`,
    [town.district, ID, caseId, PICTURE],
  );
  await db.pool.query(
    `INSERT INTO public_release (district, case_id, shown, said, post, released_at) VALUES ($1, $2, true, '老话', 'desk', now())`,
    [town.district, caseId],
  );
  assert.equal(await sealClearWords(town, () => true), 13, 'one batch, then stopped');
  assert.equal(await sealClearWords(town), 0);
  for (const table of ['words', 'public_release']) {
    const { rows } = await db.pool.query(`SELECT FROM ${table} WHERE said IS NOT NULL`);
    assert.equal(rows.length, 0, table);
  }
  const said = await wordsOfCases(
    db.pool,
    town.district,
    made.map((one) => one.caseId as never),
  );
  assert.equal(said.filter((one) => one.said.startsWith('老话')).length, 11);
  assert.equal(said.find((one) => one.case_id === caseId)?.said, SAID);
  assert.deepEqual((await findMedia(db.pool, town.district, ID))?.bytes, PICTURE);
});

test('a renewed master key takes words and photos over while they are read; the old key then opens nothing', async (t) => {
  const { town, db } = await sealedTown(t);
  const { keys } = town.keeping;
  const made = await takeAll(town, [report('1'), report('2'), report('3')]);
  const caseId = made[0]!.caseId as never;
  await inTransaction(db.pool, (client) =>
    insertMedia(client, town.district, {
      id: ID,
      caseId,
      number: null,
      salt: Buffer.alloc(16),
      type: 'image/jpeg',
      contentHash: Buffer.alloc(32, 7),
      bytes: PICTURE,
    }),
  );
  await keys.renew();
  const rewrap = {
    head: apartHead(await keys.current()),
    rewrap: (sealed: Buffer) => rewrapApart(keys, sealed),
  };
  const options = { batchMax: 2, stopping: () => false };
  assert.equal(await rewrapRows(db.pool, town.district, rewrap, options), 4);
  assert.equal(await rewrapRows(db.pool, town.district, rewrap, options), 0);
  await town.vault.rewrap(db.pool, town.district);
  await keys.dropOld();
  assert.equal((await wordsOfCases(db.pool, town.district, [caseId]))[0]?.said, SAID);
  assert.deepEqual((await findMedia(db.pool, town.district, ID))?.bytes, PICTURE);
});
