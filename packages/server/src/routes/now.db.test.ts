import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR } from '@gezhi/basis';
import type { NowView } from '@gezhi/contract';
import { demoApp, NOW, reportEvent } from '../testing/demo-town.ts';

test('the page of now counts what the asker may see, from the town down to one place, and says what it does not know', async (t) => {
  const { server, town, staff } = await demoApp(t);
  const communities = town.places.places.filter(({ level }) => level === 'community' || level === 'village');
  const [first, second] = communities;
  for (const [id, place] of [
    ['a', first],
    ['b', first],
    ['c', second],
  ] as const) {
    const sent = await server.inject({
      method: 'POST',
      url: '/api/signals',
      headers: { 'content-type': 'application/cloudevents+json' },
      payload: reportEvent(id, {
        words: `${place!.name}的路灯不亮了，第${id}盏`,
        placeText: place!.name,
      }),
    });
    assert.equal(sent.statusCode, 201, sent.body);
  }
  const asked = async (query: string): Promise<NowView> => {
    const answer = await server.inject({ url: `/api/now${query}`, headers: staff('seat', 'hotline') });
    assert.equal(answer.statusCode, 200, answer.body);
    return answer.json() as NowView;
  };
  const whole = await asked('');
  assert.equal(whole.open.total, 3);
  assert.equal(whole.at, new Date(NOW).toISOString());
  assert.equal(
    Object.values(whole.open.byPhase).reduce((a, b) => a + b, 0),
    3,
  );
  assert.equal(
    Object.values(whole.due).reduce((a, b) => a + b, 0),
    3,
  );
  assert.equal(whole.opened.expected, null, 'no week before this one is known');
  assert.ok(
    whole.unknown.behind > 0,
    'the roll-ups have not read these facts: nothing is running here that would',
  );
  assert.ok(whole.below.length > 0);
  const list = await server.inject({ url: whole.open.link, headers: staff('seat', 'hotline') });
  assert.equal((list.json() as { cases: unknown[] }).cases.length, whole.open.total);

  const counted = async (query: Record<string, string>): Promise<number> => {
    const url = `/api/cases?${new URLSearchParams(query)}`;
    const found = await server.inject({ url, headers: staff('seat', 'hotline') });
    assert.equal(found.statusCode, 200, found.body);
    return (found.json() as { cases: unknown[] }).cases.length;
  };
  const later = (hours: number): string => new Date(NOW + hours * HOUR).toISOString();
  const { due } = whole;
  assert.deepEqual(
    [
      await counted({ open: 'true', dueBy: later(0) }),
      await counted({ open: 'true', dueAfter: later(0), dueBy: later(1) }),
      await counted({ open: 'true', dueAfter: later(1), dueBy: later(4) }),
      await counted({ open: 'true', dueAfter: later(4), dueBy: later(24) }),
      await counted({ open: 'true', dueAfter: later(24) }),
      await counted({ open: 'true', due: 'none' }),
    ],
    [due.past, due.hour, due.hours4, due.hours24, due.later, due.none],
    'each number of the deadlines leads to as many cases',
  );
  assert.equal(await counted({ open: 'true', point: 'none' }), whole.unknown.pointless);
  assert.equal(await counted({ from: whole.since }), 3);
  const today = { from: whole.since, to: later(1) };
  assert.equal(await counted({ ...today, counted: 'uncalled' }), 3, 'nobody was called back yet');
  assert.equal(await counted({ ...today, counted: 'valid' }), 0);
  assert.equal(await counted({ from: later(1), counted: 'uncalled' }), 0, 'of another time');
  const asShown = await server.inject({
    url: `/api/lists/cases?${new URLSearchParams({ ...today, counted: 'uncalled' })}`,
    headers: staff('seat', 'hotline'),
  });
  const { rows } = asShown.json() as { rows: { excerpt?: string }[] };
  assert.equal(rows.filter(({ excerpt }) => excerpt?.includes('路灯不亮')).length, 3);
  const file = await server.inject({
    url: '/api/lists/cases/export?open=true',
    headers: staff('seat', 'hotline'),
  });
  assert.equal(file.body.trim().split('\r\n').length, 4, 'a head and three cases');
  assert.ok(!file.body.includes('不亮'), 'and no words of anybody');

  const one = await asked(`?place=${first!.code}`);
  assert.equal(one.place?.name, first!.name);
  assert.equal(one.path.at(-1)?.code, first!.code);
  const lost = await server.inject({ url: '/api/now?place=nowhere', headers: staff('seat', 'hotline') });
  assert.equal(lost.statusCode, 404);
  const nobody = await server.inject({ url: '/api/now' });
  assert.equal(nobody.statusCode, 401);
});
