import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { demoApp } from './testing/demo-town.ts';

const CALL = {
  'x-road-client': 'CN/GOV/330000/tax',
  'x-road-userid': 'U-17',
  'gezhi-purpose': 'handOver',
  'x-road-id': 'call-1',
};
const base64 = (algorithm: string, text: string): string =>
  createHash(algorithm).update(text).digest('base64');

test('a call that names its system names user and purpose too; hashes go out, and the ledger has them before the answer', async (t) => {
  const { server, staff, town } = await demoApp(t);
  const url = '/api/cases';
  const answer = await server.inject({ url, headers: { ...staff('seat', 'hotline'), ...CALL } });
  assert.equal(answer.statusCode, 200, answer.body);
  assert.equal(answer.headers['x-road-request-hash'], base64('sha512', `GET ${url}\n`));
  assert.equal(answer.headers['repr-digest'], `sha-256=:${base64('sha256', answer.body)}:`);
  assert.deepEqual(
    [answer.headers['x-road-client'], answer.headers['x-road-id']],
    ['CN/GOV/330000/tax', 'call-1'],
  );
  const { rows } = await town.db.pool.query<{ body: Record<string, unknown> }>(
    `SELECT body FROM ledger_event WHERE kind = 'export'`,
  );
  assert.equal(rows.length, 1);
  const { client, user, purpose, route, requestHash, answerHash } = rows[0]!.body;
  assert.deepEqual([client, user, purpose, route], ['CN/GOV/330000/tax', 'U-17', 'handOver', `GET ${url}`]);
  assert.equal(requestHash, answer.headers['x-road-request-hash']);
  assert.equal(answerHash, base64('sha256', answer.body));
});

test('the hash of a call is over its body as well, and what is read is what was sent', async (t) => {
  const { server } = await demoApp(t);
  const payload = JSON.stringify({ words: '楼道灯坏了', channel: 'api' });
  const headers = { ...CALL, 'content-type': 'application/json' };
  const answer = await server.inject({ method: 'POST', url: '/api/signals', headers, payload });
  assert.equal(
    answer.headers['x-road-request-hash'],
    base64('sha512', `POST /api/signals\n${payload}`),
    answer.body,
  );
});

test('without user or purpose, or for a purpose that the town has not, such a call is refused and leaves nothing', async (t) => {
  const { server, staff, town } = await demoApp(t);
  const common = { ...staff('seat', 'hotline'), ...CALL };
  const { 'x-road-userid': _user, ...nobody } = common;
  for (const [headers, status, code] of [
    [nobody, 400, 'exchange-incomplete'],
    [{ ...common, 'gezhi-purpose': '' }, 400, 'exchange-incomplete'],
    [{ ...common, 'gezhi-purpose': 'curiosity' }, 422, 'no-purpose'],
  ] as const) {
    const answer = await server.inject({ url: '/api/cases', headers });
    assert.deepEqual([answer.statusCode, answer.json<{ code: string }>().code], [status, code]);
  }
  const { rows } = await town.db.pool.query('SELECT FROM ledger_event');
  assert.equal(rows.length, 0);
});

test('what a unit takes of what people said is written down whoever asks', async (t) => {
  const { server, staff, town } = await demoApp(t);
  const post = [...town.posts.values()].find(
    ({ kind, unit }) => kind === 'head' && town.units.get(unit)?.kind === 'department',
  )!;
  const answer = await server.inject({
    url: `/api/units/${post.unit}/feed`,
    headers: staff('head', 'department'),
  });
  assert.equal(answer.statusCode, 200, answer.body);
  const { rows } = await town.db.pool.query<{ body: { route: string } }>(
    `SELECT body FROM ledger_event WHERE kind = 'export'`,
  );
  assert.deepEqual(
    rows.map(({ body }) => body.route),
    ['GET /api/units/:unit/feed'],
  );
});
