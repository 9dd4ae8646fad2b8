import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type CaseId, isRefusal } from '@gezhi/basis';
import type { Fact } from '@gezhi/cases';
import { loadFacts } from '@gezhi/storage';
import { act, answerLink, answerToken, finishCall, linkUntil, type Town, takeIn } from '@gezhi/town';
import { type Browser, browserOn, formIn, formsIn, textOf } from '../kit/testing-browser.ts';
import { pagesOver, postOf, type TestPages } from '../kit/testing-town.ts';

const HOUR = 3_600_000;
const ANSWERS = { contacted: 'yes', solved: 'yes', satisfied: 'satisfied' };

async function seatOn({ server, town }: TestPages, nth = 0): Promise<Browser> {
  const seats = [...town.posts.values()].filter(({ kind }) => kind === 'seat');
  const browser = browserOn(server);
  const fields = new Map([['post', seats[nth]!.code]]);
  await browser.send({ action: '/staff', method: 'post', fields });
  return browser;
}

/** Requests that were dispatched; those of `done` were worked on and checked. */
async function given(t: TestContext, count: number, done = true) {
  const pages = await pagesOver(t);
  const { town, clock } = pages;
  const community = [...town.places.places].find(({ level }) => level === 'community')!;
  const signals = Array.from({ length: count }, (_, i) => ({
    source: 'test',
    id: `s${i}`,
    type: 'report',
    occurredAt: clock.now,
    channel: 'phone',
    kind: 'lamp.fault',
    words: `第${i + 1}号楼门前的路灯不亮`,
    statedPlaces: { [community.layer]: community.code },
    requester: { name: '虚构', reachMe: [{ way: 'phone' as const, address: '19900000000' }] },
    mayJoin: false,
  }));
  const receipts = (await takeIn(town, signals, clock.now)).map((receipt) =>
    isRefusal(receipt) ? assert.fail(receipt.because) : receipt,
  );
  if (done) for (const { caseId } of receipts) await work(town, caseId, clock.now);
  return { pages, town, clock, receipts };
}

async function work(town: Town, caseId: CaseId, now: number): Promise<void> {
  const { rows } = await town.db.pool.query<{ unit: string }>(
    'SELECT unit FROM case_now WHERE district = $1 AND case_id = $2',
    [town.district, caseId],
  );
  const unit = rows[0]!.unit;
  const go = async (post: string, action: string, input: Readonly<Record<string, unknown>> = {}) => {
    const order = { commandId: `${action}/${caseId}`, caseId, action, by: { post }, input };
    const outcome = await act(town, order, now);
    if (isRefusal(outcome)) assert.fail(`${action}: ${outcome.because}`);
  };
  const lead = postOf(town, 'desk', unit);
  await go(lead, 'accept');
  await go(lead, 'contact', { way: 'phone' });
  await go(lead, 'finish', { outcome: 'solved', words: '已修好' });
  const checker = [...town.posts.values()].find((p) => p.kind === 'checker' && p.unit !== unit)!;
  await go(checker.code, 'check', { passed: true, unit: checker.unit });
}

function answerIn(facts: readonly Fact[]): { readonly way: string; readonly answer: object } {
  const fact = facts.find(({ type }) => type === 'calledBack');
  if (fact?.type !== 'calledBack') return assert.fail('nobody was called back');
  return { way: fact.data.way, answer: fact.data.answer };
}

const numberOn = (html: string): string =>
  /<h2 id="call">([\d ]+)</.exec(html)?.[1]?.replaceAll(' ', '') ?? '';

test('a seat gets one request at a time and cannot pick it', async (t) => {
  const { pages, receipts } = await given(t, 3);
  const [one, two] = [await seatOn(pages), await seatOn(pages, 1)];
  const first = await one.send(formIn(await one.open('/callbacks'), '/callbacks/next'));
  const number = numberOn(first.html);
  assert.ok(receipts.some((receipt) => receipt.number === number));
  assert.match(textOf(first.html), /话术.*满意吗.*请您给好评/);
  assert.match(textOf(first.html), /已修好/);
  // No form but the letter that came back names a number, and no address does.
  for (const form of formsIn(first.html))
    assert.equal(form.fields.has('number'), form.action === '/callbacks/paper', form.action);
  const named = [...first.html.matchAll(/href="(\/callbacks[^"]*)"/g)].map(([, href]) => href);
  assert.ok(named.every((href) => !/\d{6}/.test(href!)));
  // The key pressed again shows the same one; another seat gets another.
  const other = {
    action: '/callbacks/next',
    method: 'post' as const,
    fields: formIn(first, '/callbacks/answer').fields,
  };
  assert.equal(numberOn((await one.send(other)).html), number);
  const second = await two.send(formIn(await two.open('/callbacks'), '/callbacks/next'));
  assert.notEqual(numberOn(second.html), number);
  // A number that is slipped into the form is not read.
  const asked = receipts.find(
    (receipt) => receipt.number !== number && receipt.number !== numberOn(second.html),
  )!;
  const fields = new Map([...formIn(first, '/callbacks/answer').fields, ['number', asked.number!]]);
  await one.send({ action: '/callbacks/answer', method: 'post', fields }, ANSWERS);
  const facts = (await loadFacts(pages.town.db.pool, pages.town.district, [asked.caseId])).get(asked.caseId)!;
  assert.ok(facts.every(({ type }) => type !== 'calledBack'));
});

