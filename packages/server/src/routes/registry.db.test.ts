import assert from 'node:assert/strict';
import { test } from 'node:test';
import { localDay } from '@gezhi/clock';
import type { Place } from '@gezhi/place';
import { demoApp, reportEvent } from '../testing/demo-town.ts';

type Duty = { code: string; record: { unit: string; kind: string; role: string } & Record<string, unknown> };

test('a duty is changed by hand: previewed with the cases it would move, made, seen, and taken back', async (t) => {
  const { server, town, clock, staff } = await demoApp(t);
  const steward = staff('head', 'hotline');
  const call = async (method: 'GET' | 'POST', url: string, payload?: unknown, who = steward) => {
    const answer = await server.inject({
      method,
      url,
      headers: { ...who, ...(payload ? { 'content-type': 'application/json' } : {}) },
      ...(payload ? { payload: payload as object } : {}),
    });
    return { status: answer.statusCode, body: answer.json() };
  };
  const community = town.places.places.find(({ level }) => level === 'community');
  await server.inject({
    method: 'POST',
    url: '/api/signals',
    headers: { 'content-type': 'application/cloudevents+json' },
    payload: reportEvent('a', { words: '路灯不亮了', kind: 'lamp.fault', placeText: community!.name }),
  });
  const { cases } = (await call('GET', '/api/cases', undefined, staff('seat', 'hotline'))).body;
  const was = cases[0]?.unit.code;
  assert.ok(was, 'the lamp has gone to somebody');

  const duties: Duty[] = (await call('GET', '/api/registry?sort=duty')).body.records;
  const lamps = duties.filter(({ record }) => record.unit === was && record.role === 'lead');
  const [other] = [...town.units.values()].filter(({ kind, code }) => kind === 'utility' && code !== was);
  const changes = lamps.flatMap(({ code, record }) => [
    { sort: 'duty', code, record: null },
    { sort: 'duty', code: `${code}|moved`, record: { ...record, unit: other!.code, post: undefined } },
  ]);
  const preview = await call('POST', '/api/registry/preview', { changes });
  assert.equal(preview.status, 200, JSON.stringify(preview.body));
  assert.equal(preview.body.looked, 1);
  assert.deepEqual(
    preview.body.rerouted.map(({ was, would }: { was: string; would: string }) => [was, would]),
    [[was, other!.code]],
  );

  const order = { id: 'edit-1', reason: '路灯移交（虚构）', changes };
  const refused = await call('POST', '/api/registry', order, staff('seat', 'hotline'));
  assert.equal(refused.status, 403, 'a seat does not hold registry.edit');
  assert.equal((await call('POST', '/api/registry', order)).status, 200);
  const after: Duty[] = (await call('GET', '/api/registry?sort=duty')).body.records;
  assert.ok(after.some(({ record }) => record.unit === other!.code && record.kind === lamps[0]!.record.kind));

  clock.now += 60_000;
  const undone = await call('POST', '/api/registry/edits/edit-1/undo', { id: 'edit-2', reason: '退回' });
  assert.equal(undone.status, 200, JSON.stringify(undone.body));
  const back: Duty[] = (await call('GET', '/api/registry?sort=duty')).body.records;
  assert.deepEqual(
    back.map(({ record }) => record),
    duties.map(({ record }) => record),
  );
  const twice = await call('POST', '/api/registry/edits/edit-1/undo', { id: 'edit-3', reason: '再退' });
  assert.equal(twice.status, 409, 'what was taken back is not as that edit left it');
  assert.deepEqual(
    (await call('GET', '/api/registry/edits')).body.edits.map(({ id }: { id: string }) => id),
    ['edit-2', 'edit-1'],
  );
});

