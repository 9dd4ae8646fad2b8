import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY } from '@gezhi/basis';
import { endDue } from '@gezhi/town';
import { type Browser, browserOn, formIn, textOf } from '../kit/testing-browser.ts';
import { pagesOver, type TestPages } from '../kit/testing-town.ts';

async function signIn({ server }: TestPages, post: string): Promise<Browser> {
  const browser = browserOn(server);
  await browser.send({ action: '/staff', method: 'post', fields: new Map([['post', post]]) });
  return browser;
}

test('the head of a district government declares an emergency; everybody reads it until it ends, and its review afterwards', async (t) => {
  const pages = await pagesOver(t);
  const { server, town, clock } = pages;
  const resident = browserOn(server);
  const read = async (path = '/emergencies') => textOf((await resident.open(path)).html);
  assert.match(await read(), /目前没有生效的应急状态[\s\S]*可看应急范围内的诉求/);
  const seat = await signIn(pages, [...town.posts.values()].find(({ kind }) => kind === 'seat')!.code);
  assert.doesNotMatch((await seat.open('/emergencies')).html, /method="post" action="\/emergencies/);

  const mayor = await signIn(pages, '990101-ZF-head1');
  const form = formIn(await mayor.open('/emergencies'), '/emergencies');
  const order = {
    area: '990101001000',
    level: '2',
    basis: '示例防汛预案第4条',
    reason: '河水上涨',
    days: '3',
  };
  const tooLong = await mayor.send(form, { ...order, days: '31' });
  assert.equal(tooLong.status, 422);
  assert.match(textOf(tooLong.html), /三十天之内/);
  assert.match(tooLong.html, /示例防汛预案第4条/, 'what was written is still there');
  assert.match(
    textOf((await mayor.send(form, order)).html),
    /已记录，并写入公开账本[\s\S]*E-1 · Ⅱ级响应[\s\S]*河水上涨/,
  );
  assert.match(await read('/'), /应急状态 · Ⅱ级响应/, 'it stands above every page');
  assert.match(
    await read('/emergencies?lang=en'),
    /In force[\s\S]*Response level II[\s\S]*over by itself at/,
  );

  clock.now += 3 * DAY;
  assert.match(
    await read('/emergencies?lang=zh'),
    /目前没有生效的应急状态[\s\S]*到期自动结束[\s\S]*尚未公布复盘/,
  );
  await endDue(town, clock.now);
  const review = formIn(await mayor.open('/emergencies'), '/emergencies/E-1/review');
  await mayor.send(review, { review: '应提前两小时转移' });
  assert.match(await read(), /复盘[\s\S]*应提前两小时转移/);
});
