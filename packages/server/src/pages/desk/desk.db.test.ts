import assert from 'node:assert/strict';
import { test } from 'node:test';
import { takeIn } from '@gezhi/town';
import { demoApp, NOW } from '../../testing/demo-town.ts';

const ID = '00000000-0000-4000-8000-00000000000';

test('a seat writes a call down without a script: reads it, picks, takes it in, joins, hands off', async (t) => {
  const { server, staff, town } = await demoApp(t);
  const cookie = `gezhi_staff=${staff('seat', 'hotline').authorization.slice('Bearer '.length)}`;
  const page = await server.inject({ url: '/desk?lang=en', headers: { cookie } });
  assert.equal(page.statusCode, 200);
  assert.match(page.headers['content-security-policy'] as string, /script-src 'self'/);
  assert.match(page.body, /<script src="\/assets\/desk\.js" defer><\/script>/);
  const [, form = ''] =
    /name="form" value="([^"]+)"/.exec(page.body.slice(page.body.indexOf('data-desk'))) ?? [];
  const post = async (url: string, fields: Record<string, string>) =>
    await server.inject({
      method: 'POST',
      url,
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', 'accept-language': 'en' },
      payload: new URLSearchParams({ form, ...fields }).toString(),
    });
  const words = '银杏大道的路灯不亮了，晚上走路很危险';
  const said = { source: 'x', id: '1', type: 'x', occurredAt: NOW, channel: 'web', words };
  const [known] = await takeIn(town, [said], NOW);
  const { caseId } = known as { caseId: string };

  await t.test('read: proposals with reasons; the same panel for the script', async () => {
    const read = await post('/desk', { words: '银杏大道路灯又不亮', do: 'read', id: `${ID}1` });
    assert.equal(read.statusCode, 200);
    assert.match(read.body, /value="lamp\.fault"/);
    assert.ok(read.body.includes(`value="${caseId}"`));
    const panel = await post('/desk/panel', { words: '厨房着火了' });
    assert.match(panel.body, /role="alert"/);
    assert.match(panel.body, /119/);
    assert.equal((await server.inject({ method: 'POST', url: '/desk/panel', payload: {} })).statusCode, 403);
  });
  await t.test('take in and join the same matter in one go', async () => {
    const fields = { words: '银杏大道路灯又不亮', id: `${ID}2`, kind: 'lamp.fault', join: caseId };
    const done = await post('/desk', { ...fields, caller: '19900000001' });
    assert.equal(done.statusCode, 200, done.body);
    assert.match(done.body, /Taken in as request/);
    assert.match(done.body, /Joined to the same matter/);
    const { rows } = await town.db.pool.query('SELECT requests FROM case_now WHERE case_id = $1', [caseId]);
    assert.equal(rows[0].requests, 2);
  });
  await t.test('what cannot be taken in comes back as it was typed', async () => {
    const short = await post('/desk', { words: '灯', id: `${ID}3`, caller: 'xyz', placeText: '<b>' });
    assert.equal(short.statusCode, 422);
    assert.match(short.body, /Please write a few words/);
    assert.match(short.body, /&lt;b&gt;/);
  });
});
