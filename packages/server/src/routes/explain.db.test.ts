import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseId } from '@gezhi/basis';
import { isRefusal } from '@gezhi/basis';
import { replay } from '@gezhi/cases';
import { loadFacts } from '@gezhi/storage';
import { act } from '@gezhi/town';
import { demoApp, NOW, reportEvent } from '../testing/demo-town.ts';
import { tokenOf } from '../tokens.ts';

test('a resident and staff are told where the time went and why it went there; a unit takes all its data', async (t) => {
  const api = await demoApp(t);
  const { server, town, clock } = api;
  const point = [...town.assets.values()].find((asset) => asset.point)!.point!;
  const said = { kind: 'lamp.fault', words: '小桥头路灯不亮', point };
  const sent = await server.inject({
    method: 'POST',
    url: '/api/signals',
    headers: { 'content-type': 'application/json' },
    payload: JSON.stringify(reportEvent('explain1', said)),
  });
  assert.equal(sent.statusCode, 201, sent.body);
  const { number, code, caseId } = sent.json() as { number: string; code: string; caseId: CaseId };
  const c = replay((await loadFacts(town.db.pool, town.district, [caseId])).get(caseId)!)!;
  const unit = c.lead!.unit;
  const desk = [...town.posts.values()].find((post) => post.unit === unit && post.kind === 'desk')!.code;
  const input = { reason: '非本单位职责', basis: '示例清单第3条' };
  clock.now = NOW + 1_800_000;
  const order = { commandId: 'x1', caseId, action: 'object', by: { post: desk }, input };
  const done = await act(town, order, clock.now);
  assert.ok(!isRefusal(done), JSON.stringify(done));
  clock.now = NOW + 3_600_000;

  const lines = async (what: string, language: string): Promise<string> => {
    const headers = { 'accept-language': language };
    const got = await server.inject({ url: `/api/explain/${what}/${number}?code=${code}`, headers });
    assert.equal(got.statusCode, 200, got.body);
    return (got.json() as { lines: string[] }).lines.join('\n');
  };
  assert.match(await lines('case', 'zh'), /30 分钟[\s\S]*等待裁定[\s\S]*30 分钟（尚未裁定）[\s\S]*从未变动/);
  assert.match(await lines('case', 'en'), /30 minutes[\s\S]*Before the arbiter[\s\S]*never moved/);
  assert.match(await lines('routing', 'en'), /sent to[\s\S]*Basis:/);
  assert.match(await lines('deadline', 'zh'), /handle/);
  assert.match(await lines('exclusion', 'zh'), /没有从比率中剔除/);
  const guess = await server.inject({ url: `/api/explain/case/${number}?code=000000` });
  assert.equal(guess.statusCode === 200 && code !== '000000', false);
  assert.equal((await server.inject({ url: `/api/explain/case/${caseId}` })).statusCode, 401);
  const none = await server.inject({ url: '/api/explain/rate/2026-05?subject=x' });
  assert.equal(none.statusCode, 404);

  const sits = town.staff.find(({ post }) => town.posts.get(post)?.unit === unit)!;
  const own = {
    authorization: `Bearer ${tokenOf(api.installation.secret, { post: sits.post, person: sits.person })}`,
  };
  const feed = await server.inject({ url: `/api/units/${unit}/feed?since=0`, headers: own });
  assert.equal(feed.statusCode, 200, feed.body);
  const rows = feed.body
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  assert.ok(rows.some((row) => row.caseId === caseId && row.type === 'opened' && row.words !== undefined));
  const { next } = rows.at(-1) as { next: number };
  const later = await server.inject({ url: `/api/units/${unit}/feed?since=${next}`, headers: own });
  assert.deepEqual(later.body.trim().split('\n').length, 1, 'nothing twice');
  const strangerPost = town.staff.find(({ post }) => town.posts.get(post)?.kind === 'checker')!;
  const stranger = {
    authorization: `Bearer ${tokenOf(api.installation.secret, { post: strangerPost.post, person: strangerPost.person })}`,
  };
  const no = await server.inject({ url: `/api/units/${unit}/feed?since=0`, headers: stranger });
  assert.equal(no.statusCode, 403, no.body);
  assert.deepEqual(api.faults, []);
});
