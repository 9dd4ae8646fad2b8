import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type Browser, browserOn, formIn, type Seen, textOf } from './kit/testing-browser.ts';
import { pagesOver, postOf, type TestPages } from './kit/testing-town.ts';

const LAMP = '银杏大道公交站旁的路灯三天没亮了，晚上走路看不清';

async function report(browser: Browser, fill: Readonly<Record<string, string>> = {}): Promise<Seen> {
  const page = await browser.open('/report');
  return await browser.send(formIn(page, '/report'), { words: LAMP, kind: 'lamp.fault', ...fill });
}

function numbersIn({ html }: Seen): { readonly number: string; readonly code: string } {
  const [, number = '', code = ''] =
    /<dd>(\d{4} \d{4} \d{4})<\/dd>[\s\S]*?<dd>(\d{6})<\/dd>/.exec(html) ?? assert.fail('no number and code');
  return { number, code };
}

async function signedIn({ server }: TestPages, post: string): Promise<Browser> {
  const browser = browserOn(server);
  const page = await browser.send({ action: '/staff', method: 'post', fields: new Map([['post', post]]) });
  assert.equal(page.status, 200, textOf(page.html));
  return browser;
}

/** Presses the button of an action on a case's page. */
async function press(
  browser: Browser,
  url: string,
  action: string,
  fill: Readonly<Record<string, string>> = {},
): Promise<Seen> {
  const page = await browser.open(url);
  return await browser.send(formIn(page, `${url}/do`, { action }), fill);
}

async function setUp(t: TestContext): Promise<{ pages: TestPages; resident: Browser }> {
  const pages = await pagesOver(t);
  return { pages, resident: browserOn(pages.server) };
}

async function caseOf({ town }: TestPages): Promise<{ url: string; unit: string }> {
  const { rows } = await town.db.pool.query<{ case_id: string; unit: string }>(
    'SELECT case_id, unit FROM case_now ORDER BY case_id DESC LIMIT 1',
  );
  return { url: `/cases/${rows[0]!.case_id}`, unit: rows[0]!.unit };
}

test('the whole story by forms only: report, accept, contact, done, check, call back, closed', async (t) => {
  const { pages, resident } = await setUp(t);
  const community = [...pages.town.places.places].find((p) => p.level === 'community')!;
  const done = await report(resident, { community: community.code, way: 'phone', address: '19900000001' });
  assert.equal(done.url, '/report/done');
  const { number, code } = numbersIn(done);
  assert.match(textOf(done.html), /承诺办结/);

  const { url, unit } = await caseOf(pages);
  const desk = await signedIn(pages, postOf(pages.town, 'desk', unit));
  assert.match((await desk.open('/queue')).html, new RegExp(url));
  assert.equal((await press(desk, url, 'accept')).status, 200);
  const early = await press(desk, url, 'finish', { outcome: 'solved', words: '已更换灯泡' });
  assert.equal(early.status, 409);
  assert.match(textOf(early.html), /尚未联系诉求人/);
  assert.match(early.html, /已更换灯泡<\/textarea>/);
  assert.ok(formIn(early, `${url}/do`, { action: 'finish' }).fields.has('bendReason'));
  await press(desk, url, 'contact', { way: 'phone' });
  assert.equal((await press(desk, url, 'finish', { outcome: 'solved', words: '已更换灯泡' })).status, 200);
  assert.doesNotMatch((await desk.open(url)).html, /value="check"/);

  const checker = await signedIn(pages, postOf(pages.town, 'checker', undefined, unit));
  assert.match((await checker.open('/queue?in=done')).html, new RegExp(url));
  await press(checker, url, 'check', { passed: 'yes', words: '现场已亮' });

  const seat = await signedIn(pages, postOf(pages.town, 'seat'));
  assert.match((await seat.open('/queue?in=check')).html, new RegExp(url));
  assert.doesNotMatch((await seat.open(url)).html, /value="callBack"/);
  const call = await seat.send(formIn(await seat.open('/callbacks'), '/callbacks/next'));
  const answer = { contacted: 'yes', solved: 'yes', satisfied: 'satisfied' };
  await seat.send(formIn(call, '/callbacks/answer'), answer);
  assert.match(textOf((await seat.open(url)).html), /结案/);

  const ask = formIn(await resident.open('/my'), '/my');
  const mine = await resident.send(ask, { number, code });
  assert.equal(mine.url, '/my/request');
  const text = textOf(mine.html);
  for (const said of [LAMP, '已更换灯泡', '核查通过', '已结案', '满意']) assert.ok(text.includes(said), said);
  assert.ok(!text.includes('现场已亮'), 'what a checker noted is not shown');
  assert.doesNotMatch(text, /19900000001/);
  const more = await resident.send(formIn(mine, '/my/words'), { words: '谢谢' });
  assert.match(textOf(more.html), /已补充。.*谢谢/);
});

