import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeService, revokeService, rotateKey } from '@gezhi/accounts';
import { DAY, isRefusal } from '@gezhi/basis';
import { demoApp, reportEvent, type TestApp } from '../testing/demo-town.ts';
import { scopeProblems } from './service-scope.ts';
import { gateKeeper } from './who.ts';

async function setUp(t: Parameters<typeof demoApp>[0]) {
  const api = await demoApp(t);
  const gate = await gateKeeper({ ...api, now: () => api.clock.now, baseUrl: 'http://localhost:8080' })();
  assert.ok(gate);
  const call = async (key: string, url: string, payload?: object) => {
    const answer = await api.server.inject({
      url,
      headers: { authorization: `Bearer ${key}` },
      ...(payload ? { method: 'POST', payload } : {}),
    });
    return answer.statusCode === 200 ? 200 : answer.json().code;
  };
  return { api, gate, call };
}

async function lampCase({ server }: TestApp): Promise<string> {
  const data = { words: '三号楼门口的路灯不亮了', kind: 'lamp.fault', channel: 'app' };
  const answer = await server.inject({
    method: 'POST',
    url: '/api/signals',
    payload: reportEvent('k1', data),
  });
  return answer.json().caseId;
}

test('a key opens its routes, kinds and powers, and nothing beside them', async (t) => {
  const { api, gate, call } = await setUp(t);
  const { district } = api.town;
  const post = [...api.town.posts.values()].find(({ kind }) => kind === 'seat')!.code;
  const scope = {
    routes: ['getCase', 'listCases', 'sendCommand'],
    powers: ['note'],
    kinds: ['lamp.'],
    places: [],
  };
  const made = await makeService(gate, { district, name: 'water-works', post, ...scope });
  assert.ok(!isRefusal(made));
  const { key } = made;
  const caseId = await lampCase(api);
  assert.equal(await call(key, `/api/cases/${caseId}`), 200);
  assert.equal(await call(key, '/api/cases?kind=lamp.fault'), 200);
  assert.equal(await call(key, '/api/cases'), 'out-of-scope');
  assert.equal(await call(key, '/api/cases?kind=wages.unpaid'), 'out-of-scope');
  assert.equal(await call(key, '/api/facts'), 'out-of-scope');
  assert.equal(await call(key, '/api/town'), 'out-of-scope');
  const command = (action: string) =>
    call(key, `/api/cases/${caseId}/commands`, { commandId: `k-${action}`, action });
  assert.equal(await command('dispatch'), 'out-of-scope');
  const none = await makeService(gate, { district, name: 'others', post, ...scope, kinds: ['water.'] });
  assert.ok(!isRefusal(none));
  assert.equal(await call(none.key, `/api/cases/${caseId}`), 'no-such-case');
});

test('two keys hold at once; a third ends the oldest; one that lapsed, was revoked or made up opens nothing', async (t) => {
  const { api, gate, call } = await setUp(t);
  const { district } = api.town;
  const post = [...api.town.posts.values()].find(({ kind }) => kind === 'seat')!.code;
  const scope = { routes: ['listCases'], powers: [], kinds: [], places: [] };
  const first = await makeService(gate, { district, name: 'water-works', post, ...scope }, 30);
  assert.ok(!isRefusal(first));
  const open = (key: string): Promise<unknown> => call(key, '/api/cases');
  api.clock.now += DAY;
  const second = await rotateKey(gate, district, 'water-works', 60);
  assert.ok(!isRefusal(second));
  assert.deepEqual([await open(first.key), await open(second.key)], [200, 200]);
  api.clock.now += DAY;
  const third = await rotateKey(gate, district, 'water-works', 90);
  assert.ok(!isRefusal(third));
  assert.deepEqual(
    [await open(first.key), await open(second.key), await open(third.key)],
    ['bad-token', 200, 200],
  );
  api.clock.now += 60 * DAY;
  assert.deepEqual([await open(second.key), await open(third.key)], ['bad-token', 200]);
  await revokeService(gate, district, 'water-works');
  assert.equal(await open(third.key), 'bad-token');
  for (const key of ['gzk_x', `${third.key}x`, third.key.slice(0, -1), third.key.replace(district, '110000')])
    assert.equal(await open(key), 'bad-token', key);
  const { rows } = await api.town.db.pool.query('SELECT k::text AS row FROM service_key AS k');
  for (const { key } of [first, second, third])
    assert.ok(!JSON.stringify(rows).includes(key.split('_').at(-1)!), 'a key lies as a hash');
  assert.ok(isRefusal(await rotateKey(gate, district, 'water-works')));
});

test('a scope that cannot be kept is said to be so', () => {
  const scope = { routes: ['listFacts', 'getCase', 'nothing', 'getTown'], kinds: ['lamp.'], places: [] };
  assert.equal(scopeProblems(scope).length, 3);
  assert.deepEqual(scopeProblems({ routes: ['listFacts'], kinds: [], places: [] }), []);
});
