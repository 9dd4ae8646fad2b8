import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ROUTE_NAMES, routeOf } from '@gezhi/contract';
import type { LightMyRequestResponse } from 'fastify';
import { apiKeyOf } from './open311/open311-port.ts';
import { demoApp, NOW, reportEvent, type TestApp, tokenFor } from './testing/demo-town.ts';

const HOUR = 3_600_000;

/** One service for all tests here; each brings its own reports. */
type Api = TestApp & {
  readonly point: { readonly lon: number; readonly lat: number };
  readonly seat: { authorization: string };
  readonly lamp: Record<string, unknown>;
  send(payload: unknown, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
};

let api: Api;
const closing: (() => unknown)[] = [];

before(async () => {
  const app = await demoApp({ after: (close) => closing.push(close as () => unknown) });
  const point = [...app.town.assets.values()].find((asset) => asset.point)!.point!;
  api = {
    ...app,
    point,
    seat: app.staff('seat', 'hotline'),
    lamp: { kind: 'lamp.fault', words: '小桥头路灯不亮，晚上看不见路', point },
    send: (payload, headers = {}) =>
      app.server.inject({
        method: 'POST',
        url: '/api/signals',
        headers: { 'content-type': 'application/json', ...headers },
        payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
      }),
  };
});

after(async () => {
  const { faults } = api;
  for (const close of closing.reverse()) await close();
  assert.deepEqual(faults, []);
});

test('sending twice is harmless, and only who says the same again is told the code again', async () => {
  const { send, lamp } = api;
  const first = await send(reportEvent('twice', lamp));
  assert.equal(first.statusCode, 201, first.body);
  const again = await send(reportEvent('twice', lamp));
  assert.equal(again.statusCode, 200);
  assert.deepEqual(again.json(), { ...first.json(), known: true });
  const guess = await send(reportEvent('twice', { words: '别的话' }));
  assert.equal(guess.json().number, first.json().number);
  assert.equal(guess.json().code, undefined);
});

test('many at once are taken in together, each with a number of its own', async () => {
  const { point, send, lamp } = api;
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, i) => send(reportEvent(`many${i}`, { words: `第${i}处井盖破损`, point }))),
  );
  const numbers = new Set(answers.map((answer) => answer.json().number));
  assert.equal(numbers.size, 40);
  const [same, other] = await Promise.all([send(reportEvent('race', lamp)), send(reportEvent('race', lamp))]);
  assert.equal(same.json().number, other.json().number);
});

test('the same words about the same place join the open case', async () => {
  const { send, lamp } = api;
  const first = (await send(reportEvent('join1', { ...lamp, words: '东头路灯不亮了' }))).json();
  const second = (await send(reportEvent('join2', { ...lamp, words: '东头路灯，不亮了！' }))).json();
  assert.deepEqual([first.joined, second.joined, second.caseId], [false, true, first.caseId]);
});

test('a batch is answered event by event', async () => {
  const { send, lamp } = api;
  const bad = { ...reportEvent('b2', {}), time: 'yesterday' };
  const answer = await send(
    [reportEvent('b1', lamp), bad, reportEvent('b3', { words: '停水了', colour: 1 })],
    {
      'content-type': 'application/cloudevents-batch+json',
    },
  );
  assert.equal(answer.statusCode, 207, answer.body);
  const [first, second, third] = answer.json();
  assert.equal(first.status, 201);
  assert.equal(second.status, 400);
  assert.deepEqual(second.problem.errors[0].field, 'time');
  assert.equal(second.problem.errors[0].value, 'yesterday');
  assert.match(third.problem.detail, /colour/);
});

