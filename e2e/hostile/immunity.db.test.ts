import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { isRefusal } from '@gezhi/basis';
import { makeTown, writeTown } from '@gezhi/demo';
import { buildApp, routesOf, tokenOf } from '@gezhi/server';
import { testDatabase } from '@gezhi/storage/testing';
import { act, importTown, installationOn, readTownFolder, takeIn } from '@gezhi/town';
import { CONTACT_CANARIES, hostileWorld, NOW, WORDS_CANARY, type World } from './world.ts';

/*
 * Flaws that others had, and that we must not have: docs/security.md names the advisory of each.
 */

test('a token of one district opens nothing in another, though posts and persons have the same codes', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'gezhi-two-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const installation = await installationOn(await testDatabase(t));
  const kinds = [...installation.packs.values()].flatMap((pack) => pack.kinds.map(({ code }) => code));
  for (const district of ['990000', '990001']) {
    const own = join(folder, district);
    await writeTown(own, makeTown(1));
    const file = join(own, 'town.yaml');
    const text = (await readFile(file, 'utf8')).replace(/^district: .*$/m, `district: '${district}'`);
    await writeFile(file, text);
    const done = await importTown(installation.db, await readTownFolder(own), kinds, {
      now: NOW - 86_400_000,
    });
    assert.ok(done.imported, JSON.stringify(done.problems.slice(0, 3)));
  }
  await installation.reload();
  assert.equal(installation.towns.size, 2);
  const server = await buildApp({ installation, now: () => NOW });
  t.after(() => server.close());
  const town = installation.towns.get('990000')!;
  const seat = town.staff.find(({ post }) => town.posts.get(post)?.kind === 'seat')!;
  const actor = { post: seat.post, person: seat.person };
  const statusOf = async (token: string, district: string, how: 'header' | 'cookie'): Promise<number> => {
    const headers =
      how === 'header' ? { authorization: `Bearer ${token}` } : { cookie: `gezhi_staff=${token}` };
    return (await server.inject({ url: `/api/cases?district=${district}`, headers })).statusCode;
  };
  for (const how of ['header', 'cookie'] as const) {
    const bound = tokenOf(installation.secret, actor, '990000');
    assert.equal(await statusOf(bound, '990000', how), 200, how);
    assert.equal(await statusOf(bound, '990001', how), 401, how);
    assert.equal(
      await statusOf(tokenOf(installation.secret, actor), '990001', how),
      401,
      `${how}, of no district`,
    );
  }
});

