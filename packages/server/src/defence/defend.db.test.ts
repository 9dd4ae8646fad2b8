import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { apiKeyOf } from '../open311/open311-port.ts';
import { demoApp, type TestApp } from '../testing/demo-town.ts';
import { BOUNDS } from './bounds.ts';

const ONE = { burst: 1, perSecond: 0.001 };
const JSON_TYPE = { 'content-type': 'application/json' };
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };

describe('at the door', () => {
  let api: TestApp;
  const closing: (() => unknown)[] = [];
  before(async () => {
    api = await demoApp({ after: (close) => closing.push(close as () => unknown) });
  });
  after(async () => {
    for (const close of closing.toReversed()) await close();
  });

  const send = async (payload: string, headers: Record<string, string> = JSON_TYPE, url = '/api/signals') => {
    const answer = await api.server.inject({ method: 'POST', url, headers, payload });
    return [answer.statusCode, answer.headers['content-type']?.includes('problem') ? answer.json().code : ''];
  };

  test('a body is too large, too deep, too long, or no text', async () => {
    const token = api.staff('seat');
    const commands = '/api/cases/019dfacc-8280-7da1-935e-da73f54129ec/commands';
    const big = JSON.stringify({ words: 'x'.repeat(BOUNDS.bodyBytes) });
    assert.deepEqual(await send(big, { ...JSON_TYPE, ...token }, commands), [413, 'too-large']);
    const deep = '['.repeat(1000) + ']'.repeat(1000);
    assert.deepEqual(await send(deep), [400, 'too-deep']);
    assert.deepEqual(await send(`[${'1,'.repeat(BOUNDS.items)}1]`), [400, 'list-too-long']);
    assert.deepEqual(await send('{"words": "a\\u0000b"}'), [400, 'not-text']);
    assert.deepEqual(await send('{"words": "\\ud800"}'), [400, 'not-text']);
  });

  test('an address is too long, holds too much, or is none', async () => {
    const get = async (url: string) => (await api.server.inject(url)).json().code;
    assert.equal(await get(`/api/town?q=${'x'.repeat(BOUNDS.addressChars)}`), 'address-too-long');
    assert.equal(await get(`/api/requests/${'1'.repeat(BOUNDS.paramChars + 1)}`), 'no-such-route');
    assert.equal(await get(`/api/town?${'a&'.repeat(BOUNDS.fields + 1)}`), 'too-many-fields');
    assert.equal(await get('/api/town?district=a%00'), 'not-text');
    assert.equal(await get('/api/requests/%ff'), 'address-unreadable');
  });

  test('a form is told so on a page', async () => {
    const answer = await api.server.inject({
      method: 'POST',
      url: '/report',
      headers: { ...FORM_TYPE, accept: 'text/html' },
      payload: 'words=a%00b',
    });
    assert.equal(answer.statusCode, 400);
    assert.match(answer.body, /^<!doctype html>/);
  });

  test('a multipart form has so many parts at most', async () => {
    const part = '--b\r\ncontent-disposition: form-data; name="x"\r\n\r\n1\r\n';
    const payload = `${part.repeat(BOUNDS.partFields + BOUNDS.partFiles + 1)}--b--\r\n`;
    const [status] = await send(
      payload,
      { 'content-type': 'multipart/form-data; boundary=b' },
      '/open311/v2/requests.json',
    );
    assert.ok(status === 413 || status === 400, String(status));
  });

  test('a multipart form that ends early, or has no boundary, is told so', async () => {
    const url = '/open311/v2/requests.json';
    const cut = '--b\r\ncontent-disposition: form-data; name="x"\r\n\r\n1';
    const type = 'multipart/form-data';
    assert.deepEqual(await send(cut, { 'content-type': `${type}; boundary=b` }, url), [
      400,
      'broken-multipart',
    ]);
    assert.deepEqual(await send(cut, { 'content-type': type }, url), [400, 'broken-multipart']);
  });

  test('a list is asked for so many rows at most', async () => {
    const ask = async (url: string) =>
      (await api.server.inject({ url, headers: api.staff('seat') })).statusCode;
    assert.deepEqual([await ask('/api/cases?limit=100'), await ask('/api/cases?limit=101')], [200, 400]);
    assert.deepEqual([await ask('/api/facts?limit=10000'), await ask('/api/facts?limit=10001')], [200, 400]);
    const event = { specversion: '1.0', id: '1', source: 's', type: 't' };
    assert.equal((await send(JSON.stringify(Array(1001).fill(event))))[0], 400);
  });

  test('one call brings so many photos at most', async () => {
    const photos = Array(6).fill('data:image/png;base64,AA==');
    const event = (i: number) => ({
      specversion: '1.0',
      id: String(i),
      source: 's',
      type: 'gezhi.report.v1',
      data: { words: '路灯', photos },
    });
    assert.deepEqual(await send(JSON.stringify(Array.from({ length: 7 }, (_, i) => event(i)))), [
      400,
      'list-too-long',
    ]);
  });

  test('a body that would change what objects are made of is refused, and so is a field nobody knows', async () => {
    const headers = { ...JSON_TYPE, ...api.staff('seat') };
    const url = '/api/cases/019dfacc-8280-7da1-935e-da73f54129ec/commands';
    assert.equal((await send('{"__proto__": {"isAdmin": true}}', headers, url))[0], 400);
    const more = JSON.stringify({ commandId: '1', action: 'accept', isAdmin: true });
    assert.deepEqual(await send(more, headers, url), [400, 'bad-input']);
  });

  test('a day that does not exist is told so', async () => {
    const url = '/api/measures/counts?from=2026-02-30';
    const answer = await api.server.inject({ url, headers: api.staff('seat') });
    assert.deepEqual([answer.statusCode, answer.json().errors[0].field], [400, 'from']);
  });

  test('a HEAD of the live stream ends', async () => {
    const answer = await api.server.inject({
      method: 'HEAD',
      url: '/api/stream',
      headers: api.staff('seat'),
    });
    assert.equal(answer.statusCode, 200);
  });
});

