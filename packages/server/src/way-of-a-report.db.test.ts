import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoApp, reportEvent, tokenFor } from './testing/demo-town.ts';

/** A point in the made-up town: where one of its lamps stands. */
const LAMP = { kind: 'lamp.fault', words: '三组水井旁的路灯三天不亮了' };

test('a report becomes a case, is worked on, checked, called back and closed', async (t) => {
  const { server, town, staff, faults } = await demoApp(t);
  const asset = [...town.assets.values()].find((a) => a.point)!;
  const data = {
    ...LAMP,
    point: asset.point,
    requester: { name: '示例', reachMe: [{ way: 'phone', address: '000' }] },
  };
  const post = await server.inject({
    method: 'POST',
    url: '/api/signals',
    headers: { 'content-type': 'application/cloudevents+json' },
    payload: JSON.stringify(reportEvent('1', data)),
  });
  assert.equal(post.statusCode, 201, post.body);
  const { number, code, caseId, sayAs } = post.json();
  assert.match(sayAs, /^\d{4} \d{4} \d{4}$/);
  assert.match(code, /^\d{6}$/);

  const seat = staff('seat', 'hotline');
  const listed = await server.inject({ url: '/api/cases?kind=lamp.fault', headers: seat });
  assert.equal(listed.json().cases[0].caseId, caseId, listed.body);

  const seen = await server.inject({ url: `/api/cases/${caseId}`, headers: seat });
  assert.equal(seen.statusCode, 200, seen.body);
  assert.equal(seen.json().phase, 'dispatched');
  const leadPost = seen.json().lead.post?.code ?? firstPostOf(seen.json().lead.unit.code);
  function firstPostOf(unit: string): string {
    return [...town.posts.values()].find((p) => p.unit === unit)!.code;
  }
  const again = await server.inject({
    url: `/api/cases/${caseId}`,
    headers: { ...seat, 'if-none-match': seen.headers.etag as string },
  });
  assert.equal(again.statusCode, 304);

  let n = 0;
  const send = async (
    who: { authorization: string },
    action: string,
    input: object = {},
  ): Promise<unknown> => {
    n += 1;
    const answer = await server.inject({
      method: 'POST',
      url: `/api/cases/${caseId}/commands`,
      headers: who,
      payload: { commandId: `c${n}`, action, input },
    });
    assert.equal(answer.statusCode, 200, `${action}: ${answer.body}`);
    return answer.json();
  };
  const lead = tokenFor(town, leadPost);
  await send(lead, 'accept');
  await send(lead, 'contact', { number, way: 'phone' });
  await send(lead, 'finish', { outcome: 'solved', words: '灯已换好。' });
  await send(staff('checker'), 'check', { passed: true, words: '已到现场看过。' });
  const answer = { contacted: 'yes', solved: 'yes', satisfied: 'satisfied' };
  const next = await server.inject({ method: 'POST', url: '/api/callbacks/next', headers: seat });
  assert.equal(next.json().call?.number, number, next.body);
  await send(seat, 'callBack', { number, way: 'phone', answer });

  const mine = await server.inject({ url: `/api/requests/${number}?code=${code}` });
  assert.equal(mine.statusCode, 200, mine.body);
  assert.equal(mine.json().state.phase, 'closed');
  assert.deepEqual(
    mine.json().replies.map((reply: { words: string }) => reply.words),
    ['灯已换好。'],
  );
  assert.equal(mine.json().words, LAMP.words);
  const why = await server.inject({ url: `/api/cases/${caseId}/explain`, headers: seat });
  assert.equal(why.statusCode, 200, why.body);
  assert.ok(why.json().reasons.length > 0 && why.json().deadlines.length > 0);
  assert.deepEqual(faults, []);
});
