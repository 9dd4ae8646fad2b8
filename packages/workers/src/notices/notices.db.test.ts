import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { DAY, HOUR, MINUTE, type RequestNumber } from '@gezhi/basis';
import { listNotices, type NoticeRow, retryNotice } from '@gezhi/storage';
import { eraseContact, type Incoming, type Town } from '@gezhi/town';
import { follow } from '../follow.ts';
import { madeUpGateway } from '../testing/made-up-gateway.ts';
import { lampSignal, send, takeInAll, tinyTown } from '../testing/tiny-town.ts';
import { noticesFollower } from './notices-follower.ts';
import { tellTown } from './tell-town.ts';

/** U1 has a duty post with a deputy under district D1, which has a duty post too; its head is there by day. */
const POSTS = {
  'units.csv': 'D1,小石区,centre,district,,,,\n',
  'posts.csv':
    'duty1,U1,dutyPost,街道值班,,\nsecond1,U1,desk,街道副班,,duty1\ndutyD,D1,dutyPost,区值班,,\ndutyHL,HL,dutyPost,热线值班,,\n',
  'staff.csv': '1003,丙,duty1,,,\n1004,丁,second1,,,\n1005,戊,dutyD,,,\n',
};

async function liveTown(t: TestContext) {
  const made = await tinyTown(t, POSTS);
  // The street stands under the district: units are listed before it.
  await made.installation.db.pool.query(
    `UPDATE registry SET record = (record::jsonb || '{"parent": "D1"}')::json WHERE sort = 'unit' AND code = 'U1'`,
  );
  await made.installation.reload();
  return { ...made, town: made.installation.towns.get(made.town.district)! };
}

/** Ten in the morning of the town, at most a day ahead: outside all quiet hours. */
function morning(hour = 10): number {
  const today = Math.floor((Date.now() + 8 * HOUR) / DAY) * DAY - 8 * HOUR + hour * HOUR;
  return today > Date.now() ? today : today + DAY;
}

const asked = (id: string, more: Partial<Incoming> = {}): Incoming =>
  lampSignal(id, {
    requester: { name: '某某', reachMe: [{ way: 'phone', address: '13900000000' }] },
    ...more,
  });

async function rows(town: Town): Promise<readonly NoticeRow[]> {
  return await listNotices(town.db.pool, town.district, {}, 1000);
}

const rulesOf = (some: readonly NoticeRow[], target: string): string[] =>
  some
    .filter((row) => row.target === target)
    .map((row) => row.rule)
    .sort();

test('each fact is told once to each whom it concerns, however often the log is read, and nothing personal is kept', async (t) => {
  const { town } = await liveTown(t);
  await takeInAll(town, [asked('1'), asked('2')]);
  const at = morning();
  await follow(
    town,
    noticesFollower(() => at),
    { batchMax: 1 },
  );
  const first = await rows(town);
  assert.deepEqual(rulesOf(first, 'requester'), [
    'hotline.promised',
    'hotline.promised',
    'hotline.received',
    'hotline.received',
  ]);
  await town.db.pool.query(`UPDATE follower SET position = 0 WHERE name = 'notices'`);
  await follow(
    town,
    noticesFollower(() => at + MINUTE),
  );
  assert.deepEqual(await rows(town), first);
  const { rows: all } = await town.db.pool.query('SELECT to_json(notice) AS row FROM notice');
  assert.doesNotMatch(JSON.stringify(all), /13900000000|某某|路灯/);
});

test('what happened too long ago, or was handled elsewhere, is history', async (t) => {
  const { town } = await liveTown(t);
  await takeInAll(town, [asked('1', { stated: { closedAt: Date.now() - 30_000 } })]);
  await follow(
    town,
    noticesFollower(() => Date.now()),
  );
  assert.deepEqual(await rows(town), []);
  await takeInAll(town, [asked('2')]);
  await follow(
    town,
    noticesFollower(() => Date.now() + 4 * DAY),
  );
  assert.deepEqual(await rows(town), []);
});

