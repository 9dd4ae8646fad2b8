import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoApp, NOW, reportEvent, tokenFor } from '../testing/demo-town.ts';

const DAY = 86_400_000;
const AFTER = Date.parse('2026-05-20T10:00:00+08:00');

test('an edition over HTTP: drafted, shown, appealed, frozen, published, read by anybody, taken home', async (t) => {
  const app = await demoApp(t);
  const { server, town, clock } = app;
  const head = app.staff('head', 'hotline');
  const call = async (method: 'GET' | 'POST', url: string, headers = {}, payload?: object) => {
    const answer = await server.inject({ method, url, headers, ...(payload ? { payload } : {}) });
    const isJson = String(answer.headers['content-type']).includes('json');
    return { status: answer.statusCode, body: isJson ? answer.json() : answer.body, text: answer.body };
  };
  const receipt = await call(
    'POST',
    '/api/signals',
    {},
    reportEvent('1', {
      words: '银杏大道的路灯不亮了',
      kind: 'lamp.fault',
      point: { lon: 119.39958, lat: 30.309503 },
    }),
  );
  assert.equal(receipt.status, 201, receipt.text);
  const { number } = receipt.body.receipts?.[0] ?? receipt.body;

  clock.now = AFTER;
  assert.equal((await call('POST', '/api/editions', {}, { month: '2026-05', by: 'unit' })).status, 401);
  assert.equal((await call('POST', '/api/editions', head, { month: '2026', by: 'unit' })).status, 400);
  const drafted = await call('POST', '/api/editions', head, { month: '2026-05', by: 'unit' });
  assert.deepEqual([drafted.status, drafted.body.phase], [201, 'drafted'], drafted.text);
  const at = '/api/editions/2026-05-unit';
  const stranger = app.staff('head', 'street');
  assert.equal((await call('GET', at)).status, 404, 'a draft is nobody’s business yet');
  assert.equal((await call('GET', at, stranger)).status, 404);
  assert.deepEqual((await call('GET', '/api/editions')).body, { editions: [] });

  const until = new Date(AFTER + 5 * DAY).toISOString();
  assert.equal((await call('POST', `${at}/acts`, head, { do: 'show', until })).body.phase, 'shown');
  const shown = await call('GET', at, stranger);
  assert.equal(shown.status, 200, 'those measured see it');
  const lead = shown.body.edition.rows.find(
    (row: { rates: { volume: number } }) => row.rates.volume > 0,
  ).subject;
  assert.deepEqual((await call('GET', `${at}/cases`, stranger)).body.requests, [], 'but nobody else’s cases');
  const own = [...town.staff].find(
    ({ post }) => town.posts.get(post)?.unit === lead && town.posts.get(post)?.kind === 'desk',
  );
  const desk = tokenFor(town, own!.post);
  const cases = (await call('GET', `${at}/cases`, desk)).body.requests;
  assert.deepEqual(
    cases.map((one: { number: string; counts: string }) => [one.number, one.counts]),
    [[number, 'uncalled']],
  );
  const appeal = await call('POST', `${at}/acts`, desk, {
    do: 'appeal',
    number,
    reason: 'beyondDuty',
    words: '不属于本单位',
  });
  assert.equal(appeal.body.phase, 'appealed', appeal.text);
  const early = await call('POST', `${at}/acts`, { ...head, 'accept-language': 'zh' }, { do: 'freeze' });
  assert.deepEqual([early.status, early.body.detail], [422, '申诉期未满']);
  const { appeals } = (await call('GET', at, head)).body;
  const vote = { do: 'decide', appeal: appeals[0].id, verdict: 'exclude' };
  await call('POST', `${at}/acts`, head, vote);
  assert.equal((await call('POST', `${at}/acts`, app.staff('dispatcher', 'hotline'), vote)).status, 200);

  clock.now = AFTER + 6 * DAY;
  assert.equal((await call('POST', `${at}/acts`, head, { do: 'freeze' })).body.phase, 'frozen');
  assert.equal((await call('POST', `${at}/acts`, stranger, { do: 'publish' })).status, 403);
  assert.equal((await call('POST', `${at}/acts`, head, { do: 'publish' })).body.phase, 'published');

  const seen = await call('GET', at);
  assert.equal(seen.status, 200);
  assert.deepEqual(seen.body.edition.exclusionsByReason, { beyondDuty: 1 });
  assert.doesNotMatch(seen.text, /不属于本单位/, 'words of an appeal are not published');
  const explained = await call('GET', `${at}/explain?subject=${lead}`, { 'accept-language': 'zh' });
  assert.match(explained.body.lines.join('\n'), /按公开理由剔除 1 件/);
  const json = await call('GET', `${at}/export`);
  assert.equal(json.body.hash, seen.body.hash);
  assert.match((await call('GET', `${at}/export?format=csv`)).text, /^\uFEFFcode,/);
  assert.equal((await call('GET', `${at}/export?format=file`)).status, 403);
  assert.equal((await call('GET', `${at}/export?format=file`, head)).body.gezhi, 'edition');
  const plan = await call('GET', `${at}/help-plan?subject=${lead}`, head);
  assert.match(plan.body.text.zh, /帮扶方案（草稿）/, plan.text);
  assert.deepEqual(app.faults, []);
});

test('a seed is promised in public and draws once', async (t) => {
  const app = await demoApp(t);
  const head = app.staff('head', 'hotline');
  const send = (url: string, payload: object) =>
    app.server.inject({ method: 'POST', url, headers: head, payload });
  const promised = (await send('/api/samples', { purpose: 'callback' })).json();
  const list = await app.server.inject({ url: '/api/samples' });
  assert.equal(list.json().samples[0].hash, promised.hash);
  assert.doesNotMatch(list.body, /"seed"/);
  app.clock.now = NOW + 2 * DAY;
  const window = { from: new Date(NOW + 1000).toISOString(), to: new Date(NOW + DAY).toISOString() };
  const drawn = await send(`/api/samples/${promised.id}/draw`, { ...window, size: { n: 5 } });
  assert.equal(drawn.statusCode, 200, drawn.body);
  assert.deepEqual(drawn.json().drawing.findings, []);
  assert.equal(
    (await send(`/api/samples/${promised.id}/draw`, { ...window, size: { n: 5 } })).statusCode,
    409,
  );
});
