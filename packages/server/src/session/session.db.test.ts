import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { demoApp, type TestApp } from '../testing/demo-town.ts';

const OURS = { 'sec-fetch-site': 'same-origin' };

describe('a browser signed in', () => {
  let api: TestApp;
  let post: string;

  const closing: (() => unknown)[] = [];
  after(async () => {
    for (const close of closing.toReversed()) await close();
  });

  before(async () => {
    api = await demoApp({ after: (close) => closing.push(close as () => unknown) });
    post = [...api.town.posts.values()].find(({ kind }) => kind === 'seat')!.code;
  });

  const enter = async (headers: Record<string, string> = OURS, as = post) =>
    await api.server.inject({ method: 'POST', url: '/api/session', headers, payload: { post: as } });
  const cookieOf = async (): Promise<string> => {
    const cookie = (await enter()).cookies.find(({ name }) => name === 'gezhi_staff');
    assert.ok(cookie?.httpOnly && cookie.sameSite === 'Lax');
    return `gezhi_staff=${cookie.value}`;
  };

  test('is told who it is, and nobody is told so too', async () => {
    const nobody = await api.server.inject('/api/me');
    assert.deepEqual(nobody.json(), {
      district: api.town.district,
      demo: true,
      post: null,
      roles: [],
      posts: [],
    });
    const me = await api.server.inject({ url: '/api/me', headers: { cookie: await cookieOf() } });
    assert.equal(me.json().post, post);
    assert.equal(me.json().posts[0].post, post);
    assert.equal(me.json().name.zh, api.town.posts.get(post)!.name);
    assert.ok(me.json().roles.includes('seat') && me.json().unit);
  });

  test('reads what staff read, without a token', async () => {
    const cookie = await cookieOf();
    assert.equal((await api.server.inject({ url: '/api/cases', headers: { cookie } })).statusCode, 200);
    assert.equal((await api.server.inject({ url: '/api/cases' })).statusCode, 401);
  });

  test('changes something only from a page of ours', async () => {
    const cookie = await cookieOf();
    const send = async (headers: Record<string, string>) => {
      const answer = await api.server.inject({
        method: 'POST',
        url: '/api/callbacks/next',
        headers: { cookie, ...headers },
        payload: {},
      });
      return answer.json().code ?? answer.statusCode;
    };
    assert.equal(await send({}), 'cross-site');
    assert.equal(await send({ 'sec-fetch-site': 'cross-site' }), 'cross-site');
    assert.equal(await send({ 'sec-fetch-site': 'same-site' }), 'cross-site');
    assert.equal(await send({ origin: 'https://evil.example' }), 'cross-site');
    assert.equal(await send({ origin: 'null' }), 'cross-site');
    assert.notEqual(await send(OURS), 'cross-site');
    assert.notEqual(await send({ origin: 'http://localhost:80' }), 'cross-site');
  });

  test('is not signed in by a page from elsewhere, nor as a post that is none', async () => {
    assert.equal((await enter({ 'sec-fetch-site': 'cross-site' })).json().code, 'cross-site');
    assert.equal((await enter(OURS, 'nobody')).json().code, 'no-sign-in');
  });

  test('signs out', async () => {
    const cookie = await cookieOf();
    const out = await api.server.inject({
      method: 'DELETE',
      url: '/api/session',
      headers: { cookie, ...OURS },
    });
    assert.equal(out.statusCode, 204);
    assert.equal(out.cookies.find(({ name }) => name === 'gezhi_staff')?.maxAge, 0);
  });
});