test('messages to one requester go in order; what fails is tried again under the same key, and later ones wait', async (t) => {
  const { town } = await liveTown(t);
  const { gateway, got, answers } = await madeUpGateway(t);
  const [receipt] = await takeInAll(town, [asked('1')]);
  let at = morning();
  const tell = () => tellTown(town, gateway, () => at);
  answers.push(503);
  const toRequester = () => got.filter((message) => message.to.kind === 'requester');
  // The first call of this town may be anybody's: fail all until the requester's own has failed once.
  await tell();
  while (toRequester().length === 0) {
    at += MINUTE;
    await tell();
  }
  at += HOUR;
  for (let i = 0; i < 4; i += 1) await tell();
  const keys = [...new Set(toRequester().map((message) => message.id))];
  assert.equal(keys.length, 2);
  assert.match(toRequester()[0]!.text, new RegExp(`您的诉求${receipt!.number}（.+）已受理`));
  assert.match(toRequester().at(-1)!.text, /已派给石桥街道办事处，将于\d{4}-\d\d-\d\d \d\d:\d\d前答复/);
  assert.deepEqual(toRequester()[0]!.to, {
    kind: 'requester',
    number: receipt!.number,
    address: '13900000000',
  });
  const settled = (await rows(town)).filter((row) => row.target === 'requester');
  assert.ok(settled.every((row) => row.state === 'sent' && row.httpStatus === 200));
});

test('a gateway that hangs, drops and fails loses nothing and is not flooded', async (t) => {
  const { town } = await liveTown(t);
  const { gateway, got, answers } = await madeUpGateway(t);
  await takeInAll(town, [asked('1'), asked('2'), asked('3')]);
  let at = morning();
  answers.push('hang', 'drop', 500, 429, 'drop', 503, 'hang');
  for (let i = 0; i < 12; i += 1) {
    await tellTown(town, gateway, () => at);
    at += 20 * MINUTE;
  }
  const all = await rows(town);
  assert.ok(
    all.every((row) => row.state === 'sent' || row.state === 'lapsed'),
    JSON.stringify(all),
  );
  const taken = new Set(got.map((message) => message.id));
  assert.equal(taken.size, all.filter((row) => row.state === 'sent').length);
});

test('what the gateway refuses goes by the next way, and is seen where there is none; a person may send it again', async (t) => {
  const { town } = await liveTown(t);
  const { gateway, got, answers } = await madeUpGateway(t);
  const reachMe = [
    { way: 'mail' as const, address: 'someone@example.invalid' },
    { way: 'sms' as const, address: '13900000001' },
  ];
  await takeInAll(town, [asked('1', { kind: 'unknown', requester: { reachMe } })]);
  const at = morning();
  answers.push(422, 404);
  await tellTown(town, gateway, () => at);
  assert.deepEqual(
    got.map((message) => message.way),
    ['mail', 'sms'],
  );
  const [refused] = (await rows(town)).filter((row) => row.target === 'requester');
  assert.deepEqual([refused!.state, refused!.httpStatus, refused!.reason], ['refused', 404, '404']);
  assert.ok(await retryNotice(town.db.pool, town.district, refused!.id, at));
  await tellTown(town, gateway, () => at);
  assert.equal((await rows(town)).find((row) => row.id === refused!.id)!.state, 'sent');
});

test('a requester is told by the ways and at the hours they chose; who cannot be reached so is seen', async (t) => {
  const { town } = await liveTown(t);
  const { gateway, got } = await madeUpGateway(t);
  const person = (reachMe: NonNullable<NonNullable<Incoming['requester']>['reachMe']>) => ({
    kind: 'unknown',
    requester: { reachMe },
  });
  await takeInAll(town, [
    asked('1', person([{ way: 'visit' }])),
    asked('2', person([{ way: 'sms', address: '13900000002', hours: '18:00-20:00' }])),
    asked('3', person([{ way: 'sms', address: '13900000003', language: 'en' }])),
    asked('4', { kind: 'unknown', requester: {} }),
    asked('5', person([{ way: 'web' }])),
  ]);
  let at = morning(10);
  await tellTown(town, gateway, () => at);
  assert.deepEqual(
    got.map((message) => message.text.slice(0, 12)),
    ['Your request'],
  );
  const reasons = (await rows(town)).flatMap((row) => (row.reason ? [`${row.state} ${row.reason}`] : []));
  assert.deepEqual(reasons.sort(), [
    'noWay byHand',
    'noWay noContact',
    'noWay ownPage',
    'waiting quietHours',
  ]);
  at += 8 * HOUR;
  await tellTown(town, gateway, () => at);
  assert.deepEqual(got[1]!.to, {
    kind: 'requester',
    number: (got[1]!.to as { number: string }).number,
    address: '13900000002',
  });
});