test('what staff found themselves is theirs, and has no requester', async () => {
  const { server, staff, send, point } = api;
  const worker = staff('gridWorker');
  const found = { words: '巡查发现井盖松动', found: true, point };
  const answer = await send([reportEvent('own1', found), reportEvent('own2', { words: '又停水了' })], worker);
  assert.equal(answer.statusCode, 201, answer.body);
  const [own, other] = answer.json().map((item: { receipt: object }) => item.receipt);
  assert.equal(own.number, undefined);
  assert.match(other.number, /^\d{12}$/);
  const seen = (await server.inject({ url: `/api/cases/${own.caseId}`, headers: worker })).json();
  assert.match(seen.openedBy.person, /./);
  assert.deepEqual(seen.requests, []);
});

test('a message in binary mode is the same event', async () => {
  const { send, lamp } = api;
  const answer = await send(JSON.stringify(lamp), {
    'ce-specversion': '1.0',
    'ce-type': 'gezhi.report.v1',
    'ce-source': 'binary%20mode',
    'ce-id': '1',
  });
  assert.equal(answer.statusCode, 201, answer.body);
});

test('unknown types are taken for their words, or told why not', async () => {
  const { send } = api;
  const words = { ...reportEvent('u1', { words: '楼道灯坏了', other: 1 }), type: 'com.example.said' };
  assert.equal((await send(words)).statusCode, 201);
  const silent = await send({ ...reportEvent('u2', { message: 'Hello' }), type: 'com.example.someevent' });
  assert.equal(silent.statusCode, 400);
  assert.match(silent.json().errors[0].remedy, /gezhi\.report\.v1/);
});

test('what cannot be is refused with field, value and remedy, in either language', async () => {
  const { send, lamp } = api;
  const answer = await send(
    reportEvent('bad', { words: '路灯', kind: 'moon.fault', point: { lon: 500, lat: 1 } }),
    {
      'accept-language': 'zh-CN,zh;q=0.9,en;q=0.5',
    },
  );
  assert.equal(answer.statusCode, 400);
  assert.equal(answer.headers['content-language'], 'zh');
  assert.equal(answer.json().errors[0].field, 'data.point.lon');
  const found = await send(reportEvent('found', { words: '巡查发现', found: true }));
  assert.equal(found.statusCode, 403);
  const kind = await send(reportEvent('kind', { words: '路灯', kind: 'moon.fault' }));
  assert.deepEqual([kind.json().errors[0].field, kind.json().errors[0].value], ['data.kind', 'moon.fault']);
  const future = await send({ ...reportEvent('future', lamp), time: '2027-01-01T00:00:00Z' });
  assert.equal(future.json().errors[0].field, 'time');
});

test('five wrong codes lock a number for an hour, the right code too', async () => {
  const { server, clock, send } = api;
  const { number, code } = (await send(reportEvent('lock', { words: '楼下夜里施工太吵' }))).json();
  const look = (with_: string) => server.inject(`/api/requests/${number}?code=${with_}`);
  assert.equal((await server.inject(`/api/requests/${number}`)).statusCode, 401);
  const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
  const guesses = await Promise.all([1, 2, 3, 4, 5].map(() => look(wrong)));
  assert.deepEqual(guesses.map((guess) => guess.statusCode).sort(), [403, 403, 403, 403, 429]);
  const locked = await look(code);
  assert.equal(locked.statusCode, 429);
  assert.equal(locked.headers['retry-after'], '3600');
  clock.now = NOW + HOUR + 1;
  assert.equal((await look(code)).statusCode, 200);
  clock.now = NOW;
  const nobody = await server.inject('/api/requests/100000000009?code=123456');
  assert.ok([400, 403].includes(nobody.statusCode));
});

