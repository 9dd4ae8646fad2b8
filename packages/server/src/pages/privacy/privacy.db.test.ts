import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { parseRequestNumber } from '@gezhi/basis';
import { type Browser, browserOn, formIn, type Seen, textOf } from '../kit/testing-browser.ts';
import { pagesOver, postOf, type TestPages } from '../kit/testing-town.ts';

const NAME = '钱测试（虚构）';
const PHONE = '19900000002';

type Reported = {
  readonly pages: TestPages;
  readonly resident: Browser;
  readonly number: string;
  readonly url: string;
  readonly unit: string;
  /** Opens the request with its code, on the page of one's own data. */
  readonly myData: () => Promise<Seen>;
};

async function reported(t: TestContext): Promise<Reported> {
  const pages = await pagesOver(t);
  const resident = browserOn(pages.server);
  const community = [...pages.town.places.places].find((p) => p.level === 'community')!;
  const done = await resident.send(formIn(await resident.open('/report'), '/report'), {
    words: '银杏大道的路灯三天没亮了',
    kind: 'lamp.fault',
    community: community.code,
    name: NAME,
    way: 'phone',
    address: PHONE,
  });
  const [, said = '', code = ''] = /<dd>(\d{4} \d{4} \d{4})<\/dd>[\s\S]*?<dd>(\d{6})<\/dd>/.exec(done.html)!;
  await resident.send(formIn(await resident.open('/my'), '/my'), { number: said, code });
  const { rows } = await pages.town.db.pool.query<{ case_id: string; unit: string }>(
    'SELECT case_id, unit FROM case_now',
  );
  return {
    pages,
    resident,
    number: parseRequestNumber(said)!,
    unit: rows[0]!.unit,
    url: `/cases/${rows[0]!.case_id}`,
    myData: () => resident.open('/my/data'),
  };
}

async function signedIn({ server }: TestPages, post: string): Promise<Browser> {
  const browser = browserOn(server);
  await browser.send({ action: '/staff', method: 'post', fields: new Map([['post', post]]) });
  return browser;
}

test('a contact is shown by a button that asks the purpose, once, and the person sees who looked', async (t) => {
  const { pages, url, unit, myData } = await reported(t);
  const desk = await signedIn(pages, postOf(pages.town, 'desk', unit));
  const page = await desk.open(url);
  assert.ok(!page.html.includes(PHONE) && !page.html.includes(NAME), 'nothing is shown by default');
  assert.match(textOf((await myData()).html), /还没有人看过/);
  const shown = await desk.send(formIn(page, `${url}/contact`), { purpose: 'handle' });
  assert.equal(shown.status, 200);
  assert.match(textOf(shown.html), new RegExp(`${NAME.slice(0, 3)}.*${PHONE}`));
  assert.equal(shown.headers['cache-control'], 'no-store');
  const after = await desk.open(url);
  assert.ok(!after.html.includes(PHONE), 'it is shown once');
  const mine = textOf((await myData()).html);
  const post = pages.town.posts.get(postOf(pages.town, 'desk', unit))!;
  for (const said of [pages.town.units.get(unit)!.name, post.name, '办理并联系诉求人', '第15条', PHONE])
    assert.ok(mine.includes(said), said);
});

test('who may name no purpose gets no button, and a form made by hand is refused', async (t) => {
  const { pages, number, url, unit } = await reported(t);
  const desk = await signedIn(pages, postOf(pages.town, 'desk', unit));
  const other = [...pages.town.posts.values()].find(
    (post) => post.kind === 'desk' && post.unit !== unit && post.unit !== pages.town.units.get(unit)?.parent,
  )!;
  const stranger = await signedIn(pages, other.code);
  const form = formIn(await desk.open(url), `${url}/contact`);
  const forged = await stranger.send(form, { purpose: 'handle', number });
  assert.equal(forged.status, 403);
  assert.ok(!forged.html.includes(PHONE));
  const own = (await stranger.open(url)).html;
  const [, token = ''] = /name="form" value="([^"]+)"/.exec(own) ?? [];
  const asked = await stranger.send(
    { ...form, fields: new Map([...form.fields, ['form', token]]) },
    { purpose: 'handle' },
  );
  assert.ok(asked.status >= 400 && !asked.html.includes(PHONE));
});

test('in an emergency another person, who heads a unit, allows it', async (t) => {
  const { pages, url } = await reported(t);
  const checker = await signedIn(pages, postOf(pages.town, 'checker'));
  const form = formIn(await checker.open(url), `${url}/contact`);
  const missing = await checker.send(form, { purpose: 'breakGlass' });
  assert.match(textOf(missing.html), /须写明事由/);
  const asked = await checker.send(form, { purpose: 'breakGlass', reason: '有人受伤' });
  assert.match(textOf(asked.html), /已提出紧急查看/);
  const head = await signedIn(pages, postOf(pages.town, 'head'));
  const wait = await head.send(formIn(await head.open(url), `${url}/contact`), {
    purpose: 'breakGlass',
    reason: '看',
  });
  await head.send(formIn(wait, `${url}/contact/allow`));
  const shown = await checker.send(form, { purpose: 'breakGlass', reason: '有人受伤' });
  assert.ok(shown.html.includes(PHONE), textOf(shown.html));
});

test('a person takes a copy, asks for a correction with the law’s clock, and reports retaliation against the unit', async (t) => {
  const { pages, resident, number, unit, myData } = await reported(t);
  const { town, server } = pages;
  const cookie = `gezhi_my=${resident.cookie('gezhi_my')}`;
  const copy = await server.inject({ url: '/my/data.json', headers: { cookie } });
  assert.equal(copy.json().contact.requester.name, NAME);
  assert.equal((await server.inject({ url: '/my/data.json' })).statusCode, 303);
  const asked = await resident.send(formIn(await myData(), '/my/data/ask'), {
    what: 'correct',
    words: '名字写错了',
  });
  assert.match(textOf(asked.html), /已收到，编号 \d{4} \d{4} \d{4}/);
  const cases = async (): Promise<{ kind: string; next_due: number | null; case_id: string }[]> =>
    (await town.db.pool.query('SELECT kind, next_due, case_id FROM case_now ORDER BY case_id DESC')).rows;
  const made = (await cases()).find(({ kind }) => kind === 'privacy.correct');
  assert.ok(made?.next_due, 'the law’s clock runs');
  const kept = await resident.send(formIn(await myData(), '/my/data/ask'), {
    what: 'delete',
    words: '请删除',
  });
  assert.match(textOf(kept.html), /仍有必要/);
  const told = await resident.send(formIn(await myData(), '/my/data/retaliation'), {
    words: '上门威胁我撤诉',
  });
  assert.match(textOf(told.html), /已收到/);
  const complaint = (await cases()).find(({ kind }) => kind === 'staff.complaint');
  const desk = await signedIn(pages, postOf(town, 'desk', unit));
  const seen = await desk.open(`/cases/${complaint!.case_id}`);
  assert.ok(!seen.html.includes('上门威胁我撤诉'), 'the unit does not read it');
  assert.ok(!(await desk.open('/queue')).html.includes(complaint!.case_id));
  assert.equal(number.length, 12);
});
