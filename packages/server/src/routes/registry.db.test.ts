import assert from 'node:assert/strict';
import { test } from 'node:test';
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

test('a change that would make something wrong is told and stops', async (t) => {
  const { server, staff } = await demoApp(t);
  const answer = await server.inject({
    method: 'POST',
    url: '/api/registry',
    headers: { ...staff('head', 'hotline'), 'content-type': 'application/json' },
    payload: {
      id: 'edit-1',
      reason: '试',
      changes: [
        {
          sort: 'duty',
          code: 'made-up',
          record: { unit: 'nobody', kind: '*', layer: 'division', place: '*', role: 'lead', basis: '虚构' },
        },
      ],
    },
  });
  assert.equal(answer.statusCode, 422, answer.body);
  assert.match(answer.body, /nobody/);
});