test('a requester adds words and a photo; the photo is theirs and was encoded anew', async () => {
  const { server, point, seat, send } = api;
  const { number, code, caseId } = (
    await send(reportEvent('photo', { words: '小区门口垃圾没清运', point }))
  ).json();
  const more = await server.inject({
    method: 'POST',
    url: `/api/requests/${number}/follow-ups?code=${code}`,
    payload: { words: '今天还在' },
  });
  assert.equal(more.statusCode, 201, more.body);
  const form = multipart('photo', 'a.png', DOT);
  const added = await server.inject({
    method: 'POST',
    url: `/api/requests/${number}/photos?code=${code}`,
    ...form,
  });
  assert.equal(added.statusCode, 201, added.body);
  const [{ link }] = added.json().photos;
  assert.equal((await server.inject(link)).statusCode, 401);
  const got = await server.inject(`${link}?code=${code}`);
  assert.deepEqual([got.headers['content-type'], [...got.rawPayload.subarray(0, 3)]], ['image/jpeg', JPEG]);
  const noPhoto = multipart('photo', 'a.jpg', Buffer.from('<svg onload="x"/>'));
  const refused = await server.inject({
    method: 'POST',
    url: `/api/requests/${number}/photos?code=${code}`,
    ...noPhoto,
  });
  assert.equal(refused.json().code, 'no-photo', refused.body);
  const view = await server.inject(`/api/requests/${number}?code=${code}`);
  assert.equal(view.json().photos.length, 1);
  assert.ok(view.json().story.some((step: { words?: string }) => step.words === '今天还在'));
  assert.ok((await server.inject({ url: `/api/cases/${caseId}`, headers: seat })).json().seq > 0);
});

test('commands: once, not stale, by power, by input', async () => {
  const { server, staff, point, seat, send } = api;
  const { caseId } = (await send(reportEvent('cmd', { words: '有点事想反映一下', point }))).json();
  const command = (body: object, headers = seat) =>
    server.inject({ method: 'POST', url: `/api/cases/${caseId}/commands`, headers, payload: body });
  const note = { commandId: 'note-1', action: 'note', input: { words: '已电话核实' }, expectedSeq: 1 };
  const once = await command(note);
  assert.equal(once.statusCode, 200, once.body);
  assert.deepEqual((await command(note)).json(), once.json());
  const stale = await command({ ...note, commandId: 'note-2' });
  assert.equal(stale.statusCode, 409);
  assert.deepEqual([stale.json().code, stale.json().details.since.length], ['stale', 1]);
  const notNow = await command({
    commandId: 'x1',
    action: 'finish',
    input: { outcome: 'solved', words: '好了' },
  });
  assert.deepEqual([notNow.statusCode, notNow.json().code], [409, 'not-now']);
  const noPower = await command({ commandId: 'x2', action: 'triage' }, staff('gridWorker'));
  assert.deepEqual([noPower.statusCode, noPower.json().code], [403, 'no-power']);
  assert.ok(noPower.json().details.because);
  const guard = await command({ commandId: 'x3', action: 'triage' });
  assert.deepEqual([guard.statusCode, guard.json().code], [422, 'guard'], guard.body);
  const input = await command({ commandId: 'x4', action: 'note', input: {} });
  assert.deepEqual([input.statusCode, input.json().errors[0].field], [400, 'input.words']);
  const kind = await command({ commandId: 'x5', action: 'setKind', input: { kind: 'moon' } });
  assert.equal(kind.json().errors[0].field, 'input.kind');
  const unknown = await command({ commandId: 'x6', action: 'fly' });
  assert.equal(unknown.json().code, 'unknown-action');
  const nowhere = await server.inject({
    method: 'POST',
    url: '/api/cases/01900000-0000-7000-8000-000000000000/commands',
    headers: seat,
    payload: note,
  });
  assert.equal(nowhere.statusCode, 404);
  const other = await command({ commandId: 'x7', action: 'setKind', input: { kind: 'lamp.fault' } });
  assert.equal(other.statusCode, 200, other.body);
});