test('what is wrong is told and stops; a redrawn street moves its cases; days and kinds move no clock that runs', async (t) => {
  const { server, town, clock, staff, installation } = await demoApp(t);
  const steward = { ...staff('head', 'hotline'), 'content-type': 'application/json' };
  const send = async (url: string, payload: object) =>
    (await server.inject({ method: 'POST', url, headers: steward, payload })).json();
  const records = async (query: string): Promise<readonly { code: string; record: Outlined }[]> =>
    (await server.inject({ url: `/api/registry?${query}`, headers: steward })).json().records;
  const report = async (id: string, data: Parameters<typeof reportEvent>[1]): Promise<void> => {
    const headers = { 'content-type': 'application/cloudevents+json' };
    await server.inject({ method: 'POST', url: '/api/signals', headers, payload: reportEvent(id, data) });
  };
  const streets = town.places.places.filter(({ level, outline }) => level === 'street' && outline);
  const mine = streets[0]!;
  const other = streets.find(({ parent }) => parent !== mine.parent)!;
  const [lon, lat] = insideOf(mine.outline);
  await report('a', { words: '路边堆了垃圾', kind: 'waste.dump', point: { lon, lat } });

  const duty = { unit: 'nobody', kind: '*', layer: 'division', place: '*', role: 'lead', basis: '虚构' };
  const wrong = { id: 'e1', reason: '试', changes: [{ sort: 'duty', code: 'made-up', record: duty }] };
  const answer = await server.inject({
    method: 'POST',
    url: '/api/registry',
    headers: steward,
    payload: wrong,
  });
  assert.equal(answer.statusCode, 422, answer.body);
  assert.match(answer.body, /nobody/);

  assert.ok(
    (await records('sort=place')).every(({ record }) => !record.outline),
    'a list has no outlines',
  );
  const redrawn = async (place: typeof mine, outline: unknown) => {
    const [one] = await records(`sort=place&code=division:${place.code}`);
    assert.ok(one?.record.outline, 'one place is told whole');
    return { sort: 'place', code: one.code, record: { ...one.record, outline } };
  };
  const over = await redrawn(mine, other.outline);
  const overlap = await send('/api/registry/preview', { changes: [over] });
  const told = overlap.problems.find(({ severity }: { severity: string }) => severity === 'error');
  assert.match(told.zh, /重叠/, 'streets that lie over each other are told in both languages');
  const swapped = await send('/api/registry/preview', {
    changes: [over, await redrawn(other, mine.outline)],
  });
  assert.deepEqual([swapped.looked, swapped.rerouted.length], [1, 1], JSON.stringify(swapped.rerouted));

  const lamp = { code: 'waste.dump', name: { zh: '垃圾', en: 'Waste' }, words: ['垃圾'], public: true };
  const name = { zh: '县庆', en: 'Day of the county' };
  const changes = [
    { sort: 'kind', code: 'waste.dump', record: { ...lamp, urgency: 'utility' } },
    {
      sort: 'day',
      code: '2099-01-05',
      record: { day: '2099-01-05', kind: 'holiday', name, basis: '虚构' },
    },
  ];
  const { looked, redated } = await send('/api/registry/preview', { changes });
  assert.deepEqual([looked, redated.length], [1, 1]);
  assert.ok(redated[0].would < redated[0].was, 'utilities are sooner than waste was');
  const begun = clock.now;
  clock.now += 60_000;
  const made = await send('/api/registry', { id: 'e2', reason: '县庆（虚构）', changes });
  assert.equal(made.changes?.length, 2, JSON.stringify(made));
  const after = installation.towns.get(town.district)!;
  assert.equal(after.kinds.get('waste.dump')?.name.zh, '垃圾');
  assert.deepEqual(after.kinds.get('waste.dump')?.traits, town.kinds.get('waste.dump')?.traits);
  const classes = [begun, clock.now].map((at) => after.urgencyAt('waste.dump', at));
  assert.deepEqual(classes, ['ordinary', 'utility']);
  const day = localDay('2099-01-05');
  const worked = [begun, clock.now].map((at) => after.calendarAt(at).isWorkday(day));
  assert.deepEqual(worked, [true, false]);
  const foreign = {
    sort: 'kind',
    code: 'whistle.hot',
    record: { ...lamp, code: 'whistle.hot', urgency: 'x' },
  };
  const refused = await send('/api/registry', { id: 'e3', reason: '试', changes: [foreign] });
  assert.match(JSON.stringify(refused), /of the scene \\"whistle/);
});

type Outlined = { readonly outline?: unknown };
/** The middle of the corners of an outline, which lies in it where it is round enough. */
function insideOf(outline: Place['outline']): readonly [number, number] {
  const ring = outline?.type === 'Polygon' ? outline.coordinates[0]! : [];
  const mean = (of: 0 | 1): number => ring.reduce((sum, corner) => sum + corner[of]!, 0) / ring.length;
  return [mean(0), mean(1)];
}
