import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { isRefusal } from '@gezhi/basis';
import { takeIn } from '@gezhi/town';
import { type Browser, browserOn, formIn, formsIn, type Seen, textOf } from '../kit/testing-browser.ts';
import { pagesOver, postOf, type TestPages } from '../kit/testing-town.ts';

async function signedIn({ server }: TestPages, post: string): Promise<Browser> {
  const browser = browserOn(server);
  await browser.send({ action: '/staff', method: 'post', fields: new Map([['post', post]]) });
  return browser;
}

/** A matter that a street leads and has begun to work on. */
async function givenMatter(t: TestContext) {
  const pages = await pagesOver(t);
  const { town, clock } = pages;
  const community = [...town.places.places].find(({ level }) => level === 'community')!;
  const signals = town.pack.kinds.map(({ code }) => ({
    source: 'test',
    id: code,
    type: 'report',
    occurredAt: clock.now,
    channel: 'phone',
    kind: code,
    words: `夜市占道，多个部门都要管（${code}）`,
    statedPlaces: { [community.layer]: community.code },
    mayJoin: false,
  }));
  for (const receipt of await takeIn(town, signals, clock.now)) assert.ok(!isRefusal(receipt));
  const { rows } = await town.db.pool.query<{ case_id: string; unit: string; kind: string }>(
    `SELECT case_id, unit, kind FROM case_now WHERE unit IS NOT NULL AND state = 'dispatched' ORDER BY case_id`,
  );
  // Of what a street leads, one in which others have a duty too.
  for (const found of rows.filter(({ unit }) => town.units.get(unit)?.level === 'street')) {
    const desk = await signedIn(pages, postOf(town, 'desk', found.unit));
    await press(desk, `/cases/${found.case_id}`, found.case_id, 'accept');
    const { html } = await desk.open(`/whistles/new?case=${found.case_id}`);
    if (/有职权的单位（职责清单）/.test(textOf(html))) return { pages, town, clock, desk, ...found };
  }
  throw new Error('No street leads a matter in which others have a duty.');
}

async function press(
  browser: Browser,
  url: string,
  id: string,
  action: string,
  fill: Readonly<Record<string, string>> = {},
): Promise<Seen> {
  const page = await browser.open(url);
  return await browser.send(formIn(page, `/cases/${id}/do`, { action }), fill);
}

test('a street calls several units at once, each with its law; the head approves; they come, decide, rate, part', async (t) => {
  const { pages, town, desk, case_id, unit } = await givenMatter(t);
  assert.ok((await desk.open(`/cases/${case_id}`)).html.includes(`/whistles/new?case=${case_id}`));
  const page = await desk.open(`/whistles/new?case=${case_id}`);
  assert.match(textOf(page.html), /有职权的单位（职责清单）/);
  const offered = [...page.html.matchAll(/type="checkbox" id="([^"]*)" name="units" value="([^"]*)"/g)];
  const proposed = offered.filter(([, id]) => !id!.includes('other')).map(([, , value]) => value!);
  for (const one of proposed) assert.notEqual(town.units.get(one)?.kind, 'residentsCommittee', one);
  assert.match(page.html, /主责|配合|兜底/);
  const called = offered.map(([, , value]) => value!).slice(0, 2);
  const form = formIn(page, '/whistles/new');
  assert.equal((await desk.send(form, { words: '' })).status, 422);
  const drafted = await sendUnits(pages, desk, form.fields, called);
  assert.match(drafted.url, /^\/whistles\/[0-9a-f-]{36}$/);
  for (const code of called) assert.ok(textOf(drafted.html).includes(town.units.get(code)!.name));
  const id = drafted.url.slice('/whistles/'.length);

  assert.equal(
    formsIn((await desk.open(drafted.url)).html).some((f) => f.fields.get('action') === 'approve'),
    false,
  );
  const head = await signedIn(pages, postOf(town, 'head', unit));
  const approved = await press(head, drafted.url, id, 'approve');
  assert.match(textOf(approved.html), /已吹哨待报到/);
  assert.match(textOf(approved.html), /书记（街道、乡镇负责人）/);

  for (const [i, code] of called.entries()) {
    const delegate = await signedIn(pages, [...town.posts.values()].find((p) => p.unit === code)!.code);
    const url = drafted.url;
    await press(delegate, url, id, 'report', { task: code, step: 'signed' });
    const arrived = await press(delegate, url, id, 'report', {
      task: code,
      step: 'arrived',
      way: i ? 'phone' : 'onSite',
    });
    assert.match(textOf(arrived.html), i ? /电话参加/ : /到现场/);
    await press(delegate, url, id, 'deliver', { task: code, words: '已清理' });
  }
  await press(desk, drafted.url, id, 'convene');
  await press(desk, drafted.url, id, 'minute', { words: '议定：联合巡查两周' });
  const concluded = await press(desk, drafted.url, id, 'conclude', { outcome: 'solved', words: '占道已清' });
  assert.match(textOf(concluded.html), /共同结论 已解决: 占道已清/);
  assert.match(textOf(concluded.html), /议定：联合巡查两周/);
  const rated = await press(desk, drafted.url, id, 'rate', { of: called[0]!, 'mark-speed': '4' });
  assert.match(textOf(rated.html), /互评 /);
  const parted = await press(desk, drafted.url, id, 'dismiss');
  assert.match(textOf(parted.html), /已解散/);

  const list = textOf((await desk.open('/whistles?ended=1')).html);
  assert.match(list, /已解散/);
  assert.match(list, /没有满5次互评的单位/);
  assert.match(list, /1 哨/);
  assert.doesNotMatch(list, /第\d+名|排名第/);
});

/** A browser sends every box that is ticked, under one name. */
async function sendUnits(
  { server }: TestPages,
  browser: Browser,
  fields: ReadonlyMap<string, string>,
  units: readonly string[],
): Promise<Seen> {
  const body = new URLSearchParams([...fields].filter(([name]) => name !== 'units'));
  body.set('words', '夜市占道，请联合执法');
  for (const unit of units) body.append('units', unit);
  const answer = await server.inject({
    method: 'POST',
    url: '/whistles/new',
    headers: {
      accept: 'text/html',
      'content-type': 'application/x-www-form-urlencoded',
      cookie: `gezhi_staff=${browser.cookie('gezhi_staff')}; gezhi_lang=zh`,
    },
    payload: String(body),
  });
  assert.equal(answer.statusCode, 303, textOf(answer.body));
  return await browser.open(String(answer.headers.location));
}

test('a unit that leads nothing here cannot whistle', async (t) => {
  const { pages, town, case_id, unit } = await givenMatter(t);
  const other = [...town.posts.values()].find((p) => p.kind === 'desk' && p.unit !== unit)!;
  const browser = await signedIn(pages, other.code);
  assert.equal((await browser.open(`/whistles/new?case=${case_id}`)).status, 403);
});