test('a channel that is full answers 429 with how long to wait; others go on, and probes are never turned away', async (t) => {
  const { server, town, installation } = await demoApp(t, {
    rates: { code: ONE, web: ONE, open311: ONE, 'sign-in': ONE, api: ONE, intake: ONE, staff: ONE },
  });
  assert.equal(installation.towns.size, 1);
  type Ask = { method?: 'GET' | 'POST'; url: string; headers?: Record<string, string>; payload?: string };
  const twice = async (ask: Ask) => {
    const first = await server.inject(ask);
    const second = await server.inject(ask);
    assert.notEqual(first.statusCode, 429, ask.url);
    assert.equal(second.statusCode, 429, ask.url);
    assert.ok(Number(second.headers['retry-after']) > 0, ask.url);
    return second;
  };
  await twice({ url: '/api/requests/120000000006?code=000000' });
  const page = await twice({ url: '/', headers: { accept: 'text/html' } });
  assert.match(page.body, /^<!doctype html>/);
  await twice({ url: '/api/town' });
  await twice({ url: '/api/town', headers: { authorization: 'Bearer x.y' } });
  await twice({ method: 'POST', url: '/api/signals', headers: JSON_TYPE, payload: '{}' });
  const key = (account: string) => `/open311/v2/services.json?api_key=${apiKeyOf(town.secret, account)}`;
  await twice({ url: key('one') });
  await twice({ url: key('two') });
  // Keys that nobody made share one measure: a new one each time opens no new one.
  assert.notEqual((await server.inject('/open311/v2/services.json?api_key=a.a')).statusCode, 429);
  assert.equal((await server.inject('/open311/v2/services.json?api_key=b.b')).statusCode, 429);
  for (let i = 0; i < 3; i += 1) assert.equal((await server.inject('/healthz')).statusCode, 200);
});
