import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoApp, reportEvent } from '../testing/demo-town.ts';

test('what is being told is found among the cases, those taken in since too; an answer gets hints', async (t) => {
  const { server, staff } = await demoApp(t);
  const headers = { ...staff('seat', 'hotline'), 'content-type': 'application/json' };
  const report = async (id: string, words: string): Promise<string> => {
    const payload = JSON.stringify(reportEvent(id, { words }));
    return (await server.inject({ method: 'POST', url: '/api/signals', headers, payload })).json().caseId;
  };
  const post = async (url: string, body: object) =>
    await server.inject({ method: 'POST', url, headers, payload: JSON.stringify(body) });
  const same = async (words: string): Promise<string[]> => {
    const answer = await post('/api/read/same', { words });
    assert.equal(answer.statusCode, 200, answer.body);
    assert.equal(answer.json().policy.origin, 'default');
    return answer.json().same.map(({ caseId }: { caseId: string }) => caseId);
  };
  const gate = await report('s1', '青松里东门的伸缩门夹住了轮椅');
  assert.equal((await same('东门伸缩门又夹轮椅了'))[0], gate);
  const slide = await report('s2', '丹枫园滑梯螺丝松脱划伤小孩');
  assert.equal((await same('丹枫园的滑梯螺丝松脱'))[0], slide);

  const body = { asked: '东门什么时候修好？', answer: '东门将于6月3日前修好。' };
  const hints = await post('/api/read/answer', body);
  assert.equal(hints.statusCode, 200, hints.body);
  assert.equal(hints.json().nextStepNamed.met, 'yes');
  assert.equal((await post('/api/read/same', { words: '路灯', lon: 120 })).statusCode, 422);
  const stranger = await server.inject({ method: 'POST', url: '/api/read/answer', payload: body });
  assert.equal(stranger.statusCode, 401);
});

test('whoever calls again: their own open case stands first, and nobody is told more of them', async (t) => {
  const { server, staff } = await demoApp(t);
  const headers = { ...staff('seat', 'hotline'), 'content-type': 'application/json' };
  const post = async (url: string, body: object) =>
    await server.inject({ method: 'POST', url, headers, payload: JSON.stringify(body) });
  const requester = { name: '测试甲', reachMe: [{ way: 'phone', address: '13800009999' }] };
  const own = reportEvent('o1', { words: '楼顶水箱漏水滴到阳台', requester });
  const { caseId } = (await post('/api/signals', own)).json();
  await post('/api/signals', reportEvent('o2', { words: '西门口井盖破了一个角' }));

  const asked = { words: '西门口的井盖破了', callerNumber: '138 0000 9999' };
  const { same } = (await post('/api/read/same', asked)).json();
  assert.equal(same[0].caseId, caseId);
  assert.ok(same[0].because.some(({ what }: { what: string }) => what === 'own'));
  assert.ok(same.length > 1 && !same[1].because.some(({ what }: { what: string }) => what === 'own'));
  const nobody = (await post('/api/read/same', { ...asked, callerNumber: '13800008888' })).json();
  assert.notEqual(nobody.same[0].caseId, caseId);
  const draft = (
    await post('/api/read/draft', { text: asked.words, callerNumber: asked.callerNumber })
  ).json();
  assert.deepEqual([draft.same[0].caseId, draft.same[0].own], [caseId, true]);
  assert.doesNotMatch(JSON.stringify([same, draft]), /13800009999|测试甲/);
});
