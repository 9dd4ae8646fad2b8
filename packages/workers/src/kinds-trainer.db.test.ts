import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal } from '@gezhi/basis';
import { addKindModel, adoptedKindModel, kindModels } from '@gezhi/storage';
import { adoptedHash, adoptedModel, type Incoming, readSignal, takeIn } from '@gezhi/town';
import { trainTown } from './kinds-trainer.ts';
import { tinyTown } from './testing/tiny-town.ts';

const NOW = Date.UTC(2026, 4, 6, 2);

/** Words of two kinds that no scene gives them. */
const SAID: readonly (readonly [string, string])[] = [
  ['lamp.fault', '灯杆上的光闪个不停'],
  ['road.damage', '夜里打桩机轰隆隆响'],
];

test('a town learns its kinds from what was confirmed, and keeps the better model', async (t) => {
  const { town } = await tinyTown(t);
  assert.equal(await trainTown(town, NOW, { newMin: 1 }), undefined, 'nothing was confirmed yet');

  const signals = Array.from({ length: 240 }, (_, i): Incoming => {
    const [kind, said] = SAID[i % 2]!;
    const words = `${said}，第${i}号，联系人王建国13900000${String(i).padStart(3, '0')}`;
    return { source: 'seat', id: `${i}`, type: 'x', occurredAt: NOW, channel: 'phone', kind, words };
  });
  for (const receipt of await takeIn(town, signals, NOW)) assert.ok(!isRefusal(receipt));
  const unread = readSignal(town, { ...signals[1]!, kind: undefined } as unknown as Incoming);
  assert.equal(unread.kindBecause, 'none');

  const trained = await trainTown(town, NOW, { newMin: 100 });
  assert.equal(trained?.state, 'adopted');
  const [row] = await kindModels(town.db.pool, town.district);
  assert.equal(row?.hash, trained?.hash);
  assert.equal(adoptedHash(town), trained?.hash);
  assert.doesNotMatch(JSON.stringify([row, adoptedModel(town)?.about]), /13900000|王建国/);
  assert.equal(
    readSignal(town, { ...signals[1]!, id: 'n', kind: undefined } as unknown as Incoming).kind,
    'road.damage',
  );

  await t.test(
    'nothing new is no reason to train; the same again is not better, and the old one stays',
    async () => {
      assert.equal(await trainTown(town, NOW, { newMin: 1 }), undefined);
      const more = signals.slice(0, 20).map((s) => ({ ...s, id: `m${s.id}`, words: `又${s.words}` }));
      await takeIn(town, more, NOW);
      const again = await trainTown(town, NOW + 1000, { newMin: 1 });
      assert.equal(again?.state, 'kept');
      assert.equal(await adoptedKindModel(town.db.pool, town.district), trained?.hash);
      assert.equal(adoptedHash(town), trained?.hash);
    },
  );

  await t.test('one adopted by another process is taken up, the one before is kept as replaced', async () => {
    const { rows } = await town.db.pool.query(
      'SELECT file, card, report FROM kind_model WHERE file IS NOT NULL',
    );
    const { file, card, report } = rows[0];
    const next = { trainedAt: NOW + 2000, state: 'adopted', position: 1, bytes: 1, card, report } as const;
    await addKindModel(town.db.pool, town.district, { ...next, hash: 'other' }, file);
    await trainTown(town, NOW + 3000, { newMin: 1000 });
    assert.equal(adoptedHash(town), 'other');
    const states = (await kindModels(town.db.pool, town.district)).map(({ state }) => state);
    assert.deepEqual(states, ['adopted', 'kept', 'replaced']);
  });
});
