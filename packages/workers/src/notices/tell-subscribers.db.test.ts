import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR, isRefusal, type RequestNumber } from '@gezhi/basis';
import { listNotices } from '@gezhi/storage';
import { endSubscriptions, endToken, eraseContact, subscribe, subscriptionsOf, type Town } from '@gezhi/town';
import { madeUpGateway } from '../testing/made-up-gateway.ts';
import { lampSignal, takeInAll, tinyTown } from '../testing/tiny-town.ts';
import { tellTown } from './tell-town.ts';

const PHONE = '13900000001';

/** Ten in the morning of the town, at most a day ahead. */
function morning(hour = 10): number {
  const today = Math.floor((Date.now() + 8 * HOUR) / DAY) * DAY - 8 * HOUR + hour * HOUR;
  return today > Date.now() ? today : today + DAY;
}

async function subscribed(town: Town, place: string, at: number, address = PHONE): Promise<string> {
  const mark = (await town.vault.markOf(town.district, address))!;
  const done = await subscribe(town, mark, { of: { place }, address, language: 'zh' }, at);
  if (isRefusal(done)) throw new Error(done.code);
  return done.id;
}

const shown = (id: string) => lampSignal(id, { publicity: 'public' });

test('who follows a street is told once a day of what is public there, with a link that ends it, and never at night', async (t) => {
  const { town } = await tinyTown(t);
  const { gateway, got } = await madeUpGateway(t);
  const open = { ...gateway, pages: 'https://town.example' };
  const began = Date.now() - HOUR;
  const id = await subscribed(town, 'S1', began);
  await takeInAll(town, [shown('1'), shown('2'), lampSignal('3', { publicity: 'private', mayJoin: false })]);
  const tell = (at: number) => tellTown(town, open, () => at);
  const toSubscriber = () => got.filter(({ to }) => to.kind === 'contact');
  await tell(morning(23));
  assert.deepEqual(toSubscriber(), [], 'quiet hours');
  const at = morning(23) + 11 * HOUR;
  await tell(at);
  assert.equal(toSubscriber().length, 1);
  const [message] = toSubscriber();
  assert.deepEqual([message!.way, message!.to], ['sms', { kind: 'contact', address: PHONE }]);
  assert.match(message!.text, /您订阅的石桥街道有 \d 件公开事项/);
  assert.match(message!.text, /https:\/\/town\.example\/portal\/near\?place=S1/);
  assert.ok(message!.text.includes(`https://town.example/unsubscribe/${endToken(town, id)}`));
  assert.doesNotMatch(message!.text, /某|路边|1390000/);
  await takeInAll(town, [shown('4')], at + HOUR / 2);
  await tell(at + HOUR);
  assert.equal(toSubscriber().length, 1, 'one a day');
  await tell(at + DAY + HOUR);
  assert.equal(toSubscriber().length, 2);
  const rows = await listNotices(town.db.pool, town.district, { target: id }, 10);
  assert.deepEqual(
    rows.map(({ state, rule }) => [state, rule]),
    [
      ['sent', 'subscription.place'],
      ['sent', 'subscription.place'],
    ],
  );
  assert.ok(!JSON.stringify(rows).includes(PHONE), 'how they are reached is in no row');
});

test('what is not public is told to nobody; what was ended, or erased with the person, is told no more', async (t) => {
  const { town } = await tinyTown(t);
  const { gateway, got } = await madeUpGateway(t);
  const began = Date.now() - HOUR;
  const requester = { reachMe: [{ way: 'sms' as const, address: PHONE }] };
  const [receipt] = await takeInAll(town, [lampSignal('1', { publicity: 'private', requester })]);
  const caseId = receipt!.caseId!;
  const mark = async (address: string) => (await town.vault.markOf(town.district, address))!;
  const stranger = '13900000002';
  const asked = { of: { caseId }, language: 'zh' as const };
  const refused = await subscribe(town, await mark(stranger), { ...asked, address: stranger }, began);
  assert.equal(isRefusal(refused) && refused.code, 'not-public');
  const other = await subscribe(town, await mark(stranger), { ...asked, address: PHONE }, began);
  assert.equal(isRefusal(other) && other.code, 'not-your-address');
  const own = await subscribe(town, await mark(PHONE), { ...asked, address: PHONE }, began);
  assert.ok(!isRefusal(own), 'their own');
  const ended = await subscribed(town, 'C1', began, stranger);
  await endSubscriptions(town, [ended], began);
  assert.deepEqual(await subscriptionsOf(town, await mark(stranger)), []);
  await tellTown(town, gateway, () => morning());
  const told = got.filter(({ to }) => to.kind === 'contact').map(({ text }) => text);
  assert.equal(told.length, 1);
  assert.match(told[0]!, new RegExp(`您的诉求 ${receipt!.number}：`));
  await eraseContact(town, receipt!.number as RequestNumber, { now: morning(), cause: 'asked' });
  assert.deepEqual(await subscriptionsOf(town, await mark(PHONE)), []);
  const { rows } = await town.db.pool.query(
    `SELECT person FROM vault_person WHERE person LIKE '%/subscriber' AND sealed_key IS NOT NULL`,
  );
  assert.deepEqual(rows, []);
});