test('lists page by key, filter by any level of place, and find a number', async () => {
  const { server, seat, send } = api;
  const pages: string[] = [];
  let url = '/api/cases?limit=7';
  for (let i = 0; i < 30 && url; i += 1) {
    const { cases, nextLink } = (await server.inject({ url, headers: seat })).json();
    pages.push(...cases.map((row: { caseId: string }) => row.caseId));
    url = nextLink;
  }
  assert.equal(new Set(pages).size, pages.length);
  assert.deepEqual([...pages].sort().reverse(), pages);
  const { layers } = (await server.inject({ url: `/api/cases/${pages[0]}`, headers: seat })).json().place;
  for (const code of (layers.division ?? []) as string[]) {
    const inside = await server.inject({ url: `/api/cases?place=${code}&limit=100`, headers: seat });
    assert.ok(
      inside.json().cases.some((row: { caseId: string }) => row.caseId === pages[0]),
      code,
    );
  }
  const { number, caseId } = (await send(reportEvent('byNumber', { words: '找得到我吗' }))).json();
  const found = await server.inject({ url: `/api/cases?number=${number}`, headers: seat });
  assert.deepEqual(
    found.json().cases.map((row: { caseId: string }) => row.caseId),
    [caseId],
  );
});

test('town, kinds, scenes, places, responsibility, facts, measures', async () => {
  const { server, point, seat } = api;
  const { lon, lat } = point;
  for (const url of [
    '/api/town',
    '/api/kinds',
    '/api/scenes',
    `/api/places/at?lon=${lon}&lat=${lat}`,
    `/api/responsible?kind=lamp.fault&lon=${lon}&lat=${lat}`,
    '/api/facts?limit=5',
    '/api/measures/three-rates?by=unit',
    '/api/measures/three-rates?by=place&level=street',
    '/api/measures/counts?by=day&from=2026-05-01&to=2026-06-01',
    '/healthz',
    '/readyz',
    '/metrics',
    '/api/openapi.json',
  ]) {
    const answer = await server.inject({ url, headers: seat });
    assert.equal(answer.statusCode, 200, `${url}: ${answer.body}`);
  }
  const [anyCase] = (await server.inject({ url: '/api/cases?limit=1', headers: seat })).json().cases;
  for (const [name, url] of [
    ['getTown', '/api/town'],
    ['listKinds', '/api/kinds'],
    ['listScenes', '/api/scenes'],
    ['findPlaces', `/api/places/at?lon=${lon}&lat=${lat}`],
    ['whoIsResponsible', `/api/responsible?kind=lamp.fault&lon=${lon}&lat=${lat}`],
    ['listFacts', '/api/facts'],
    ['getThreeRates', '/api/measures/three-rates?by=kind'],
    ['getCounts', '/api/measures/counts?by=week'],
    ['listCases', '/api/cases?limit=100'],
    ['getCase', anyCase.link],
    ['explainCase', `${anyCase.link}/explain`],
  ] as const) {
    const answer = await server.inject({ url, headers: seat });
    const read = routeOf(name).answers[200]!.safeParse(answer.json());
    assert.ok(read.success, `${name}: ${read.error?.message}`);
  }
  const who = await server.inject({
    url: `/api/responsible?kind=lamp.fault&lon=${lon}&lat=${lat}`,
    headers: seat,
  });
  assert.equal(who.json().outcome, 'somebody', who.body);
  const lines = await server.inject({
    url: '/api/facts?limit=3',
    headers: { ...seat, accept: 'application/x-ndjson' },
  });
  assert.deepEqual(
    lines.body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).position),
    [1, 2, 3],
  );
  const rates = (await server.inject({ url: '/api/measures/three-rates', headers: seat })).json();
  assert.deepEqual([rates.pooled.n, rates.pooled.solve], [0, null]);
});