test('nobody is woken by what can wait, and an erased contact is gone', async (t) => {
  const { town } = await liveTown(t);
  const { gateway, got } = await madeUpGateway(t);
  await takeInAll(town, [asked('1', { kind: 'unknown' })]);
  const night = morning(23);
  await tellTown(town, gateway, () => night);
  assert.equal(got.length, 0);
  const [request] = (await town.db.pool.query<{ number: RequestNumber }>('SELECT number FROM request')).rows;
  await eraseContact(town, request!.number, { now: night, cause: 'asked' });
  await tellTown(town, gateway, () => night + 9.5 * HOUR);
  assert.equal(got.length, 0);
  const [row] = await rows(town);
  assert.deepEqual([row!.state, row!.reason], ['noWay', 'noContact']);
});

test('an unsigned task rings the duty post, its deputy, the unit above, each once; a signature ends it', async (t) => {
  const { town } = await liveTown(t);
  const { gateway, got } = await madeUpGateway(t);
  const [receipt, other] = await takeInAll(town, [asked('1'), asked('2')]);
  const began = Date.now();
  const tellAt = (minutes: number) => tellTown(town, gateway, () => began + minutes * MINUTE);
  const rung = () =>
    got.flatMap((m) =>
      m.to.kind === 'post' && m.urgent && m.text.includes(receipt!.number!) ? [m.to.post] : [],
    );
  await tellAt(1);
  assert.deepEqual(rung(), ['duty1']);
  assert.ok(await send(town, other!.caseId, 'accept', 'desk1'));
  await tellAt(31);
  await tellAt(32);
  assert.deepEqual(rung(), ['duty1', 'second1']);
  await tellAt(61);
  await tellAt(600);
  assert.deepEqual(rung(), ['duty1', 'second1', 'dutyD']);
  const others = got.filter((m) => m.to.kind === 'post' && m.urgent && m.text.includes(other!.number!));
  assert.deepEqual(
    others.map((m) => m.to.kind === 'post' && m.to.post),
    ['duty1'],
  );
  const { rows: left } = await town.db.pool.query('SELECT count(*)::int AS n FROM ring');
  assert.equal(left[0].n, 0);
});

test('several urgings of one day make one notice', async (t) => {
  const { town } = await liveTown(t);
  const [receipt] = await takeInAll(town, [asked('1')]);
  const follows = { follows: receipt!.number! };
  await takeInAll(town, [
    asked('2', { ...follows, words: '还没有亮' }),
    asked('3', { ...follows, words: '请尽快修好' }),
  ]);
  await follow(
    town,
    noticesFollower(() => Date.now()),
  );
  const added = (await rows(town)).filter((row) => row.rule === 'hotline.added');
  assert.equal(added.length, 1);
});

test('without a gateway nothing leaves the house, and everything is seen', async (t) => {
  const { town } = await liveTown(t);
  await takeInAll(town, [asked('1')]);
  const at = morning();
  await tellTown(town, undefined, () => at);
  assert.ok((await rows(town)).every((row) => row.state === 'outbox' && row.reason === 'noGateway'));
});

test('killed between sending and noting, it sends again under the same key; nothing is lost', async (t) => {
  const { town, url, keysDir } = await liveTown(t);
  const made = await madeUpGateway(t);
  await takeInAll(town, [asked('1', { kind: 'unknown' }), asked('2', { kind: 'unknown' })]);
  const at = morning();
  const child = spawn(
    process.execPath,
    [
      join(import.meta.dirname, '../testing/notices-child.ts'),
      url,
      made.gateway.url.href,
      String(at),
      keysDir,
    ],
    { stdio: 'ignore' },
  );
  made.answers.push('hang', 'hang');
  made.onMessage = () => {
    if (made.got.length === 2) child.kill('SIGKILL');
  };
  await once(child, 'exit');
  made.onMessage = () => undefined;
  assert.equal(made.got.length, 2);
  assert.ok((await rows(town)).every((row) => row.state === 'waiting'));
  await tellTown(town, made.gateway, () => at + 5_000);
  assert.equal(made.got.length, 2, 'while the claim holds nobody else sends');
  await tellTown(town, made.gateway, () => at + 10 * MINUTE);
  assert.equal(made.got.length, 4);
  const keys = made.got.map((message) => message.id);
  assert.deepEqual(keys.slice(2).sort(), keys.slice(0, 2).sort());
  assert.ok((await rows(town)).every((row) => row.state === 'sent'));
});
