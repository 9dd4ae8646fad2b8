import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal } from '@gezhi/basis';
import { PATHS } from '@gezhi/contract';
import { act, takeIn, unitsAbove } from '@gezhi/town';
import { demoApp, NOW, tokenFor } from './testing/demo-town.ts';

const NAME = '孙测试（虚构）';
const PHONE = '19900000003';

/** Every page that a browser can ask for by GET; `:id` is the case, `:number` the request. */
const PAGES = [
  ...['/', '/report', '/report/done', '/my', '/my/request', '/my/data', '/my/data.json', '/staff', '/queue'],
  ...[
    '/queue/find?q=19900000003',
    '/cases/:id',
    '/cases/:id/contact',
    '/cases/:id/links',
    '/notices',
    '/editions',
  ],
  ...['/knowledge', '/knowledge/desk', '/rulings', '/callbacks', '/desk', '/algorithms', '/upstream'],
  ...['/whistles', '/whistles/new', '/whistles/:id'],
];

test('who complained is in no answer to the unit complained of, by any GET route, nor to those below it', async (t) => {
  const { server, town, installation } = await demoApp(t);
  assert.equal(installation.towns.size, 1);
  const [receipt] = await takeIn(
    town,
    [
      {
        source: 'test',
        id: 'c1',
        type: 'gezhi.report.v1',
        occurredAt: NOW,
        channel: 'phone',
        words: '窗口人员态度恶劣',
        kind: 'staff.complaint',
        publicity: 'public',
        requester: { name: NAME, reachMe: [{ way: 'phone', address: PHONE }] },
      },
    ],
    NOW,
  );
  assert.ok(receipt && !isRefusal(receipt) && receipt.number);
  const seated = town.staff.map(({ post }) => town.posts.get(post)!).filter(Boolean);
  const seat = [...town.posts.values()].find(({ kind }) => kind === 'seat')!;
  const around = [seat.unit, ...unitsAbove(town, seat.unit)];
  const below = seated.find(({ unit, kind }) => {
    const parent = town.units.get(unit)?.parent;
    return kind === 'desk' && parent !== undefined && !around.includes(parent);
  })!;
  const above = seated.find(({ unit }) => unit === town.units.get(below.unit)!.parent);
  const against = [above?.unit ?? below.unit];
  const order = { commandId: 'c', caseId: receipt.caseId, action: 'concern', by: { post: seat.code } };
  const named = await act(town, { ...order, input: { units: against } }, NOW + 1);
  assert.ok(!isRefusal(named), JSON.stringify(named));
  const look = async (authorization: string): Promise<readonly [number, string]> => {
    const answer = await server.inject({
      method: 'POST',
      url: `/api/cases/${receipt.caseId}/contact`,
      headers: { authorization },
      payload: { number: receipt.number, purpose: 'answer' },
    });
    return [answer.statusCode, answer.body];
  };
  const routes = [
    ...Object.values(PATHS).filter((path) => path.startsWith('GET ')),
    ...PAGES.map((p) => `GET ${p}`),
  ]
    .map((path) => path.slice(4))
    .filter((path) => path !== '/api/stream');
  for (const post of new Set([below.code, ...(above ? [above.code] : [])])) {
    const { authorization } = tokenFor(town, post);
    const headers = { authorization, cookie: `gezhi_staff=${authorization.slice(7)}` };
    for (const route of routes) {
      const url = route
        .replace(':number', receipt.number)
        .replace(/:(id|item|edition|unit|what)/g, (_, name: string) =>
          name === 'unit' ? below.unit : name === 'what' ? 'case' : receipt.caseId,
        );
      for (const accept of ['application/json', 'text/html']) {
        const { body, statusCode } = await server.inject({ url, headers: { ...headers, accept } });
        assert.ok(!body.includes(NAME) && !body.includes(PHONE), `${url} tells ${post} who complained`);
        assert.ok(statusCode < 500, `${url} answers ${statusCode}`);
      }
    }
    const [status] = await look(authorization);
    assert.equal(status, 403);
    const asked = await server.inject({
      method: 'POST',
      url: `/cases/${receipt.caseId}/contact`,
      headers: { ...headers, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
      payload: `number=${receipt.number}&purpose=handle&form=x`,
    });
    assert.ok(!asked.body.includes(NAME));
  }
  const [, shown] = await look(tokenFor(town, seat.code).authorization);
  assert.ok(shown.includes(NAME), 'the hotline, which takes it up, reads it');
});
