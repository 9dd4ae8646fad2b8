import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FieldDay } from '@gezhi/contract';
import { demoApp, NOW, reportEvent, type TestApp, tokenFor } from '../testing/demo-town.ts';

/** A worker of an urban grid with a lamp in it, and where that lamp stands. */
function workerOf({ town }: TestApp): {
  readonly post: string;
  readonly grid: string;
  readonly point: object;
} {
  const lamp = [...town.assets.values()].find(({ kind }) => kind === 'lamp')!;
  const post = [...town.posts.values()].find(
    ({ kind, place }) => kind === 'gridWorker' && place === lamp.place,
  )!;
  return { post: post.code, grid: lamp.place!, point: lamp.point! };
}

test('a day outside holds what lies in the own grid, with all that is needed to work on it without network', async (t) => {
  const app = await demoApp(t);
  const { server, town } = app;
  const { post, grid, point } = workerOf(app);
  const worker = tokenFor(town, post);
  const json = { 'content-type': 'application/json' };
  const report = (id: string, data: object, headers = {}) =>
    server.inject({
      method: 'POST',
      url: '/api/signals',
      headers: { ...json, ...headers },
      payload: JSON.stringify(reportEvent(id, data as Record<string, unknown>)),
    });
  const dump = { words: '楼道口堆了建筑垃圾', kind: 'waste.dump', point };
  const requester = { name: '张三（虚构）', reachMe: [{ way: 'phone', address: '000-0000-0000' }] };
  const { caseId } = (await report('in', { ...dump, requester })).json();
  await report('else', { words: '垃圾没人清运', kind: 'waste.dump', placeText: '990102' });

  const url = '/api/field/day';
  const answer = await server.inject({ url, headers: worker });
  assert.equal(answer.statusCode, 200, answer.body);
  const day: FieldDay = answer.json();
  assert.equal(day.place?.code, grid);
  assert.deepEqual(
    day.cases.map((c) => c.caseId),
    [caseId],
  );
  const [mine] = day.cases;
  assert.equal(mine?.isLead, true);
  assert.deepEqual(mine.said, ['楼道口堆了建筑垃圾']);
  assert.equal(mine.requests[0]?.contacted, false);
  assert.ok(mine.clocks.length > 0);
  for (const action of ['accept', 'contact', 'finish', 'object', 'note'])
    assert.ok(mine.may.includes(action), action);
  assert.doesNotMatch(answer.body, /张三|000-0000-0000/, 'how somebody is reached is not taken along');
  const hotline = day.processes.find(({ scene }) => scene === 'hotline');
  const finish = hotline!.actions.find(({ action }) => action === 'finish');
  assert.equal((finish!.to as Record<string, string>).solved, 'replied');
  assert.ok(day.sketch && day.kinds.length > 0 && day.assets.some(({ kind }) => kind === 'lamp'));
  assert.equal((await server.inject({ url })).statusCode, 401);

  const quick = await report(
    'quick',
    { kind: 'waste.dump', found: true, placeText: day.place!.name },
    worker,
  );
  const settled = { kind: 'waste.dump', found: true, settled: '当场清走了', point };
  assert.equal((await report('settled', settled, worker)).json().settled, true);
  assert.equal((await report('settled', settled, worker)).json().settled, true, 'twice is once');
  assert.equal((await report('nobody', settled)).json().code, 'staff-only');
  const reported = await server.inject({ url: `/api/field/cases/${quick.json().caseId}`, headers: worker });
  assert.equal(reported.json().place.code, grid, 'the name of the grid is place enough');
  assert.ok(day.kinds.find(({ code }) => code === 'gas.smell')!.danger);

  const command = { commandId: 'd1', action: 'accept', expectedSeq: mine.seq };
  const before = new Date(NOW - 3_600_000).toISOString();
  const send = (body: object) =>
    server.inject({
      method: 'POST',
      url: `/api/cases/${caseId}/commands`,
      headers: { ...worker, ...json },
      payload: JSON.stringify(body),
    });
  const accepted = (await send({ ...command, occurredAt: before })).json();
  assert.equal(accepted.state, 'accepted');
  await send({
    commandId: 'd2',
    action: 'contact',
    input: { number: mine.requests[0]!.number, way: 'visit' },
    expectedSeq: accepted.seq,
  });
  const one = (await server.inject({ url: `/api/field/cases/${caseId}`, headers: worker })).json();
  assert.equal(one.requests[0].contacted, true);
  assert.equal(one.story.at(-1).say.zh, '已联系诉求人');
  assert.deepEqual(app.faults, []);
});

test('an arrival is asked for where a clock waits for it, and nowhere else', async (t) => {
  const app = await demoApp(t);
  const { server, town } = app;
  const json = { 'content-type': 'application/json' };
  const { point } = workerOf(app);
  const street = [...town.units.values()].find(({ kind }) => kind === 'street')!.code;
  const [called, other] = [...town.units.values()].filter(({ kind }) => kind === 'department');
  const postIn = (unit: string, kind: string): string =>
    [...town.posts.values()].find((post) => post.unit === unit && post.kind === kind)!.code;
  const report = reportEvent('dump', { words: '工地夜里倒渣土', kind: 'waste.dump', point });
  const sent = {
    method: 'POST',
    url: '/api/signals',
    headers: json,
    payload: JSON.stringify(report),
  } as const;
  const { caseId } = (await server.inject(sent)).json();
  const act = async (id: string, post: string, action: string, input: object) => {
    const url = `/api/cases/${id}/commands`;
    const headers = { ...json, ...tokenFor(town, post) };
    const payload = JSON.stringify({ commandId: `${post}/${action}`, action, input });
    const answer = await server.inject({ method: 'POST', url, headers, payload });
    assert.equal(answer.statusCode, 200, answer.body);
    return answer.json();
  };
  const dayOf = async (post: string): Promise<FieldDay> =>
    (await server.inject({ url: '/api/field/day', headers: tokenFor(town, post) })).json();
  const head = postIn(street, 'head');
  const calls = [{ kind: 'whistle.hot', words: '夜里倒渣土', units: [called!.code, other!.code] }];
  const [whistle] = (await act(caseId, head, 'whistle', { children: calls })).children;
  await act(whistle, head, 'approve', {});
  const there = (await dayOf(postIn(called!.code, 'desk'))).cases.find((c) => c.caseId === whistle);
  assert.deepEqual(there?.tasks, [{ task: called!.code, steps: [], arrives: true }]);
  assert.ok(there.clocks.some(({ clock }) => clock === `contact/${called!.code}`));
  const plain = (await dayOf(postIn(street, 'desk'))).cases.find((c) => c.caseId === caseId);
  assert.deepEqual(plain?.tasks, []);
});

test('the hours of a post say when it is quiet; a duty post is always there', async (t) => {
  const app = await demoApp(t);
  const { post } = workerOf(app);
  const day = async (code: string): Promise<FieldDay> =>
    (await app.server.inject({ url: '/api/field/day', headers: tokenFor(app.town, code) })).json();
  const { duty } = await day(post);
  assert.equal(duty.always, false);
  const [first] = duty.hours;
  assert.equal(Date.parse(first!.from), NOW);
  assert.equal(first!.to, '2026-05-06T09:30:00.000Z', '17:30 in the town');
  const always = [...app.town.posts.values()].find(({ kind }) => kind === 'dutyPost')!;
  assert.deepEqual((await day(always.code)).duty, { always: true, hours: [] });
});