test('Open311: services, a report with a key, and the report in the list', async () => {
  const { server, town, faults, point } = api;
  const services = await server.inject('/open311/v2/services.json');
  assert.ok(
    services.json().some((service: { service_code: string }) => service.service_code === 'lamp.fault'),
  );
  const form = (fields: Record<string, string>) => ({
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(fields).toString(),
  });
  const report = { service_code: 'lamp.fault', lat: String(point.lat), long: String(point.lon) };
  const noKey = await server.inject({ method: 'POST', url: '/open311/v2/requests.json', ...form(report) });
  assert.equal(noKey.statusCode, 403);
  const keyed = { ...report, api_key: apiKeyOf(town.secret, 'neighbour'), description: '公园里的路灯不亮' };
  const posted = await server.inject({ method: 'POST', url: '/open311/v2/requests.json', ...form(keyed) });
  assert.ok([200, 201].includes(posted.statusCode), `${posted.body} ${faults}`);
  const [{ service_request_id: id }] = posted.json();
  const listed = await server.inject('/open311/v2/requests.json?service_code=lamp.fault');
  assert.ok(
    listed.json().some((r: { service_request_id: string }) => r.service_request_id === id),
    listed.body,
  );
  const xml = await server.inject(`/open311/v2/requests/${id}.xml`);
  assert.match(xml.body, /公园里的路灯不亮/);
  const updates = await server.inject('/open311/v2/servicerequestupdates.json');
  assert.ok(updates.json().some((u: { service_request_id: string }) => u.service_request_id === id));
});

test('every error of every route has one shape and tells nothing of the inside', async () => {
  const { server, seat } = api;
  for (const name of ROUTE_NAMES.filter((route) => route !== 'streamFacts')) {
    const { method, path, auth } = routeOf(name);
    const url = path.replace(':id', 'nothing').replace(':number', '12');
    for (const headers of [{}, { authorization: 'Bearer x.y' }, seat]) {
      const answer = await server.inject({
        method,
        url,
        headers: { 'content-type': 'application/json', ...headers },
        ...(method === 'POST' ? { payload: '{"half' } : {}),
      });
      if (answer.statusCode < 400) continue;
      assert.match(
        String(answer.headers['content-type']),
        /^application\/problem\+json/,
        `${name} ${answer.body}`,
      );
      const { type, title, status, code, detail, remedy } = answer.json();
      assert.equal(status, answer.statusCode);
      assert.ok(type && title && code && detail && remedy, answer.body);
      assert.doesNotMatch(answer.body, /node_modules|\bat .*\.ts:/);
      assert.ok(answer.headers['content-security-policy']);
    }
    if (auth === 'staff' && method === 'GET')
      assert.equal((await server.inject({ method, url })).statusCode, 401);
  }
  const lost = await server.inject('/api/nothing');
  assert.equal(lost.json().code, 'no-such-route');
});

test('a token of somebody who left the post opens nothing', async () => {
  const { server, town } = api;
  const gone = town.staff.find((seat_) => seat_.validTo !== undefined && seat_.validTo < NOW);
  assert.ok(gone, 'somebody of the made-up town has left a post');
  const { tokenOf } = await import('./tokens.ts');
  const headers = {
    authorization: `Bearer ${tokenOf(town.secret, { post: gone.post, person: gone.person })}`,
  };
  assert.equal((await server.inject({ url: '/api/cases', headers })).statusCode, 401);
  assert.equal(
    (await server.inject({ url: '/api/cases', headers: tokenFor(town, gone.post) })).statusCode,
    200,
  );
});

/** A picture of one pixel, as PNG. */
const DOT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const JPEG = [0xff, 0xd8, 0xff];

function multipart(
  field: string,
  name: string,
  bytes: Buffer,
): { headers: Record<string, string>; payload: Buffer } {
  const boundary = 'made-up-boundary';
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="${field}"; filename="${name}"\r\ncontent-type: image/jpeg\r\n\r\n`;
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  };
}

test('no orders from above are none, and a file without a header is the sender’s fault', async () => {
  const { server, seat } = api;
  const send = async (type: string, payload: string) =>
    await server.inject({
      method: 'POST',
      url: '/api/upstream/orders?system=city',
      payload,
      headers: { ...seat, 'content-type': type },
    });
  const none = await send('application/json', '[]');
  assert.deepEqual([none.statusCode, none.json()], [200, { orders: [], refused: [] }]);
  const strange = await send('application/json', '[7, {}]');
  assert.deepEqual(
    strange.json().refused.map(({ row }: { row: number }) => row),
    [1, 2],
  );
  const empty = await send('text/csv', '');
  assert.deepEqual([empty.statusCode, empty.json().code], [400, 'bad-input']);
});
