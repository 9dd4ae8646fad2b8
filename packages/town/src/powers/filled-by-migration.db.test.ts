import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { isRefusal } from '@gezhi/basis';
import { makeTown, writeTown } from '@gezhi/demo';
import { withClient } from '@gezhi/storage';
import { testDatabase } from '@gezhi/storage/testing';
import { act, importTown, installationOn, readTownFolder, takeIn, townOf } from '../index.ts';

const NOW = Date.UTC(2026, 4, 6, 2);
const MIGRATIONS = new URL('../../../storage/src/migrations/', import.meta.url);

test('cases from before powers were asked of lists stand in them: the migration fills what intake writes', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'gezhi-town-'));
  t.after(() => rm(folder, { recursive: true }));
  await writeTown(folder, makeTown(7));
  const installation = await installationOn(await testDatabase(t));
  const kinds = [...installation.packs.values()].flatMap((pack) => pack.kinds.map((kind) => kind.code));
  await importTown(installation.db, await readTownFolder(folder), kinds, { now: NOW - 1000 });
  await installation.reload();
  const town = townOf(installation, '990000');
  const said = {
    source: 'test',
    type: 'gezhi.report.v1',
    channel: 'phone',
    kind: 'lamp.fault',
    occurredAt: NOW,
  };
  const point = { lon: 119.39958, lat: 30.309503 };
  const receipts = await takeIn(
    town,
    ['1', '2'].map((id) => ({ ...said, id, point, words: `路灯不亮 ${id}`, mayJoin: false })),
    NOW,
  );
  const first = receipts[0]!;
  assert.ok(!isRefusal(first));
  const { rows: led } = await town.db.pool.query<{ post: string; unit: string }>(
    'SELECT post, unit FROM case_now WHERE case_id = $1',
    [first.caseId],
  );
  const other = [...town.units.values()].find(
    (u) => u.kind === 'department' && u.code !== led[0]!.unit,
  )!.code;
  const by = { post: led[0]!.post, person: 'made-up' };
  const order = { commandId: 'c1', caseId: first.caseId, action: 'task', by };
  await act(town, { ...order, input: { task: 't1', unit: other, what: '请协助' } }, NOW + 1000);

  const rowsNow = async (): Promise<unknown> =>
    (await town.db.pool.query('SELECT case_id, scene, parties, finder FROM case_now ORDER BY case_id')).rows;
  const asWritten = await rowsNow();
  const file = (await readdir(MIGRATIONS)).find((name) => name.startsWith('0090_'))!;
  const text = await readFile(new URL(file, MIGRATIONS), 'utf8');
  await withClient(town.db.admin, async (client) => {
    await client.query('UPDATE case_now SET scene = NULL, parties = NULL, finder = NULL');
    await client.query(text.slice(text.indexOf('\nupdate case_now')));
  });
  assert.deepEqual(await rowsNow(), asWritten);
});