test('a co-unit finds what it is asked to do in its queue, until it has done it', async (t) => {
  const { pages, resident } = await setUp(t);
  const { town } = pages;
  const community = [...town.places.places].find((p) => p.level === 'community')!;
  await report(resident, { community: community.code });
  const { url, unit } = await caseOf(pages);
  const desk = await signedIn(pages, postOf(town, 'desk', unit));
  await press(desk, url, 'accept');
  const helper = [...town.posts.values()].find((post) => post.kind === 'desk' && post.unit !== unit)!;
  const helping = await signedIn(pages, helper.code);
  assert.doesNotMatch((await helping.open('/queue?in=unit')).html, new RegExp(url));
  await press(desk, url, 'task', { unit: helper.unit, words: '请断电十分钟' });
  assert.match((await helping.open('/queue?in=unit')).html, new RegExp(url));
  const { rows } = await town.db.pool.query('SELECT helpers, unit FROM case_now');
  assert.deepEqual(rows, [{ helpers: [helper.unit], unit }]);
  const done = await press(helping, url, 'finishTask', { words: '已断电' });
  assert.equal(done.status, 200, textOf(done.html));
  assert.doesNotMatch((await helping.open('/queue?in=unit')).html, new RegExp(url));
});

test('a request is referred to one of a list, and no words of a form come into a fact', async (t) => {
  const { pages, resident } = await setUp(t);
  await report(resident, { kind: 'other.inquiry', words: '想问问法院立案在哪里办' });
  const { url } = await caseOf(pages);
  const seat = await signedIn(pages, postOf(pages.town, 'seat'));
  const page = await seat.open(url);
  assert.match(page.html, /<option value="court">人民法院<\/option>/);
  const form = formIn(page, `${url}/do`, { action: 'refer' });
  const typed = await seat.send(form, { whom: '找张三，电话 000', words: '请到法院立案庭' });
  assert.equal(typed.status, 409);
  const done = await seat.send(formIn(typed, `${url}/do`, { action: 'refer' }), { whom: 'court' });
  assert.match(textOf(done.html), /转介给人民法院/);
  const { rows } = await pages.town.db.pool.query(
    `SELECT data->>'whom' AS whom FROM fact WHERE type = 'referred'`,
  );
  assert.deepEqual(rows, [{ whom: 'court' }]);
});

test('errors stand beside their fields, and nothing that was typed is lost', async (t) => {
  const { resident } = await setUp(t);
  const page = await resident.open('/report');
  const again = await resident.send(formIn(page, '/report'), {
    words: '灯',
    placeText: '三组水井旁',
    way: 'phone',
    address: '不告诉你',
    publicity: 'public',
    name: '王"某',
  });
  assert.equal(again.status, 422);
  const form = formIn(again, '/report');
  const kept = ['words', 'placeText', 'way', 'address', 'publicity', 'name'].map((name) =>
    form.fields.get(name),
  );
  assert.deepEqual(kept, ['灯', '三组水井旁', 'phone', '不告诉你', 'public', '王"某']);
  assert.match(again.html, /id="f-words-error"/);
  assert.match(again.html, /id="f-address-error"/);
  const { html } = await resident.send(form, { words: LAMP, address: '0000-1234567' });
  assert.match(html, /class="numbers"/);
});

