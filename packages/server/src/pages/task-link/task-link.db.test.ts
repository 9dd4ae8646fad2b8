import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, isRefusal } from '@gezhi/basis';
import { replay } from '@gezhi/cases';
import { loadFacts } from '@gezhi/storage';
import { act, makeTaskLink, openTaskLink, takeBackLink, takeIn } from '@gezhi/town';
import { browserOn, formIn, textOf } from '../kit/testing-browser.ts';
import { pagesOver } from '../kit/testing-town.ts';

test('a unit without an account does one task by its link, and nothing else; nobody guesses one', async (t) => {
  const { server, town, clock } = await pagesOver(t);
  const lamp = {
    source: 'test',
    id: '1',
    type: 'gezhi.report.v1',
    occurredAt: clock.now,
    channel: 'phone',
    words: '银杏大道的路灯不亮，请联系我 13900000000',
    requester: { name: '示例甲', reachMe: [{ way: 'phone' as const, address: '13900000000' }] },
    kind: 'lamp.fault',
    point: { lon: 119.39958, lat: 30.309503 },
  };
  const [receipt] = await takeIn(town, [lamp], clock.now);
  assert.ok(receipt && !isRefusal(receipt));
  const { caseId } = receipt;
  const state = async () => replay((await loadFacts(town.db.pool, town.district, [caseId])).get(caseId)!)!;
  const { lead } = await state();
  const desk = [...town.posts.values()].find(
    ({ unit, kind }) => unit === lead!.unit && kind === 'desk',
  )!.code;
  const outside = [...town.units.values()].filter(
    ({ code }) =>
      code !== lead!.unit &&
      [...town.posts.values()].some((post) => post.unit === code && post.kind === 'desk'),
  );
  for (const [i, unit] of outside.slice(0, 2).entries()) {
    const input = {
      task: `t${i}`,
      unit: unit.code,
      what: '更换灯头，联系人电话 13900000000',
      dueAt: clock.now + HOUR,
    };
    const done = await act(
      town,
      { commandId: `task-${i}`, caseId, action: 'task', by: { post: desk }, input },
      clock.now,
    );
    assert.ok(!isRefusal(done), JSON.stringify(done));
  }
  const by = { post: desk };
  const stranger = [...town.posts.values()].find(({ kind }) => kind === 'checker')!.code;
  const no = await makeTaskLink(town, { caseId, task: 't0' }, { post: stranger }, clock.now);
  assert.ok(isRefusal(no) && no.code === 'no-power');
  const made = await makeTaskLink(town, { caseId, task: 't0', hours: 2 }, by, clock.now);
  const other = await makeTaskLink(town, { caseId, task: 't1', hours: 2 }, by, clock.now);
  assert.ok(!isRefusal(made) && !isRefusal(other));

  const browser = browserOn(server);
  const page = await browser.open(`/t/${made.token}`);
  assert.equal(page.status, 200);
  assert.match(textOf(page.html), /路灯[\s\S]*更换灯头[\s\S]*尚未签收/);
  assert.doesNotMatch(page.html, /13900000000|示例甲/);
  assert.equal(page.headers['x-robots-tag'], 'noindex, nofollow');
  const form = formIn(page, `/t/${made.token}`);
  const press = (step: string, words = '') =>
    browser.send({
      ...form,
      fields: new Map([...form.fields, ['step', step], ['words', words], ['sending', crypto.randomUUID()]]),
    });
  assert.match(textOf((await press('signed')).html), /已记录/);
  assert.equal((await press('refused')).status, 422, 'who cannot says why');
  assert.match(textOf((await press('arrived', '已到现场')).html), /已到场/);
  assert.match(textOf((await press('done', '已换好')).html), /谢谢/);
  const { tasks } = await state();
  const [mine, theirs] = [tasks.find(({ task }) => task === 't0')!, tasks.find(({ task }) => task === 't1')!];
  assert.ok(mine.doneAt !== undefined && mine.steps?.signed !== undefined);
  assert.equal(theirs.steps, undefined, 'another task is not touched');

  const mixed = `${other.link.id}.${made.token.split('.')[1]}`;
  assert.equal((await browser.open(`/t/${mixed}`)).status, 404, "another task's token opens nothing");
  await town.db.pool.query(
    `UPDATE task_link SET expires_at = expires_at + interval '10 days' WHERE id = $1`,
    [made.link.id],
  );
  const longer = await openTaskLink(town, made.token, clock.now);
  assert.ok(isRefusal(longer) && longer.code === 'bad-link', 'the end is signed too');
  assert.ok(!isRefusal(await takeBackLink(town, { caseId, id: other.link.id }, by, clock.now)));
  const revoked = await browser.open(`/t/${other.token}?lang=en`);
  assert.deepEqual([revoked.status, /taken back/.test(revoked.html)], [410, true]);
  const third = await makeTaskLink(town, { caseId, task: 't1', hours: 1 }, by, clock.now);
  assert.ok(!isRefusal(third));
  clock.now += 2 * HOUR;
  const expired = await browser.open(`/t/${third.token}?lang=zh`);
  assert.deepEqual([expired.status, /已过期/.test(expired.html)], [410, true]);
  for (let i = 0; i < 60; i += 1) await browser.open(`/t/AAAAAAAAAA${i + 10}.AAAAAAAAAAAAAAAA`);
  assert.equal((await browser.open('/t/AAAAAAAAAAAB.AAAAAAAAAAAAAAAA')).status, 429);
});
