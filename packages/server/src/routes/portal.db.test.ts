import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PublicCase } from '@gezhi/contract';
import { deleteSaid, inTransaction, logHeads } from '@gezhi/storage';
import { demoApp, reportEvent, type TestApp } from '../testing/demo-town.ts';

type Receipt = {
  readonly caseId: string;
  readonly number: string;
  readonly code: string;
  readonly joined: boolean;
};

function callsOf({ server, clock }: TestApp) {
  const get = async (url: string, headers = {}) => {
    const answer = await server.inject({ url, headers });
    return { status: answer.statusCode, body: answer.body, json: () => answer.json() };
  };
  const post = async (url: string, payload: object, headers = {}) => {
    const answer = await server.inject({ method: 'POST', url, payload, headers });
    return { status: answer.statusCode, json: () => answer.json() };
  };
  let n = 0;
  const report = async (data: Record<string, unknown>): Promise<Receipt> => {
    n += 1;
    const event = { ...reportEvent(`portal-${n}`, data), time: new Date(clock.now - 1000).toISOString() };
    return (await post('/api/signals', event)).json();
  };
  return { get, post, report };
}

test('everybody sees the road, the kind and how far it is; never words, houses, complaints, or what was not let be seen', async (t) => {
  const app = await demoApp(t);
  const { get, report } = callsOf(app);
  const lamp = [...app.town.assets.values()].find(({ kind, point }) => kind === 'lamp' && point)!;
  const secret = '我家三单元502门口的灯不亮';
  const seen = await report({ kind: 'lamp.fault', asset: lamp.code, words: secret, publicity: 'public' });
  for (const data of [
    { kind: 'lamp.fault', asset: lamp.code, words: '别公开的一件', publicity: 'private' },
    { kind: 'noise.night', point: lamp.point, words: '半夜装修', publicity: 'public' },
    { kind: 'staff.complaint', point: lamp.point, words: '态度不好', publicity: 'public' },
  ])
    await report(data);
  const { cases } = (await get(`/api/public/cases?asset=${lamp.code}`)).json() as { cases: PublicCase[] };
  assert.deepEqual(
    cases.map(({ caseId }) => caseId),
    [seen.caseId],
  );
  const [one] = cases;
  assert.equal(one!.voices, undefined, 'one voice is not counted');
  assert.match(String(one!.point!.lon), /^\d+(\.\d{1,3})?$/, 'to about 100 m');
  const story = await get(`/api/public/cases/${seen.caseId}`);
  assert.match(story.body, /有人反映/);
  for (const where of [
    story.body,
    JSON.stringify(cases),
    (await get(`/api/public/feed?case=${seen.caseId}`)).body,
  ])
    assert.doesNotMatch(where, /502|不亮|requester/);
});

test('five voices are counted, four are not; “me too” has a number of its own and is sent twice without harm', async (t) => {
  const app = await demoApp(t);
  const { get, post, report } = callsOf(app);
  const lamp = [...app.town.assets.values()].find(({ kind, point }) => kind === 'lamp' && point)!;
  const first = await report({ kind: 'lamp.fault', asset: lamp.code, words: '灯不亮', publicity: 'public' });
  const url = `/api/public/cases/${first.caseId}/voices`;
  const voices = async () =>
    ((await get(`/api/public/cases/${first.caseId}`)).json() as { case: PublicCase }).case.voices;
  for (let i = 1; i <= 3; i += 1) assert.equal((await post(url, { id: `voice-${i}` })).status, 201);
  assert.equal(await voices(), undefined);
  const last = await post(url, {
    id: 'voice-4',
    requester: { reachMe: [{ way: 'phone', address: '000-0000-0000' }] },
  });
  const receipt = last.json() as Receipt;
  assert.deepEqual([receipt.caseId, receipt.joined], [first.caseId, true]);
  assert.equal(await voices(), 5);
  const again = await post(url, { id: 'voice-4' });
  assert.deepEqual([again.status, again.json().number, again.json().code], [200, receipt.number, undefined]);
  assert.equal(await voices(), 5);
  const own = (await get(`/api/requests/${receipt.number}/follow?code=${receipt.code}`)).json();
  assert.deepEqual([own.isPublic, own.asked, own.kind.code], [true, false, 'lamp.fault']);
  assert.equal(
    (await post('/api/public/cases/01a200c2-15b9-793c-96b5-b516f5479ebf/voices', { id: 'x' })).status,
    404,
  );
});

