import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AlgorithmList, DraftReading, ReadReport } from '@gezhi/contract';
import { takeIn } from '@gezhi/town';
import { demoApp, NOW } from '../testing/demo-town.ts';

test('the register says of each algorithm what it is for, how well it does, who decides, how to object', async (t) => {
  const { server } = await demoApp(t);
  const { algorithms, models } = (await server.inject('/api/algorithms')).json() as AlgorithmList;
  assert.deepEqual(
    algorithms.map(({ id }) => id),
    ['kind', 'urgent', 'where', 'mask', 'same', 'topics', 'answer'],
  );
  for (const one of algorithms) {
    for (const key of ['purpose', 'learnedFrom', 'howWell', 'decides', 'objection'] as const) {
      assert.ok(one[key].zh && one[key].en, `${one.id} ${key}`);
    }
  }
  assert.deepEqual(models, []);
  for (const [lang, word] of [
    ['zh', '怎样提异议'],
    ['en', 'How to object'],
  ]) {
    const page = await server.inject(`/algorithms?lang=${lang}`);
    assert.equal(page.statusCode, 200);
    assert.equal(page.body.split(`<dt>${word}</dt>`).length - 1, 7);
    assert.match(page.headers['content-security-policy'] as string, /script-src 'none'/);
  }
  assert.match((await server.inject('/')).body, /href="\/algorithms"/);
});

test('the report holds proposals against what people decided', async (t) => {
  const { server, town, staff } = await demoApp(t);
  const read = async (): Promise<ReadReport> => (await server.inject('/api/read/report')).json();
  assert.equal((await read()).total.share, null);
  const say = (id: string) => ({
    source: 'x',
    id,
    type: 'x',
    occurredAt: NOW,
    channel: 'web',
    words: `银杏大道的路灯不亮了，第${id}盏`,
  });
  const receipts = await takeIn(town, [say('1'), say('2'), say('3')], NOW);
  const headers = { ...staff('head', 'hotline'), 'content-type': 'application/json' };
  const set = async (i: number, kind: string) => {
    const { caseId } = receipts[i] as { caseId: string };
    const payload = JSON.stringify({ commandId: `k${i}`, action: 'setKind', input: { kind } });
    const url = `/api/cases/${caseId}/commands`;
    const done = await server.inject({ method: 'POST', url, headers, payload });
    assert.equal(done.statusCode, 200, done.body);
  };
  await set(0, 'lamp.fault');
  await set(1, 'road.damage');
  const report = await read();
  assert.deepEqual(report.total, { n: 2, right: 1, share: 0.5 });
  assert.deepEqual(report.confusions, [{ proposed: 'lamp.fault', kind: 'road.damage', times: 1 }]);
  assert.deepEqual(
    report.perMonth.map(({ month, n }) => [month, n]),
    [['2026-05', 2]],
  );
  assert.deepEqual(
    report.perModel.map(({ month, model, n }: { month: string; model: string | null; n: number }) => [
      month,
      model,
      n,
    ]),
    report.perMonth.map(({ month, n }: { month: string; n: number }) => [month, null, n]),
    'no model was adopted: the words of the scene proposed',
  );
  const over = (rows: readonly { n: number }[]): number => rows.reduce((sum, { n }) => sum + n, 0);
  assert.equal(over(report.overTime.kinds), report.total.n);
  assert.match((await server.inject('/algorithms?lang=en')).body, /50\.0%/);
});

test('a draft is read while it is written: kinds, places, danger, the same matter', async (t) => {
  const { server, town, staff } = await demoApp(t);
  const words = '银杏大道的路灯不亮了，晚上走路很危险';
  const [receipt] = await takeIn(
    town,
    [{ source: 'x', id: '1', type: 'x', occurredAt: NOW, channel: 'web', words }],
    NOW,
  );
  const headers = { ...staff('seat', 'hotline'), 'content-type': 'application/json' };
  const read = async (text: string): Promise<DraftReading> => {
    const payload = JSON.stringify({ text });
    const answer = await server.inject({ method: 'POST', url: '/api/read/draft', headers, payload });
    assert.equal(answer.statusCode, 200, answer.body);
    return answer.json();
  };
  const lamp = await read('银杏大道路灯又不亮');
  assert.equal(lamp.kinds[0]?.kind, 'lamp.fault');
  assert.equal(lamp.same[0]?.caseId, (receipt as { caseId: string }).caseId);
  assert.equal(lamp.urgent.level, 'none');
  const fire = await read('三号楼厨房着火了');
  assert.equal(fire.urgent.level, 'handOff');
  assert.deepEqual(fire.urgent.to, ['119']);
  const nothing = await read('，。');
  assert.ok(nothing.askKind && nothing.kinds.length === 0);
  assert.equal(
    (await server.inject({ method: 'POST', url: '/api/read/draft', payload: {} })).statusCode,
    401,
  );
});