test('a form sent twice is one report with one number', async (t) => {
  const { pages, resident } = await setUp(t);
  const form = formIn(await resident.open('/report'), '/report');
  const fill = { words: LAMP, kind: 'lamp.fault' };
  const [first, twice] = [await resident.send(form, fill), await resident.send(form, fill)];
  assert.deepEqual(numbersIn(twice), numbersIn(first));
  assert.match(textOf(twice.html), /没有重复登记/);
  const { rows } = await pages.town.db.pool.query('SELECT count(*)::int AS n FROM request');
  assert.deepEqual(rows, [{ n: 1 }]);
});

test('an act sent twice is done once, and one from an older page is told what changed', async (t) => {
  const { pages, resident } = await setUp(t);
  const community = [...pages.town.places.places].find((p) => p.level === 'community')!;
  await report(resident, { community: community.code });
  const { url, unit } = await caseOf(pages);
  const desk = await signedIn(pages, postOf(pages.town, 'desk', unit));
  const page = await desk.open(url);
  const accept = formIn(page, `${url}/do`, { action: 'accept' });
  assert.equal((await desk.send(accept)).status, 200);
  assert.equal((await desk.send(accept)).status, 200);
  const stale = await desk.send(formIn(page, `${url}/do`, { action: 'note' }), { words: '我先记一笔' });
  assert.equal(stale.status, 409);
  assert.match(textOf(stale.html), /又有了新进展.*签收/);
  assert.match(stale.html, /我先记一笔<\/textarea>/);
});

test('five wrong codes lock a number for an hour', async (t) => {
  const { pages, resident } = await setUp(t);
  const { number, code } = numbersIn(await report(resident));
  const stranger = browserOn(pages.server);
  const form = formIn(await stranger.open('/my'), '/my');
  const wrong = code === '000000' ? '000001' : '000000';
  for (let i = 1; i <= 4; i += 1)
    assert.equal((await stranger.send(form, { number, code: wrong })).status, 403);
  await stranger.send(form, { number, code: wrong });
  const locked = await stranger.send(form, { number, code });
  assert.equal(locked.status, 429);
  assert.match(textOf(locked.html), /已锁定到/);
  pages.clock.now += 3_600_001;
  assert.equal((await stranger.send(form, { number, code })).url, '/my/request');
});

test('hostile words stay words', async (t) => {
  const { pages, resident } = await setUp(t);
  const hostile = `</textarea><script>alert("路灯")</script>'"&lt;img src=x onerror=1>`;
  const refused = await resident.send(formIn(await resident.open('/report'), '/report'), {
    words: hostile,
    kind: 'lamp.fault',
    way: 'phone',
  });
  assert.equal(formIn(refused, '/report').fields.get('words'), hostile);
  await resident.send(formIn(refused, '/report'), { way: 'none' });
  const { url } = await caseOf(pages);
  const seat = await signedIn(pages, postOf(pages.town, 'seat'));
  for (const page of [refused, await seat.open(url), await seat.open('/queue')]) {
    assert.doesNotMatch(page.html, /<script|<img src=x/i);
  }
  assert.match(textOf((await seat.open(url)).html), /<script>alert\("路灯"\)<\/script>/);
});

test('no page has a script or an inline style, and each says so to the browser', async (t) => {
  const { pages, resident } = await setUp(t);
  const { number, code } = numbersIn(await report(resident));
  const { url } = await caseOf(pages);
  await resident.send(formIn(await resident.open('/my'), '/my'), { number, code });
  const seat = await signedIn(pages, postOf(pages.town, 'seat'));
  for (const lang of ['zh', 'en']) {
    for (const [browser, path] of [
      ...['/', '/?live=1', '/report', '/report/done', '/my/request', '/staff', '/nowhere'].map(
        (p) => [resident, p] as const,
      ),
      ...['/queue', '/queue?in=unit&late=1&kind=lamp.fault', url].map((p) => [seat, p] as const),
    ]) {
      const { html, headers } = await browser.open(`${path}${path.includes('?') ? '&' : '?'}lang=${lang}`);
      assert.doesNotMatch(html, /<script|<style| style=| on[a-z]+=|javascript:/i, path);
      assert.match(String(headers['content-security-policy']), /default-src 'self'/);
      assert.match(html, lang === 'zh' ? /<html lang="zh-CN">/ : /<html lang="en">/);
      assert.match(html, /<a class="skip" href="#main">/);
      assert.equal(html.match(/<h1>/g)?.length, 1, path);
      assertIdsAreUnique(html, path);
      if (lang === 'en') assertEnglish(html, path);
    }
  }
});

