import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { isRefusal } from '@gezhi/basis';
import { findRound, planRound, type RoundPlan, roundCsv, type Town, visitStop } from '@gezhi/town';
import { browserOn, formIn, textOf } from '../kit/testing-browser.ts';
import { pagesOver, postOf } from '../kit/testing-town.ts';

async function given(t: TestContext) {
  const pages = await pagesOver(t);
  const { town, clock } = pages;
  const street = [...town.units.values()].find(({ level, place }) => level === 'street' && place)!;
  const desk = { post: postOf(town, 'desk', street.code) };
  const planned = await planRound(town, planOver(town, street.code, street.place!), desk, clock.now);
  if (isRefusal(planned)) return assert.fail(planned.because);
  return { pages, town, clock, street, desk };
}

function planOver(town: Town, lead: string, under: string): RoundPlan {
  const asset = [...town.assets.values()][0]!;
  return {
    id: 'lamp-check-05',
    sort: 'campaign',
    title: { zh: '路灯集中整治', en: 'Lamps, all of them' },
    kind: 'lamp.fault',
    lead,
    from: '2026-05-01',
    to: '2026-05-31',
    basis: '街道年度计划',
    checklist: [
      { id: 'dark', zh: '有无不亮的灯', en: 'Any lamp that is dark' },
      { id: 'pole', zh: '灯杆是否牢固', en: 'Do the poles stand firm' },
    ],
    stops: [{ asset: asset.code }],
    every: { under, level: 'community' },
  };
}

test('a round goes to places and things; nothing found is one press; a finding opens a case without a request', async (t) => {
  const { pages, town, street, desk } = await given(t);
  const round = (await findRound(town, 'lamp-check-05'))!;
  const [first, second] = round.places.filter(({ target }) => target === 'place');
  assert.deepEqual([round.coverage.visited, round.coverage.findings], [0, 0]);
  assert.ok(round.places.some(({ target }) => target === 'asset'));

  const browser = browserOn(pages.server);
  await browser.send({ action: '/staff', method: 'post', fields: new Map([['post', desk.post]]) });
  const list = await browser.open('/rounds');
  assert.match(textOf(list.html), /路灯集中整治 集中整治 · 牵头/);
  const url = `/rounds/lamp-check-05/visit/${first!.stop}`;
  const clear = await browser.send(formIn(await browser.open(url), url, { nothing: '1' }));
  assert.match(textOf(clear.html), /已登记/);

  const other = `/rounds/lamp-check-05/visit/${second!.stop}`;
  const empty = await browser.send(formIn(await browser.open(other), other, { nothing: '0' }));
  assert.equal(empty.status, 422);
  const found = await browser.send(formIn(await browser.open(other), other, { nothing: '0' }), {
    'found-dark': '南门第三盏不亮',
  });
  assert.match(textOf(found.html), /有无不亮的灯/);
  const after = (await findRound(town, 'lamp-check-05'))!;
  assert.deepEqual([after.coverage.visited, after.coverage.clear, after.coverage.findings], [2, 1, 1]);
  const finding = after.places.find(({ stop }) => stop === second!.stop)!.findings[0]!;
  const { rows } = await town.db.pool.query<{ kind: string; requests: number }>(
    'SELECT kind, requests FROM case_now WHERE district = $1 AND case_id = $2',
    [town.district, finding.case],
  );
  assert.deepEqual(rows, [{ kind: 'lamp.fault', requests: 0 }]);
  assert.ok(roundCsv(town, after).includes(`dark:${finding.case}`));
  const page = textOf((await browser.open('/rounds/lamp-check-05')).html);
  assert.match(page, new RegExp(`2 / ${after.coverage.stops} 处`));
  assert.ok(page.includes(street.name));
});

test('the same visit sent twice is one; others, other days and other places are refused', async (t) => {
  const { town, clock, desk, street } = await given(t);
  const { stop } = (await findRound(town, 'lamp-check-05'))!.places[0]!;
  const visit = { round: 'lamp-check-05', stop, findings: [{ item: 'dark', words: '一盏不亮' }] };
  for (let i = 0; i < 2; i += 1) {
    const done = await visitStop(town, visit, desk, 'once', clock.now);
    if (isRefusal(done)) assert.fail(done.because);
  }
  const round = (await findRound(town, 'lamp-check-05'))!;
  assert.deepEqual([round.places[0]!.visits, round.coverage.findings], [1, 1]);
  const yesterday = clock.now - 24 * 3_600_000;
  await visitStop(town, { ...visit, findings: [], at: yesterday }, desk, 'late', clock.now);
  const told = (await findRound(town, 'lamp-check-05'))!.places[0]!;
  assert.deepEqual(
    [told.visits, told.lastAt],
    [2, clock.now],
    'a visit told a day later stands where it was',
  );
  const stranger = [...town.posts.values()].find(
    ({ kind, unit }) => kind === 'desk' && unit !== street.code && unit !== round.places[0]!.unit,
  )!;
  const refusals = [
    await visitStop(town, visit, { post: stranger.code }, 'a', clock.now),
    await visitStop(town, { ...visit, stop: 'nowhere' }, desk, 'b', clock.now),
    await visitStop(town, visit, desk, 'c', clock.now + 60 * 86_400_000),
    await visitStop(town, { ...visit, findings: [{ item: 'x', words: 'y' }] }, desk, 'd', clock.now),
    await visitStop(town, { ...visit, at: clock.now - 3 * 24 * 3_600_000 }, desk, 'e', clock.now),
  ];
  assert.deepEqual(
    refusals.map((refusal) => isRefusal(refusal) && refusal.code),
    ['not-your-unit', 'no-such-stop', 'round-not-open', 'bad-round', 'bad-time'],
  );
});

test('a plan that names a person is refused, and so is one that leads nowhere', async (t) => {
  const { town, clock, desk, street } = await given(t);
  const plan = { ...planOver(town, street.code, street.place!), id: 'other' };
  const codeOf = async (change: object): Promise<unknown> => {
    const done = await planRound(town, { ...plan, ...change } as RoundPlan, desk, clock.now);
    return isRefusal(done) ? done.code : done.id;
  };
  assert.equal(await codeOf({ stops: [{ person: '某人' }] }), 'no-person-rounds');
  assert.equal(await codeOf({ stops: [], every: undefined }), 'bad-round');
  assert.equal(await codeOf({ checklist: [] }), 'bad-round');
  assert.equal(await codeOf({ kind: 'nothing' }), 'bad-round');
  assert.equal(await codeOf({ id: 'lamp-check-05' }), 'round-there');
  assert.equal(await codeOf({ to: '2026-04-01' }), 'bad-round');
});

test('no table of rounds holds a person, and nothing told of a round ranks whoever went', async (t) => {
  const { town } = await given(t);
  const { rows } = await town.db.pool.query<{ name: string }>(
    `SELECT table_name || '.' || column_name AS name FROM information_schema.columns WHERE table_name LIKE 'round%'`,
  );
  const columns = rows.map(({ name }) => name);
  assert.ok(columns.includes('round_visit.findings'));
  for (const name of columns)
    assert.doesNotMatch(name, /person|citizen|resident|staff|worker|score|rank/, name);
  const told = JSON.stringify(await findRound(town, 'lamp-check-05'));
  assert.doesNotMatch(told, /"(person|worker|score|rank)"/);
});