test('letting the time run out brings the same request back; skipping is a try that rests for two hours', async (t) => {
  const { pages, clock, town } = await given(t, 2);
  const seat = await seatOn(pages);
  const first = await seat.send(formIn(await seat.open('/callbacks'), '/callbacks/next'));
  const number = numberOn(first.html);
  clock.now += 25 * 60_000;
  const again = await seat.send(formIn(await seat.open('/callbacks'), '/callbacks/next'));
  assert.equal(numberOn(again.html), number);
  const skipped = await seat.send(formIn(again, '/callbacks/skip'));
  assert.match(textOf(skipped.html), /已记一次未接通/);
  assert.notEqual(numberOn(skipped.html), number);
  const rest = await seat.send(formIn(skipped, '/callbacks/answer'), ANSWERS);
  assert.equal(numberOn(rest.html), '');
  clock.now += 2 * HOUR;
  const later = await seat.send(formIn(await seat.open('/callbacks'), '/callbacks/next'));
  assert.equal(numberOn(later.html), number);
  await seat.send(formIn(later, '/callbacks/skip'), { way: 'sms' });
  clock.now += 2 * HOUR;
  const third = await seat.send(formIn(await seat.open('/callbacks'), '/callbacks/next'));
  const gone = await seat.send(formIn(third, '/callbacks/skip'));
  assert.match(textOf(gone.html), /联系不上/);
  const head = { post: [...town.posts.values()].filter(({ kind }) => kind === 'seat')[1]!.code };
  const refused = await finishCall(town, head, { answer: {} as never, way: 'phone' }, 'x', clock.now);
  assert.ok(isRefusal(refused) && refused.code === 'not-your-turn');
});

test('at the end of the term somebody is asked though nobody has answered them', async (t) => {
  const { pages, clock, town } = await given(t, 1, false);
  const seat = await seatOn(pages);
  const early = await seat.send(formIn(await seat.open('/callbacks'), '/callbacks/next'));
  assert.match(textOf(early.html), /现在没有需要回访的诉求/);
  clock.now += 40 * 24 * HOUR;
  await town.db.pool.query(`UPDATE case_now SET flags = '{late}'`);
  const due = await seat.send(formIn(await seat.open('/callbacks'), '/callbacks/next'));
  assert.match(textOf(due.html), /办理期限已到，单位尚未答复/);
});

test('by the web, by a link and on paper the requester answers on their own', async (t) => {
  const { pages, clock, receipts, town } = await given(t, 3);
  const [web, link, paper] = receipts as [(typeof receipts)[0], (typeof receipts)[0], (typeof receipts)[0]];
  const me = browserOn(pages.server);
  const mine = await me.send(formIn(await me.open('/my'), '/my'), { number: web.number!, code: web.code! });
  const blank = await me.send(formIn(mine, '/my/survey'));
  assert.equal(blank.status, 422);
  // Whose request it is comes from the code that opened it, never from the form.
  const form = formIn(mine, '/my/survey');
  const forged = { ...form, fields: new Map([...form.fields, ['number', link.number!]]) };
  const done = await me.send(forged, ANSWERS);
  assert.match(textOf(done.html), /已收到您的评判/);
  const factsOf = async (caseId: CaseId) =>
    (await loadFacts(town.db.pool, town.district, [caseId])).get(caseId)!;
  assert.equal(answerIn(await factsOf(web.caseId)).way, 'web');

  const token = answerToken(town, link.number!, await factsOf(link.caseId), linkUntil(clock.now));
  const address = await answerLink(town, link.number!, 'https://town.example/', clock.now);
  assert.match(address!, /^https:\/\/town\.example\/my\/answer\/\d+\.\d+\.0\./);
  assert.equal(await answerLink(town, web.number!, 'https://town.example', clock.now), undefined);
  const visitor = browserOn(pages.server);
  assert.equal((await visitor.open('/my/answer/200.1.2.x')).status, 410);
  const asked = await visitor.open(`/my/answer/${token}`);
  assert.match(textOf(asked.html), /已修好/);
  const said = await visitor.send(formIn(asked, `/my/answer/${encodeURIComponent(token)}`), ANSWERS);
  assert.match(textOf(said.html), /已收到您的评判/);
  assert.match(textOf((await visitor.open(`/my/answer/${token}`)).html), /已经用过/);

  const seat = await seatOn(pages);
  const call = await seat.send(formIn(await seat.open('/callbacks'), '/callbacks/next'));
  assert.equal(numberOn(call.html), paper.number);
  const printed = await seat.send(formIn(call, '/callbacks/letter'));
  const [, code = ''] = /查验码 <strong>(\d{6})</.exec(printed.html) ?? [];
  const typed = formIn(await seat.open('/callbacks'), '/callbacks/paper');
  const wrong = await seat.send(typed, { ...ANSWERS, number: paper.number!, code: '000000' });
  assert.match(textOf(wrong.html), /对不上/);
  const coached = { ...ANSWERS, coached: 'yes', number: paper.number!, code };
  const kept = await seat.send(formIn(await seat.open('/callbacks'), '/callbacks/paper'), coached);
  assert.match(textOf(kept.html), /纸质回答已录入/);
  assert.deepEqual(answerIn(await factsOf(paper.caseId)), {
    way: 'paper',
    answer: { ...ANSWERS, coached: 'yes' },
  });
});