test('what is about to be said is read and not kept: danger, kind, place, what neighbours reported', async (t) => {
  const app = await demoApp(t);
  const { post, report } = callsOf(app);
  const lamp = [...app.town.assets.values()].find(({ kind, point }) => kind === 'lamp' && point)!;
  const known = await report({
    kind: 'lamp.fault',
    asset: lamp.code,
    words: '路口的路灯不亮',
    publicity: 'public',
  });
  await report({ kind: 'lamp.fault', asset: lamp.code, words: '路口那盏路灯不亮', publicity: 'private' });
  const before = (await logHeads(app.town.db.pool)).get(app.town.district);
  const read = async (body: object) => (await post('/api/public/read', body)).json();
  const scanned = await read({ asset: lamp.code });
  assert.deepEqual(
    [scanned.asset.name, scanned.same.map((one: PublicCase) => one.caseId)],
    [lamp.name, [known.caseId]],
  );
  const near = await read({ words: '灯不亮', kind: 'lamp.fault', point: lamp.point });
  assert.equal(near.same[0].caseId, known.caseId);
  assert.deepEqual((await read({ words: '楼上着火了，有浓烟' })).danger.call, ['119']);
  assert.equal((await read({ words: '没有着火，只是灯不亮' })).danger, undefined);
  assert.equal((await logHeads(app.town.db.pool)).get(app.town.district), before);
});

test('a person releases masked words and a photo, or takes the case off; only whoever leads it or the hotline', async (t) => {
  const app = await demoApp(t);
  const { get, post, report } = callsOf(app);
  const point = [...app.town.assets.values()].find((asset) => asset.point)!.point;
  const photos = [`data:image/png;base64,${PIXEL}`];
  const sounds = [
    `data:audio/webm;codecs=opus;base64,${Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 1]).toString('base64')}`,
  ];
  const made = await report({
    kind: 'waste.dump',
    words: '张三家门口',
    point,
    publicity: 'public',
    photos,
    sounds,
  });
  const own = (await get(`/api/requests/${made.number}/follow?code=${made.code}`)).json();
  assert.deepEqual(
    own.photos.map(({ type }: { type: string }) => type),
    ['image/jpeg', 'audio/webm'],
  );
  const photo = own.photos[0].id as string;
  const url = `/api/cases/${made.caseId}/public`;
  assert.equal((await post(url, { shown: true })).status, 401);
  assert.equal((await get(`/api/media/${photo}`)).status, 401);
  const seat = app.staff('seat');
  const body = { shown: true, text: '楼门口堆放垃圾', photos: [photo] };
  assert.equal((await post(url, body, seat)).status, 200);
  const shown = (await get(`/api/public/cases/${made.caseId}`)).json().case as PublicCase;
  assert.deepEqual([shown.text, shown.photos?.[0]?.id], ['楼门口堆放垃圾', photo]);
  assert.equal((await get(`/api/media/${photo}`)).status, 200);
  assert.equal((await get(`/api/media/${own.photos[1].id}`)).status, 401, 'the sound was not released');
  await inTransaction(app.town.db.pool, (client) =>
    deleteSaid(client, app.town.district, { number: made.number }),
  );
  const erased = (await get(`/api/public/cases/${made.caseId}`)).json().case as PublicCase;
  assert.deepEqual(
    [erased.text, erased.photos],
    [undefined, undefined],
    'erased words are not public either',
  );
  assert.equal((await post(url, { shown: false }, seat)).status, 200);
  assert.equal((await get(`/api/public/cases/${made.caseId}`)).status, 404);
  assert.notEqual((await get(`/api/media/${photo}`)).status, 200);
});

test('who answers here is told by post and staff number with the units’ telephones; the guide says where, near the point', async (t) => {
  const app = await demoApp(t);
  const { get } = callsOf(app);
  const grid = app.town.places.places.find(({ layer }) => layer === 'grid')!;
  const who = (await get(`/api/public/who?grid=${grid.code}`)).json();
  assert.equal(who.grid.name, grid.name);
  assert.match(who.posts[0].staff[0].number, /^\w+$/);
  assert.equal(who.complaints.phone, '12345');
  assert.ok(who.units.length > 0);
  for (const { name } of app.town.staff as readonly { name?: string }[])
    if (name) assert.ok(!JSON.stringify(who).includes(`"${name}"`), 'nobody is named');
  const guide = (await get('/api/guide')).json();
  assert.equal(guide.human.phone, '12345');
  assert.ok(
    guide.items.every((item: { where: unknown[]; id: string }) => item.where.length > 0),
    'each can be done somewhere',
  );
  assert.equal((await get('/api/public/kept?kind=nothing')).status, 400);
  assert.deepEqual((await get('/api/public/kept')).json().rows, [], 'of fewer than five nothing is told');
});

/** A picture of one pixel. */
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
