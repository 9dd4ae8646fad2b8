import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal } from '@gezhi/basis';
import type { Case } from '@gezhi/cases';
import { askKnowledge, dueKnowledge, proposeKnowledge, writeKnowledge } from '@gezhi/town';
import { demoApp } from '../testing/demo-town.ts';

const DAY = 86_400_000;

/** An inquiry that was answered, as far as knowledge asks. */
function inquiry(more: Partial<Case> = {}): Case {
  return {
    caseId: '019dfb8a-2800-7000-8000-000000000001',
    phase: 'answered',
    kind: 'other.inquiry',
    voices: { '1': { requestKind: 'inquiry' } },
    ...more,
  } as unknown as Case;
}

test('an answered inquiry becomes knowledge by its owner, and is found by anybody until its end', async (t) => {
  const { town, server, clock } = await demoApp(t);
  const [post] = [...town.posts.values()];
  const by = { post: post!.code };
  const ended = {
    case: inquiry(),
    question: '老年卡在哪里办？我的电话13800000000',
    answer: '在街道服务大厅办理。',
    owner: post!.unit,
  };
  const proposed = await proposeKnowledge(town, ended, by, clock.now);
  assert.ok(!isRefusal(proposed));
  assert.equal(proposed.status, 'proposed');
  assert.doesNotMatch(proposed.question, /13800000000/);
  const ask = async (q: string): Promise<{ id: string; owner: { name: string } }[]> =>
    (await server.inject(`/api/knowledge?q=${encodeURIComponent(q)}`)).json().items;
  assert.deepEqual(await ask('老年卡'), []);
  assert.deepEqual(
    (await dueKnowledge(town, clock.now, post!.unit)).map((item) => item.status),
    ['proposed'],
  );

  const { status: _status, version: _version, ...item } = proposed;
  const stranger = [...town.posts.values()].find((other) => other.unit !== post!.unit)!;
  const change = { item: { ...item, basis: 'a made-up rule' }, version: 2, status: 'live' } as const;
  const refused = await writeKnowledge(town, change, { post: stranger.code }, clock.now);
  assert.ok(isRefusal(refused) && refused.code === 'not-owner');
  assert.ok(!isRefusal(await writeKnowledge(town, change, by, clock.now)));
  const again = await writeKnowledge(town, change, by, clock.now);
  assert.ok(isRefusal(again) && again.code === 'stale');

  const [found] = await ask('老年卡怎么办');
  assert.equal(found?.id, item.id);
  assert.equal(found?.owner.name, town.units.get(post!.unit)!.name);
  const nearEnd = item.validUntil - DAY;
  assert.deepEqual(
    (await dueKnowledge(town, nearEnd)).map((one) => one.status),
    ['due'],
  );
  assert.deepEqual(await askKnowledge(town, { text: '老年卡' }, item.validUntil), []);
});

test('only an inquiry that was answered proposes, and an item without an end to come is refused', async (t) => {
  const { town, clock } = await demoApp(t);
  const [post] = [...town.posts.values()];
  const ended = { question: '怎么办？', answer: '这样办。', owner: post!.unit };
  const open = { ...ended, case: inquiry({ phase: 'dispatched' }) };
  const refused = await proposeKnowledge(town, open, { post: post!.code }, clock.now);
  assert.ok(isRefusal(refused) && refused.code === 'not-answered');
});

test('a unit adds, approves, edits and withdraws over HTTP; what cannot be relied on, others’ and old versions are refused with their words', async (t) => {
  const { server, town, clock, staff } = await demoApp(t);
  const headers = staff('seat');
  const unit = town.posts.get([...town.posts.values()].find(({ kind }) => kind === 'seat')!.code)!.unit;
  const call = async (url: string, payload?: unknown, more = headers) => {
    const answer = await server.inject({
      url,
      method: payload ? 'POST' : 'GET',
      headers: { ...more, 'accept-language': 'zh' },
      ...(payload ? { payload: payload as object } : {}),
    });
    return { status: answer.statusCode, body: answer.json() };
  };
  const community = [...town.places.places].find((place) => place.level === 'community')!;
  const fields = {
    question: '老年卡在哪里办？',
    answer: '在街道便民服务中心办理。',
    basis: '示例优待办法第五条',
    validUntil: new Date(clock.now + 200 * DAY).toISOString(),
  };
  const bare = await call('/api/knowledge', { ...fields, basis: '无', status: 'live' });
  assert.deepEqual([bare.status, bare.body.code, bare.body.details.field], [422, 'bad-item', 'basis']);
  assert.match(bare.body.title, /还不能用/);
  const strange = await call('/api/knowledge', { ...fields, kinds: ['no.such'] });
  assert.deepEqual([strange.body.code, strange.body.details.field], ['bad-item', 'kinds']);
  const made = await call('/api/knowledge', fields);
  assert.deepEqual([made.status, made.body.status, made.body.owner.code], [201, 'proposed', unit]);
  const { id } = made.body;
  assert.equal((await call(`/api/knowledge/${id}`, undefined, {} as typeof headers)).status, 404);
  const stranger = staff('desk', 'street');
  const theirs = await call(`/api/knowledge/${id}`, { version: 1, status: 'live' }, stranger);
  assert.equal(theirs.status, 404, 'a proposal is not even there for others');
  const live = await call(`/api/knowledge/${id}`, { version: 1, status: 'live', places: [community.code] });
  assert.deepEqual([live.status, live.body.version, live.body.places[0].name], [200, 2, community.name]);
  const again = await call(`/api/knowledge/${id}`, { version: 1, status: 'withdrawn' });
  assert.deepEqual([again.status, again.body.code], [409, 'stale']);
  const notTheirs = await call(`/api/knowledge/${id}`, { version: 2, status: 'withdrawn' }, stranger);
  assert.deepEqual([notTheirs.status, notTheirs.body.code], [403, 'not-owner']);

  const general = await call('/api/knowledge', { ...fields, answer: '在线上也可以办理。', status: 'live' });
  assert.equal(general.status, 201);
  const ids = async (more: string): Promise<string[]> =>
    (await call(`/api/knowledge?q=${encodeURIComponent('老年卡')}${more}`)).body.items.map(
      (one: { id: string }) => one.id,
    );
  assert.deepEqual(await ids(`&place=${community.code}`), [id, general.body.id]);
  const elsewhere = [...town.places.places].find(
    (place) => place.level === 'community' && place.code !== community.code,
  )!;
  assert.deepEqual(await ids(`&place=${elsewhere.code}`), [general.body.id]);
  const gone = await call(`/api/knowledge/${id}`, { version: 2, status: 'withdrawn' });
  assert.equal(gone.body.status, 'withdrawn');
  assert.deepEqual(await ids(''), [general.body.id]);
  const { items } = (await call('/api/knowledge/items?status=withdrawn')).body;
  assert.deepEqual(
    items.map((one: { id: string }) => one.id),
    [id],
  );
});

test('an inquiry that was not answered in words is refused as a source, over HTTP too', async (t) => {
  const { server, staff } = await demoApp(t);
  const sent = await server.inject({
    url: '/api/knowledge',
    method: 'POST',
    headers: staff('seat'),
    payload: { fromCase: '019dfb8a-2800-7000-8000-000000000001' },
  });
  assert.deepEqual([sent.statusCode, sent.json().code], [404, 'no-such-case']);
});
