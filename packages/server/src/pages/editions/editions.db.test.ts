import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal } from '@gezhi/basis';
import { orderEdition, promiseSeed, takeIn, writeThemePart } from '@gezhi/town';
import { tokenOf } from '../../tokens.ts';
import { pagesOver, postOf } from '../kit/testing-town.ts';

const DAY = 86_400_000;

test('the pages of an edition: a draft for nobody, a report with ways to its cases, an appeal by form', async (t) => {
  const { server, town, clock } = await pagesOver(t);
  const hotline = [...town.units.values()].find(({ kind }) => kind === 'hotline')!.code;
  const seat = (post: string) => ({ post, person: town.staff.find((one) => one.post === post)!.person });
  const head = seat(postOf(town, 'head', hotline));
  const report = {
    source: 't',
    id: '1',
    type: 'gezhi.report.v1',
    channel: 'phone',
    publicity: 'public',
  } as const;
  const what = {
    occurredAt: clock.now,
    kind: 'lamp.fault',
    words: '银杏大道的路灯不亮了',
    point: { lon: 119.39958, lat: 30.309503 },
  };
  const [receipt] = await takeIn(town, [{ ...report, ...what }], clock.now);
  assert.ok(receipt && !isRefusal(receipt));
  clock.now += 14 * DAY;
  const id = '2026-05-unit';
  const go = async (order: Parameters<typeof orderEdition>[2]): Promise<void> => {
    const done = await orderEdition(town, id, order, head, clock.now);
    assert.ok(!isRefusal(done), JSON.stringify(done));
  };
  await go({ do: 'draft', month: '2026-05', by: 'unit' });
  const look = async (url: string, post?: string, lang = 'zh') => {
    const cookie = post ? `gezhi_staff=${tokenOf(town.secret, seat(post))}; ` : '';
    return await server.inject({
      url,
      headers: { cookie: `${cookie}gezhi_lang=${lang}`, accept: 'text/html' },
    });
  };
  assert.equal((await look(`/editions/${id}`)).statusCode, 404);
  await go({ do: 'show', until: clock.now + 5 * DAY });
  const { rows } = await town.db.pool.query<{ post: string }>('SELECT post FROM case_now');
  const desk = rows[0]!.post;
  const shown = await look(`/editions/${id}`, desk);
  assert.match(shown.body, /公示申诉中/);
  assert.match(shown.body, /\/editions\/2026-05-unit\/cases\?subject=/);
  const cases = await look(`/editions/${id}/cases`, desk);
  assert.ok(cases.body.includes(receipt.number!), cases.body);
  const form = /name="form" value="([^"]+)"[^>]*>\s*<div/.exec(cases.body)?.[1];
  assert.ok(form);
  const sent = await server.inject({
    method: 'POST',
    url: `/editions/${id}/cases`,
    headers: {
      cookie: `gezhi_staff=${tokenOf(town.secret, seat(desk))}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    payload: new URLSearchParams({
      form,
      number: receipt.number!,
      reason: 'beyondDuty',
      words: '=不属于<b>',
    }).toString(),
  });
  assert.equal(sent.statusCode, 303, sent.body);
  const again = await server.inject({
    method: 'POST',
    url: `/editions/${id}/cases`,
    headers: {
      cookie: `gezhi_staff=${tokenOf(town.secret, seat(desk))}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    payload: new URLSearchParams({
      form,
      number: receipt.number!,
      reason: 'beyondDuty',
      words: '再',
    }).toString(),
  });
  assert.match(again.body, /这件诉求已申诉过/);

  assert.ok(!isRefusal(await promiseSeed(town, 'check', head, clock.now)));
  const theme = { theme: '2026-06', part: 'theme', id: '2026-06', data: { title: '路灯照明' } } as const;
  assert.ok(!isRefusal(await writeThemePart(town, theme, head, clock.now)));
  const list = await look('/editions', undefined, 'en');
  assert.match(list.body, /There is no edition to be seen yet/);
  assert.match(list.body, /not drawn yet; the seed is not told[\s\S]*路灯照明/);
  const csv = await look(`/editions/${id}.csv`, desk);
  assert.match(String(csv.headers['content-type']), /text\/csv/);
  const english = await look(`/editions/${id}`, desk, 'en');
  assert.match(english.body, /Where these numbers come from[\s\S]*There was no valid callback/);
});