function assertIdsAreUnique(html: string, path: string): void {
  const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  assert.deepEqual([...new Set(ids)], ids, path);
  for (const [, id] of html.matchAll(/ for="([^"]*)"/g))
    assert.ok(ids.includes(id), `${path}: label for ${id}`);
}

/** Names of the town's units and places and what people wrote are in their own language; the page's own words are not. */
function assertEnglish(html: string, path: string): void {
  const own = html
    .replace(
      /<(option|optgroup|blockquote|dd|td|th|small|strong|p|li|summary|label for="p-)[\s\S]*?<\/\1>/g,
      '',
    )
    .replaceAll('中文', '');
  assert.doesNotMatch(textOf(own), /\p{Script=Han}/u, path);
}

test('staff forms are taken from nobody else', async (t) => {
  const { pages, resident } = await setUp(t);
  await report(resident);
  const { url } = await caseOf(pages);
  assert.equal((await resident.open(url)).url, '/staff');
  const seat = await signedIn(pages, postOf(pages.town, 'seat'));
  const note = formIn(await seat.open(url), `${url}/do`, { action: 'note' });
  assert.equal((await seat.send(note, { form: 'forged', words: 'x' })).status, 403);
  const answer = await pages.server.inject({
    method: 'POST',
    url: '/staff',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site' },
    payload: `post=${postOf(pages.town, 'seat')}`,
  });
  assert.equal(answer.statusCode, 403);
  const forged = await browserOn(pages.server).send({
    action: '/staff',
    method: 'post',
    fields: new Map([['token', 'eyJwb3N0IjoieCJ9.x']]),
  });
  assert.equal(forged.status, 403);
});

test("the first page tells kind, community and progress of public cases, and nobody's words", async (t) => {
  const { pages, resident } = await setUp(t);
  const community = [...pages.town.places.places].find((p) => p.level === 'community')!;
  await report(resident, { community: community.code, publicity: 'public' });
  await report(browserOn(pages.server), {
    words: '工资拖欠三个月了，没人管',
    kind: 'wages.unpaid',
    publicity: 'public',
  });
  const text = textOf((await resident.open('/')).html);
  assert.match(text, /在办 2 件/);
  assert.ok(text.includes(`${community.name} `), text);
  assert.doesNotMatch(text, /网格 |拖欠工资|路灯三天没亮/);
  await report(browserOn(pages.server), { words: '另一盏路灯也坏了，请来修', community: community.code });
  pages.clock.now += 120_000;
  assert.match(textOf((await resident.open('/')).html), /在办 3 件/);
});

test('the language follows the browser until it is chosen, and then stays', async (t) => {
  const { pages } = await setUp(t);
  const reader = browserOn(pages.server, { 'accept-language': 'en-GB,en;q=0.9' });
  assert.match((await reader.open('/report')).html, /<html lang="en">/);
  assert.match((await reader.open('/report?lang=zh')).html, /<html lang="zh-CN">/);
  assert.match((await reader.open('/my')).html, /<html lang="zh-CN">/);
  assert.match((await browserOn(pages.server, { 'accept-language': 'sw' }).open('/')).html, /lang="zh-CN"/);
});

test('whoever has no part in a case does not read what was said in it', async (t) => {
  const { pages, resident } = await setUp(t);
  const community = [...pages.town.places.places].find((p) => p.level === 'community')!;
  await report(resident, { community: community.code });
  const { url, unit } = await caseOf(pages);
  const above = pages.town.units.get(unit)?.parent;
  const other = [...pages.town.posts.values()].find(
    (p) =>
      p.kind === 'desk' &&
      p.unit !== unit &&
      p.unit !== above &&
      pages.town.units.get(p.unit)?.kind === 'utility',
  )!;
  const stranger = await signedIn(pages, other.code);
  const page = await stranger.open(url);
  assert.doesNotMatch(textOf(page.html), /路灯三天没亮/);
  assert.match(textOf(page.html), /权力清单没有授予“see”这项权力。.*法无授权不可为/);
  assert.doesNotMatch(page.html, /name="action"/);
});
