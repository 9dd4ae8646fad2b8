import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal } from '@gezhi/basis';
import { countOpenPhases, loadFacts } from '@gezhi/storage';
import { act, secretKinds, type Town, takeIn } from '@gezhi/town';
import type { LightMyRequestResponse } from 'fastify';
import { demoApp, reportEvent } from './testing/demo-town.ts';

const NOW = Date.now();
const LAMP = {
  source: 'test',
  type: 'gezhi.report.v1',
  channel: 'phone',
  words: '路灯不亮',
  kind: 'lamp.fault',
  occurredAt: NOW,
};
const ABUSE = '银杏大道三号楼上邻居天天毒打孩子，孩子身上都是伤';

test('a sign of abuse opens a secret report beside the case, which nobody sees but those who handle it', async (t) => {
  const { server, staff, town } = await demoApp(t);
  const json = { 'content-type': 'application/json' };
  const seat = { ...staff('seat', 'hotline'), ...json };
  const police = { ...staff('desk', 'police'), ...json };
  const get = (url: string, headers: Record<string, string>) => server.inject({ url, headers });

  const sent = await server.inject({
    method: 'POST',
    url: '/api/signals',
    headers: seat,
    payload: JSON.stringify(reportEvent('a1', { words: ABUSE, publicity: 'public' })),
  });
  const parent = sent.json().caseId as string;
  const { rows } = await town.db.pool.query(`SELECT case_id FROM case_now WHERE kind = 'report.abuse'`);
  assert.equal(rows.length, 1);
  const child = rows[0].case_id as string;

  await t.test('the case is red until somebody comes, and does not know of the report', async () => {
    const facts = (await loadFacts(town.db.pool, town.district, [parent as never])).get(parent as never)!;
    assert.ok(facts.every(({ type }) => type !== 'split'));
    const opened = facts[0]!.data as { signs?: readonly { to: string }[] };
    assert.ok(opened.signs?.some(({ to }) => to === '110'));
    assert.ok(opened.signs?.every(({ to }) => to !== 'mandatoryReport'));
    assert.doesNotMatch(JSON.stringify(facts), new RegExp(child));
  });
  await t.test('the report knows its case, and no requester', async () => {
    const facts = (await loadFacts(town.db.pool, town.district, [child as never])).get(child as never)!;
    const opened = facts[0]!.data as { parent?: string; voice?: unknown; signs?: unknown };
    assert.equal(opened.parent, parent);
    assert.equal(opened.voice, undefined);
    assert.deepEqual(opened.signs, [{ rule: 'abuse', to: 'mandatoryReport' }]);
  });
  await t.test('lists, search, facts, explanation and commands: for the police, not for a seat', async () => {
    for (const url of [
      '/api/cases',
      '/api/cases?limit=1',
      '/api/cases?kind=report.abuse',
      `/api/cases?q=${encodeURIComponent('毒打孩子')}`,
      '/api/facts?since=0',
      `/api/notices?case=${child}`,
    ]) {
      const seen = await get(url, seat);
      assert.doesNotMatch(withoutLinks(seen.body, url), new RegExp(`${child}|report\\.abuse`), url);
    }
    for (const url of [`/api/cases/${child}`, `/api/cases/${child}/explain`])
      assert.equal((await get(url, seat)).statusCode, 404, url);
    for (const url of ['/api/cases?kind=report.abuse', '/api/facts?since=0', `/api/cases/${child}`]) {
      const seen = await get(url, police);
      assert.equal(seen.statusCode, 200, url);
      assert.match(seen.body, new RegExp(child), url);
    }
    const lines = await get('/api/facts?since=0', { ...seat, accept: 'application/x-ndjson' });
    assert.doesNotMatch(lines.body, new RegExp(child));
    const command = await server.inject({
      method: 'POST',
      url: `/api/cases/${child}/commands`,
      headers: seat,
      payload: JSON.stringify({ commandId: 'x1', action: 'takeUp' }),
    });
    assert.equal(command.statusCode, 404, command.body);
    const taken = await server.inject({
      method: 'POST',
      url: `/api/cases/${child}/commands`,
      headers: police,
      payload: JSON.stringify({ commandId: 'x2', action: 'takeUp' }),
    });
    assert.equal(taken.statusCode, 200, taken.body);
  });
  await t.test('the same matter does not tell of it', async () => {
    const payload = JSON.stringify({ words: ABUSE });
    const ask = async (headers: Record<string, string>): Promise<string> =>
      (await server.inject({ method: 'POST', url: '/api/read/same', headers, payload })).body;
    assert.match(await ask(seat), new RegExp(parent));
    assert.doesNotMatch(await ask(seat), new RegExp(child));
    assert.match(await ask(police), new RegExp(child));
  });
  await t.test('the live stream brings it to those only who handle it', async () => {
    await server.listen({ port: 0, host: '127.0.0.1' });
    const { port } = server.server.address() as { port: number };
    const seen = await firstFacts(port, seat);
    assert.match(seen, new RegExp(parent));
    assert.doesNotMatch(seen, new RegExp(child));
    assert.match(await firstFacts(port, police), new RegExp(child));
  });
  await t.test('no figure tells of it: counts by kind and unit, rates, phases', () =>
    noFigureTells(town, async (url) => await get(url, seat)),
  );
  await t.test('split by hand, it leaves nothing in its parent', () => splitByHand(town, parent));
  await t.test('pages and Open311: nothing', async () => {
    const cookie = `gezhi_staff=${seat.authorization.slice('Bearer '.length)}`;
    const queues = ['/queue?in=received', '/queue?in=unit', '/queue?kind=report.abuse'];
    for (const url of [...queues, `/cases/${child}`, '/']) {
      const page = await get(url, { cookie });
      assert.doesNotMatch(withoutLinks(page.body, url), new RegExp(child), url);
    }
    assert.equal((await get(`/cases/${child}`, { cookie })).statusCode, 404);
    assert.doesNotMatch((await get('/open311/v2/requests.json', {})).body, /report\.abuse/);
  });
});

