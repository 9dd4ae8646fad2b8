import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseId } from '@gezhi/basis';
import { writeSearch } from '@gezhi/storage';
import { searchTerms } from '@gezhi/text';
import { demoApp, reportEvent } from '../testing/demo-town.ts';

test('a search finds what was said, whole wordings only, newest first and page by page', async (t) => {
  const { server, town, staff } = await demoApp(t);
  const headers = staff('seat', 'hotline');
  const send = async (id: string, words: string): Promise<CaseId> => {
    const payload = JSON.stringify({ ...reportEvent(id, { words }), time: `2026-05-06T09:0${id}:00+08:00` });
    const url = '/api/signals';
    const type = { 'content-type': 'application/json' };
    const { caseId } = (await server.inject({ method: 'POST', url, headers: type, payload })).json();
    const client = await town.db.pool.connect();
    await writeSearch(client, town.district, [{ caseId, terms: searchTerms(words) }]);
    client.release();
    return caseId;
  };
  const find = async (q: string, more = ''): Promise<{ ids: string[]; nextLink?: string }> => {
    const url = `/api/cases?q=${encodeURIComponent(q)}${more}`;
    const answer = await server.inject({ url, headers });
    assert.equal(answer.statusCode, 200, answer.body);
    const { cases, nextLink } = answer.json();
    return { ids: cases.map((row: { caseId: string }) => row.caseId), nextLink };
  };
  const old = await send('1', '东风路口的路灯不亮');
  const mixed = await send('2', "东风小学路边 O'Neill \\ 店前积水");
  const newest = await send('3', '又是东风路，半夜施工');

  assert.deepEqual((await find('东风路')).ids, [newest, old]);
  assert.deepEqual((await find('东风')).ids, [newest, mixed, old]);
  assert.deepEqual((await find("o'neill")).ids, [mixed]);
  assert.deepEqual((await find('东风 积水')).ids, [mixed]);
  assert.deepEqual((await find('没人说过')).ids, []);
  const first = await find('东风', '&limit=2');
  assert.deepEqual(first.ids, [newest, mixed]);
  const rest = await server.inject({ url: first.nextLink!, headers });
  assert.deepEqual(
    rest.json().cases.map((row: { caseId: string }) => row.caseId),
    [old],
  );
  assert.equal((await server.inject({ url: '/api/cases?q=%E3%80%82', headers })).json().code, 'nothing-said');
});