describe('in one town', () => {
  let world: World;
  const closing: (() => unknown)[] = [];
  before(async () => {
    world = await hostileWorld({ after: (end) => void closing.push(end) });
    await world.server.ready();
  });
  after(async () => {
    for (const close of closing.toReversed()) await close();
  });

  test('a form that another site sends changes nothing', async () => {
    const { server, callers } = world;
    const { headers } = callers.find(({ name }) => name.endsWith('-seat1'))!;
    const cookie = { cookie: headers.cookie! };
    const writing = routesOf(server).filter(
      ({ method, url }) => method === 'POST' && !url.includes('open311'),
    );
    for (const { url } of writing) {
      const path = url.replace(/:\w+/g, 'x');
      const type = url.startsWith('/api/') ? 'application/json' : 'application/x-www-form-urlencoded';
      for (const says of ELSEWHERE) {
        const answer = await server.inject({
          method: 'POST',
          url: path,
          headers: { ...cookie, 'content-type': type, ...says },
          payload: url.startsWith('/api/') ? '{}' : 'a=1',
        });
        assert.ok(
          answer.statusCode >= 400,
          `POST ${url} answers ${answer.statusCode} to ${JSON.stringify(says)}`,
        );
      }
    }
  });

  test('the same command sent 200 times at once is done once, and 200 numbers are 200', async () => {
    const { town } = world;
    const signal = {
      source: 'race',
      id: 'one',
      type: 'gezhi.report.v1',
      occurredAt: NOW,
      channel: 'web' as const,
    };
    const same = await Promise.all(
      Array.from({ length: 200 }, () => takeIn(town, [{ ...signal, words: '路灯' }], NOW)),
    );
    const numbers = same.map(([one]) => (one && !isRefusal(one) ? one.number : 'refused'));
    assert.equal(new Set(numbers).size, 1);
    const [first] = same[0]!;
    assert.ok(first && !isRefusal(first));
    const seat = [...town.posts.values()].find(({ kind }) => kind === 'seat')!.code;
    const order = { commandId: 'once', caseId: first.caseId, action: 'note', by: { post: seat } };
    const done = await Promise.all(
      Array.from({ length: 200 }, () => act(town, { ...order, input: { words: '记一笔' } }, NOW)),
    );
    const answers = new Set(done.map((one) => JSON.stringify(isRefusal(one) ? one.code : one)));
    assert.equal(answers.size, 1, [...answers].slice(0, 3).join(' '));
    const { rows } = await town.db.pool.query(
      `SELECT count(*)::int AS n FROM fact WHERE district = $1 AND case_id = $2 AND cause LIKE '%once%'`,
      [town.district, first.caseId],
    );
    assert.equal(rows[0].n, 1);
  });

  test('what is public holds no private report, in any format, for nobody and for whoever holds another code', async () => {
    const { server, callers, ids } = world;
    const [private_ = ''] = ids.number ?? [];
    const outside = callers.filter(({ isStaff }) => !isStaff);
    const urls = [
      ...['json', 'xml'].flatMap((format) => [
        `/open311/v2/requests.${format}`,
        `/open311/v2/requests/${private_}.${format}`,
        `/open311/v2/requests.${format}?extensions=true&service_request_id=${private_}`,
        `/open311/v2/servicerequestupdates.${format}`,
      ]),
      ...routesOf(server)
        .filter(({ method, url }) => method === 'GET' && !url.includes('*') && url !== '/api/stream')
        .map(({ url }) => url.replace(/:(\w+)/g, (_, name: string) => ids[name]?.[0] ?? ids.id![0]!)),
    ];
    for (const url of urls) {
      for (const { name, headers } of outside) {
        const { body, statusCode } = await server.inject({ url, headers });
        for (const canary of [...CONTACT_CANARIES, WORDS_CANARY])
          assert.ok(!body.includes(canary), `${url} tells ${name} ${canary}`);
        assert.ok(statusCode < 500, url);
      }
    }
  });

  test('secrets that open something lie in the database as hashes only', async () => {
    const { town } = world;
    const { rows } = await town.db.pool.query<{ table: string; column: string }>(
      `SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name ~* '(token|secret|password|passwd|api_?key|code)$'`,
    );
    const clear = rows.map(({ table, column }) => `${table}.${column}`).filter((name) => !KNOWN.has(name));
    assert.deepEqual(clear, [], 'a column that may hold a secret in clear: name here why it does not');
  });
});

/** How a browser, new or old, says that a form comes from another site. */
const ELSEWHERE: readonly Readonly<Record<string, string>>[] = [
  { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
  { 'sec-fetch-site': 'same-site' },
  { origin: 'https://evil.example' },
  { origin: 'null' },
];

/** Columns whose name sounds like a secret, and what they hold. */
const KNOWN = new Map<string, string>([
  ['resident_code.code', 'a keyed hash'],
  ['account_way.password', 'a scrypt hash, made by the library'],
  ['account_factor.secret', 'sealed by the library under a key that is not in the database'],
  [
    'account_session.token',
    'half of a cookie; the other half is its seal, under a key that is not in the database',
  ],
  ['account_way.access_token', 'left empty: the provider is asked at sign-in only'],
  ['account_way.refresh_token', 'as above'],
  ['account_way.id_token', 'as above'],
  ['notice.target_code', 'the code of a post or the number of a request'],
  ['registry.code', 'the code of a place, a unit or a post'],
]);