/** Seven secret cases are put into the sums, and none is seen in what a seat asks for. */
async function noFigureTells(
  town: Town,
  ask: (url: string) => Promise<LightMyRequestResponse>,
): Promise<void> {
  const { rows: before } = await town.db.pool.query(
    `SELECT count(*)::int AS n FROM case_now WHERE kind <> 'report.abuse' AND is_open`,
  );
  const hour = Math.floor(NOW / 3_600_000);
  await town.db.pool.query(
    `INSERT INTO rollup (district, basis, hour, place, kind, unit, counts) VALUES ($1, 'opened', $2, 'unknown', 'report.abuse', 'x', $3)`,
    [town.district, hour, [7, 7, 7]],
  );
  for (const by of ['kind', 'unit', 'place']) {
    const seen = await ask(`/api/measures/counts?basis=opened&by=${by}&from=2020-01-01&to=2030-01-01`);
    assert.equal(seen.statusCode, 200, seen.body);
    assert.doesNotMatch(seen.body, /report\.abuse/);
    assert.ok(Object.values(seen.json().total.counts).every((n) => (n as number) < 7));
  }
  const phases = await countOpenPhases(town.db.pool, town.district, NOW, secretKinds(town));
  assert.equal(
    phases.reduce((sum, { count }) => sum + count, 0),
    before[0].n,
  );
}

/** A case is split into a secret part, by whoever may: its own story does not move. */
async function splitByHand(town: Town, parent: string): Promise<void> {
  const action = Object.values(town.pack.process.actions).find(({ act, kinds }) => act === 'split' && !kinds);
  if (!action) return;
  const facts = async () =>
    (await loadFacts(town.db.pool, town.district, [parent as never])).get(parent as never)!;
  const count = (await facts()).length;
  const posts = [...town.posts.values()];
  const done = await firstDone(posts.map((post) => ({ post: post.code, person: 'p1' })));
  assert.ok(done?.children?.length === 1, JSON.stringify(done));
  assert.equal((await facts()).length, count);
  const [made] = await loadFacts(town.db.pool, town.district, [...done.children]);
  assert.equal((made![1][0]!.data as { parent?: string }).parent, parent);

  async function firstDone(actors: readonly { post: string; person: string }[]) {
    for (const [i, by] of actors.entries()) {
      const input = { children: [{ kind: 'report.abuse' }] };
      const order = { commandId: `split${i}`, caseId: parent as never, action: action!.name, by, input };
      const answer = await act(town, order, NOW);
      if (!isRefusal(answer)) return answer;
    }
    return undefined;
  }
}

/** What the stream brings first to somebody. */
async function firstFacts(port: number, headers: Record<string, string>): Promise<string> {
  const abort = new AbortController();
  const answer = await fetch(`http://127.0.0.1:${port}/api/stream?since=0`, {
    headers,
    signal: abort.signal,
  });
  let text = '';
  for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (text.includes('event: fact')) break;
  }
  abort.abort();
  return text;
}

/** What an answer says beside the address that was asked for. */
function withoutLinks(body: string, url: string): string {
  return body
    .replaceAll(url, '')
    .replaceAll(/\/cases\/[0-9a-f-]{36}/g, (link) => (url.includes(link) ? '' : link));
}

test('danger is handed off by itself; where nothing burns, nothing is', async (t) => {
  const { server, staff, town } = await demoApp(t);
  const headers = { ...staff('seat', 'hotline'), 'content-type': 'application/json' };
  const send = async (id: string, data: Record<string, unknown>) => {
    const payload = JSON.stringify(reportEvent(id, data));
    const { caseId } = (
      await server.inject({ method: 'POST', url: '/api/signals', headers, payload })
    ).json();
    return (await loadFacts(town.db.pool, town.district, [caseId])).get(caseId)!.map(({ type }) => type);
  };
  assert.ok((await send('f1', { words: '我家厨房着火了，快来' })).includes('handedOff'));
  assert.ok((await send('f2', { words: '楼下着火了', kind: 'lamp.fault' })).includes('handedOff'));
  assert.ok(!(await send('f3', { words: '没有着火，路灯坏了' })).includes('handedOff'));
  const [told] = await takeIn(town, [{ ...LAMP, id: 'g1' }], NOW);
  assert.ok(told && !isRefusal(told) && told.number);
  const more = { ...LAMP, id: 'g2', words: '灯杆漏电着火了，快来人', follows: told.number };
  await takeIn(town, [more], NOW);
  const facts = (await loadFacts(town.db.pool, town.district, [told.caseId])).get(told.caseId)!;
  assert.deepEqual(
    facts
      .slice(-2)
      .map(({ type }) => type)
      .includes('handedOff'),
    true,
    'told afterwards',
  );
});
