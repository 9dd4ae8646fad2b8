import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { DAY, isRefusal } from '@gezhi/basis';
import { makeTown, writeTown } from '@gezhi/demo';
import { testDatabase } from '@gezhi/storage/testing';
import {
  drawBySeed,
  importTown,
  installationOn,
  listSamples,
  listThemes,
  promiseSeed,
  readTownFolder,
  type Town,
  takeIn,
  townOf,
  writeThemePart,
} from '../index.ts';

const NOW = Date.UTC(2026, 4, 6, 2);

async function qingxi(t: TestContext): Promise<Town> {
  const folder = await mkdtemp(join(tmpdir(), 'gezhi-samples-'));
  t.after(() => rm(folder, { recursive: true }));
  await writeTown(folder, makeTown(7));
  const installation = await installationOn(await testDatabase(t));
  const kinds = [...installation.packs.values()].flatMap((pack) => pack.kinds.map(({ code }) => code));
  const done = await importTown(installation.db, await readTownFolder(folder), kinds, { now: NOW - 9 * DAY });
  assert.ok(done.imported);
  await installation.reload();
  return townOf(installation, '990000');
}

function headOfHotline(town: Town): { post: string; person: string } {
  const seat = town.staff.find(({ post }) => {
    const found = town.posts.get(post);
    return found?.kind === 'head' && town.units.get(found.unit)?.kind === 'hotline';
  });
  return { post: seat!.post, person: seat!.person };
}

test('a sample by a promised seed: promised first, drawn once, proved by anybody', async (t) => {
  const town = await qingxi(t);
  const head = headOfHotline(town);
  const seat = [...town.posts.values()].find(({ kind }) => kind === 'seat')!.code;
  const refused = await promiseSeed(town, 'check', { post: seat }, NOW);
  assert.ok(isRefusal(refused) && refused.code === 'no-power', 'seats cannot choose their cases');

  const promised = await promiseSeed(town, 'check', head, NOW - DAY);
  assert.ok(!isRefusal(promised));
  assert.ok(
    !JSON.stringify(await listSamples(town)).includes('seed'),
    'nobody sees the seed before it draws',
  );
  const reports = Array.from({ length: 8 }, (_, i) => ({
    source: 'test',
    id: String(i),
    type: 'gezhi.report.v1',
    occurredAt: NOW,
    channel: 'phone',
    words: `第 ${i} 盏路灯不亮了`,
    kind: 'lamp.fault',
    publicity: 'public' as const,
    point: { lon: 119.39958, lat: 30.309503 },
  }));
  await takeIn(town, reports, NOW);
  const window = { from: NOW - DAY, to: NOW + DAY };
  const draw = (over: Partial<typeof window> = {}) =>
    drawBySeed(
      town,
      { id: promised.id, window: { ...window, ...over }, size: { n: 3 } },
      head,
      NOW + 2 * DAY,
    );
  const early = await draw({ from: NOW - 2 * DAY });
  assert.ok(isRefusal(early) && early.code === 'promised-too-late');
  const drawn = await draw();
  assert.ok(!isRefusal(drawn) && drawn.drawing, JSON.stringify(drawn));
  assert.deepEqual([drawn.drawing.population.length, drawn.drawing.drawn.length], [8, 3]);
  assert.deepEqual(drawn.drawing.findings, []);
  const again = await draw();
  assert.ok(isRefusal(again) && again.code === 'drawn-already');
  const [told] = await listSamples(town);
  assert.deepEqual(told?.drawing?.drawn, drawn.drawing.drawn);
});

test('a theme of the month: problem, task with lead and due, output, survey; what holds now, and no gap between', async (t) => {
  const town = await qingxi(t);
  const head = headOfHotline(town);
  const put = async (part: Parameters<typeof writeThemePart>[1]): Promise<string> => {
    const done = await writeThemePart(town, part, head, NOW);
    return isRefusal(done) ? done.code : 'done';
  };
  const [unit] = town.units.keys();
  const theme = '2026-06';
  assert.equal(await put({ theme, part: 'problem', id: 'p1', data: { title: '老旧路灯' } }), 'no-such-theme');
  assert.equal(
    await put({ theme, part: 'theme', id: theme, data: { title: '路灯照明', month: theme } }),
    'done',
  );
  assert.equal(
    await put({ theme, part: 'problem', id: 'p1', data: { title: '老旧路灯', lead: unit! } }),
    'done',
  );
  const task = { theme, part: 'task', id: 't1', under: 'p1' } as const;
  const data = { title: '更换灯具', lead: unit!, due: '2026-06-30' };
  assert.equal(await put({ ...task, data: { ...data, lead: 'nobody' } }), 'no-such-unit');
  assert.equal(await put({ ...task, under: 'p9', data }), 'nothing-above');
  assert.equal(await put({ ...task, data }), 'done');
  assert.equal(await put({ ...task, data: { ...data, doneOn: '2026-06-20' } }), 'done');
  assert.equal(
    await put({ theme, part: 'output', id: 'o1', under: 'p1', data: { title: '路灯管护办法' } }),
    'done',
  );
  const survey = { title: '群众评价', asked: 200, satisfied: 201 };
  assert.equal(await put({ theme, part: 'survey', id: 's1', data: survey }), 'bad-survey');
  assert.equal(await put({ theme, part: 'survey', id: 's1', data: { ...survey, satisfied: 180 } }), 'done');
  const [told] = await listThemes(town);
  assert.deepEqual(
    told?.problems[0]?.tasks.map(({ doneOn }) => doneOn),
    ['2026-06-20'],
  );
  assert.deepEqual([told?.tasks.done, told?.tasks.all, told?.outputs], [1, 1, 1]);
  assert.equal(told?.surveys[0]?.share?.value, 0.9);
  const seat = [...town.posts.values()].find(({ kind }) => kind === 'seat')!.code;
  const refused = await writeThemePart(town, { theme, part: 'theme', id: theme, data }, { post: seat }, NOW);
  assert.ok(isRefusal(refused) && refused.code === 'no-power');
});
