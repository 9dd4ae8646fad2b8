import assert from 'node:assert/strict';
import { test } from 'node:test';
import { takeIn } from '@gezhi/town';
import { browserOn, formIn, textOf } from '../kit/testing-browser.ts';
import { pagesOver, postOf } from '../kit/testing-town.ts';

test('a changed power list is looked at before it holds: who gains, who loses, how many open cases; then it holds, and is taken back', async (t) => {
  const { server, town: before, clock, installation } = await pagesOver(t);
  const report = { source: 'test', id: '1', type: 'x', occurredAt: clock.now, channel: 'phone' };
  await takeIn(before, [{ ...report, words: '路灯不亮', kind: 'lamp.fault', point: LAMP }], clock.now);
  const town = () => installation.towns.get(before.district)!;
  const seat = browserOn(server);
  const signIn = (browser: typeof seat, post: string) =>
    browser.send({ action: '/staff', method: 'post', fields: new Map([['post', post]]) });
  await signIn(seat, postOf(before, 'seat'));
  assert.equal((await seat.open('/powers/preview')).status, 403);

  const keeper = browserOn(server);
  await signIn(keeper, postOf(before, 'head', '990000-RX'));
  const form = formIn(await keeper.open('/powers/preview'), '/powers/preview');
  const list = form.fields.get('list')!;
  const row = /- id: hotline-sees\n(?: {2}.*\n)+/.exec(list)?.[0] ?? '';
  const send = (changed: string) => keeper.send(form, { list: changed });

  assert.match(textOf((await send(list)).html), /无人增减权力[\s\S]*看到的在办案件不变/);
  const wrong = await send(list.replace('postKinds', 'postKind'));
  assert.equal(wrong.status, 422);
  assert.match(textOf(wrong.html), /清单有问题[\s\S]*"postKind" is no field/);
  const unkept = await send(list.replace(/- id: concerned-stay-out\n(?: {2}.*\n)+/, ''));
  assert.match(textOf(unkept.html), /concerned-stay-out: this prohibition ships with the scene/);

  const would = await send(list.replace(row, ''));
  assert.equal(would.status, 200);
  const told = textOf(would.html);
  assert.match(told, /失去 see[\s\S]*hotline-sees[\s\S]*default-deny/);
  assert.match(told, /seat @ hotline, city：\d+ 个岗位中 \d+ 个有变，单个岗位最多多看 0 件、少看 1 件/);
  assert.ok(
    town().pack.powers.permits.some(({ id }) => id === 'hotline-sees'),
    'nothing holds yet',
  );

  const apply = formIn(would, '/powers/preview');
  assert.equal(apply.fields.get('act'), 'apply');
  const done = await keeper.send(apply, { reason: '试行' });
  assert.match(textOf(done.html), /已生效[\s\S]*现行的是本地改过的清单/);
  assert.ok(!town().pack.powers.permits.some(({ id }) => id === 'hotline-sees'));
  const { rows } = await before.db.pool.query<{ body: { scene: string } }>(
    `SELECT body FROM ledger_event WHERE kind = 'policy' ORDER BY event DESC LIMIT 1`,
  );
  assert.equal(rows[0]?.body.scene, 'hotline#list');
});

const LAMP = { lon: 119.39958, lat: 30.309503 };
