import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal } from '@gezhi/basis';
import { addRuling, inTransaction } from '@gezhi/storage';
import { act, streetOf, takeIn } from '@gezhi/town';
import { findCaseView } from '../case/case-view.ts';
import { type Browser, browserOn, formIn, textOf } from '../kit/testing-browser.ts';
import { pagesOver, type TestPages } from '../kit/testing-town.ts';

async function signIn({ server }: TestPages, post: string): Promise<Browser> {
  const browser = browserOn(server);
  await browser.send({ action: '/staff', method: 'post', fields: new Map([['post', post]]) });
  return browser;
}

test('an arbiter reads the power list and past rulings above the ruling; everybody reads the list; its owner adopts', async (t) => {
  const pages = await pagesOver(t);
  const { server, town, clock } = pages;
  const resident = browserOn(server);
  const lamp = {
    source: 'test',
    id: '1',
    type: 'gezhi.report.v1',
    occurredAt: clock.now,
    channel: 'phone',
    words: '银杏大道公交站旁的路灯三天没亮了',
    kind: 'lamp.fault',
    point: { lon: 119.39958, lat: 30.309503 },
  };
  const [receipt] = await takeIn(town, [lamp], clock.now);
  assert.ok(receipt && !isRefusal(receipt));
  const { caseId } = receipt;
  const other = [...town.units.values()].find((unit) => unit.kind === 'department')!;
  const hotline = [...town.posts.values()].filter(({ unit }) => town.units.get(unit)?.kind === 'hotline');
  const head = hotline.find(({ kind }) => kind === 'head')!;
  const send = async (action: string, post: string, input: object): Promise<void> => {
    const order = { commandId: `${action}-1`, caseId, action, by: { post }, input: { ...input } };
    const done = await act(town, order, clock.now);
    assert.ok(!isRefusal(done), JSON.stringify(done));
  };
  const view = (await findCaseView(town, caseId))!;
  const desk = [...town.posts.values()].find(
    ({ unit, kind }) => unit === view.c.lead!.unit && kind === 'desk',
  )!;
  await send('object', desk.code, { reason: '该路灯由路灯管理单位维护', basis: '示例权责清单第3条' });
  const past = {
    position: 1,
    caseId,
    application: 'objection-1',
    kind: view.c.kind,
    ...streetOf(town, view.c),
    fromUnit: view.c.lead!.unit,
    toUnit: other.code,
    toPost: null,
    basis: '示例管理办法第9条',
    at: clock.now,
    byPost: 'somebody',
    final: false,
  };
  await inTransaction(town.db.pool, (client) => addRuling(client, town.district, past));
  const arbiter = await signIn(pages, head.code);
  const form = textOf((await arbiter.open(`/cases/${caseId}`)).html);
  assert.match(form, /权责清单中关于此类事项、此地的条目[\s\S]*过往裁定[\s\S]*R-1[\s\S]*已适用 0 次/);
  const list = await resident.open('/rulings');
  assert.match(textOf(list.html), /R-1[\s\S]*示例管理办法第9条[\s\S]*已报目录主管，先行适用/);
  assert.doesNotMatch(list.html, /method="post" action="\/rulings/);
  assert.match(
    textOf((await resident.open('/rulings?lang=en')).html),
    /Rulings on dispatch[\s\S]*applied meanwhile/,
  );
  const owner = [...town.posts.values()].find(
    ({ kind, unit }) =>
      kind === 'head' && ['government', 'hotline', 'centre'].includes(town.units.get(unit)!.kind),
  )!;
  const keeper = await signIn(pages, owner.code);
  const open = formIn(await keeper.open('/rulings'), '/rulings/R-1');
  const said = await keeper.send(
    { ...open, fields: new Map([...open.fields, ['act', 'adopted']]) },
    { basis: '目录第12行' },
  );
  assert.match(textOf(said.html), /已记录[\s\S]*已采纳/);
});
