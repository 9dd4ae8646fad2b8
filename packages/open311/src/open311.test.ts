import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Call } from './call.ts';
import { get, post, said, wrong } from './made-up-calls.ts';
import { KEY, madeUpRequest, madeUpTown, NOW } from './made-up-port.ts';
import { open311 } from './open311.ts';
import { readXml } from './read-xml.ts';

const LAMP = `api_key=${KEY}&service_code=lamp&lat=31.2&long=118.1`;
const TWO = { jurisdictions: ['a.example', 'b.example'] };

test('jurisdiction: one may be left out, several must be named, an unknown one is 404', async () => {
  assert.equal((await get(madeUpTown(), '/services.json')).status, 200);
  assert.equal((await get(madeUpTown(), '/services.json?jurisdiction_id=')).status, 200);
  assert.equal((await get(madeUpTown(TWO), '/services.json?jurisdiction_id=b.example')).status, 200);
  const missing = await get(madeUpTown(TWO), '/services.json');
  assert.deepEqual(
    said(missing),
    wrong(400, 'jurisdiction_id is required: several jurisdictions are served here.'),
  );
  const unknown = await get(madeUpTown(), '/services.json?jurisdiction_id=nowhere');
  assert.deepEqual(said(unknown), wrong(404, 'jurisdiction_id was not found.'));
  const both = await get(
    madeUpTown(TWO),
    '/services.json?jurisdiction_id=a.example&jurisdiction_id=b.example',
  );
  assert.deepEqual(said(both), wrong(400, 'jurisdiction_id is given more than once.'));
});

test('discovery: XML, JSON and HTML, for anybody', async () => {
  const endpoint = {
    specification: 'http://wiki.open311.org/GeoReport_v2',
    url: 'https://qingxi.example/open311/v2',
    changeset: '2026-05-01T00:00:00Z',
    type: 'test',
    formats: ['text/xml', 'application/json'],
  };
  const discovery = {
    changeset: '2026-05-01T00:00:00Z',
    contact: 'open311@qingxi.example',
    key_service: 'https://qingxi.example/keys',
    endpoints: [endpoint],
  };
  assert.deepEqual(said(await get(madeUpTown(TWO), '/discovery.json')), [200, discovery]);
  const xml = await get(madeUpTown(TWO), '/discovery.xml');
  assert.equal(xml.headers['content-type'], 'text/xml; charset=utf-8');
  assert.deepEqual(readXml(xml.body), discovery);
  const html = await get(madeUpTown(TWO), '/discovery.html');
  assert.equal(html.headers['content-type'], 'text/html; charset=utf-8');
  assert.match(html.body, /<a href="https:\/\/qingxi\.example\/keys">/);
});

test('services: metadata, group and groups, keywords', async () => {
  const [status, services] = said(await get(madeUpTown(), '/services.json'));
  assert.equal(status, 200);
  assert.deepEqual(services, [
    { service_code: 'lamp', service_name: '路灯不亮', metadata: false, type: 'realtime', group: 'street' },
    {
      service_code: 'tree',
      service_name: '树木倒伏',
      metadata: false,
      type: 'batch',
      group: 'green',
      groups: ['green', 'street'],
    },
    {
      service_code: 'dump',
      service_name: '垃圾偷倒 & "其他"',
      description: '<夜间>偷倒',
      metadata: true,
      type: 'realtime',
      keywords: 'waste,private',
    },
  ]);
});

test('service definition: attributes in order, lists with their values; an unknown service is 404', async () => {
  const xml = readXml((await get(madeUpTown(), '/services/dump.xml')).body);
  const json = JSON.parse((await get(madeUpTown(), '/services/dump.json')).body) as {
    attributes: { order: number; values?: unknown }[];
  };
  assert.deepEqual(
    xml,
    JSON.parse(JSON.stringify(json), (_, v: unknown) => (typeof v === 'object' ? v : String(v))),
  );
  assert.deepEqual(
    json.attributes.map(({ order }) => order),
    [1, 2, 3, 4, 5],
  );
  assert.deepEqual(json.attributes[2]?.values, [{ key: 's', name: '小' }]);
  const unknown = await get(madeUpTown(), '/services/boat.json');
  assert.deepEqual(said(unknown), wrong(404, 'service_code was not found.'));
});

test('a list of one error in XML', async () => {
  const { status, headers, body } = await get(madeUpTown(), '/services/boat.xml');
  assert.equal(status, 404);
  assert.equal(headers['content-type'], 'text/xml; charset=utf-8');
  assert.equal(
    body,
    '<?xml version="1.0" encoding="utf-8"?>\n<errors><error><code>404</code>' +
      '<description>service_code was not found.</description></error></errors>',
  );
});

test('a missing or wrong key is 403, and its place may be the form or the query', async () => {
  const noKey = await post(madeUpTown(), '/requests.json', 'service_code=lamp&lat=1&long=2');
  assert.deepEqual(said(noKey), wrong(403, 'api_key is missing.'));
  const wrongKey = await post(madeUpTown(), '/requests.json', 'api_key=x&service_code=lamp&lat=1&long=2');
  assert.deepEqual(said(wrongKey), wrong(403, 'api_key is wrong.'));
  const update = await post(madeUpTown(), '/servicerequestupdates.xml', '');
  assert.equal(update.status, 403);
  const read = await get(madeUpTown(), '/servicerequestupdates.json?api_key=x');
  assert.equal(read.status, 403);
  const query = new URLSearchParams(LAMP);
  const inQuery = await open311(madeUpTown())({ method: 'POST', path: '/requests.json', query, now: NOW });
  assert.equal(inQuery.status, 200);
});

test('each way to say the place', async () => {
  const start = `api_key=${KEY}&service_code=lamp`;
  const town = madeUpTown();
  for (const place of ['lat=31.2&long=118.1', 'address_string=三组水井旁', 'address_id=A7']) {
    assert.equal((await post(town, '/requests.json', `${start}&${place}`)).status, 200, place);
  }
  const places = town.submitted.map(({ input }) => [input.point, input.addressString, input.addressId]);
  assert.deepEqual(places, [
    [{ lat: 31.2, long: 118.1 }, undefined, undefined],
    [undefined, '三组水井旁', undefined],
    [undefined, undefined, 'A7'],
  ]);
  const refusals: readonly (readonly [string, string])[] = [
    ['', 'A place is required: lat and long, or address_string, or address_id.'],
    ['&lat=&long=', 'A place is required: lat and long, or address_string, or address_id.'],
    ['&lat=31.2', 'lat and long are only taken together.'],
    ['&lat=91&long=1', 'lat must be a number from -90 to 90, not "91".'],
    ['&lat=0x10&long=1', 'lat must be a number from -90 to 90, not "0x10".'],
  ];
  for (const [place, description] of refusals) {
    assert.deepEqual(said(await post(town, '/requests.json', start + place)), wrong(400, description));
  }
});

test('what a report says reaches the town as plain text', async () => {
  const town = madeUpTown();
  const words = new URLSearchParams({
    description: ' a <b>&\0\r\nb ',
    email: 'a@made-up.example',
    first_name: '',
  });
  const answer = await post(town, '/requests.json', `${LAMP}&${words}&media_url=https://a.example/1.jpg`);
  assert.deepEqual(said(answer), [
    200,
    [{ service_request_id: 'r1', service_notice: 'Somebody looks at it within a day.' }],
  ]);
  const { input, caller } = town.submitted[0] ?? assert.fail('nothing was submitted');
  assert.equal(caller.account, 'neighbour-app');
  assert.equal(input.description, 'a <b>&\nb');
  assert.equal(input.email, 'a@made-up.example');
  assert.equal(input.firstName, undefined);
  assert.deepEqual(input.mediaUrls, ['https://a.example/1.jpg']);
});

test('4,000 characters are taken, 4,001 are not; they are characters, not halves', async () => {
  const description = (text: string): string => `${LAMP}&description=${encodeURIComponent(text)}`;
  assert.equal((await post(madeUpTown(), '/requests.json', description('𠮷'.repeat(4000)))).status, 200);
  const over = await post(madeUpTown(), '/requests.json', description('字'.repeat(4001)));
  assert.deepEqual(said(over), wrong(400, 'description has 4001 characters; at most 4000 are taken.'));
});

test('service_code: missing is 400, unknown is 404', async () => {
  const missing = await post(madeUpTown(), '/requests.json', `api_key=${KEY}&lat=1&long=1`);
  assert.deepEqual(said(missing), wrong(400, 'service_code is required.'));
  const unknown = await post(madeUpTown(), '/requests.json', `api_key=${KEY}&service_code=boat&lat=1&long=1`);
  assert.deepEqual(said(unknown), wrong(404, 'service_code was not found.'));
});

const DUMP = `api_key=${KEY}&service_code=dump&address_id=A7`;

test('attributes: one value, many values, in each way of writing them', async () => {
  const town = madeUpTown();
  const many = 'attribute[what][]=soil&attribute[what][]=sofa&attribute%5Btons%5D=1.5&attribute[note]=seen';
  assert.equal((await post(town, '/requests.json', `${DUMP}&${many}`)).status, 200);
  const php = 'attribute[what][0]=soil&attribute[what][1]=sofa&attribute[tons]=';
  assert.equal((await post(town, '/requests.json', `${DUMP}&${php}`)).status, 200);
  assert.deepEqual(
    town.submitted.map(({ input }) => input.attributes),
    [
      [
        { code: 'what', values: ['soil', 'sofa'] },
        { code: 'tons', values: ['1.5'] },
      ],
      [{ code: 'what', values: ['soil', 'sofa'] }],
    ],
  );
});

test('attributes: every broken rule is told', async () => {
  const all =
    'attribute[boat]=1&attribute[size]=s&attribute[size]=t&attribute[tons]=many&attribute[seen]=2026-05-01T08:00:00&attribute=x';
  const moment =
    'must be a date and time with its zone, such as 2026-05-01T08:00:00+08:00 or 2026-05-01T00:00:00Z, not "2026-05-01T08:00:00".';
  assert.deepEqual(
    said(await post(madeUpTown(), '/requests.json', `${DUMP}&${all}`)),
    wrong(
      400,
      'attribute must be written attribute[code] or attribute[code][].',
      'attribute[what] is required.',
      'attribute[boat] is not an attribute of this service.',
      'attribute[size] takes one value, not 2.',
      'attribute[size] has no value "t" in its list.',
      `attribute[tons] must be a number from ${-Number.MAX_VALUE} to ${Number.MAX_VALUE}, not "many".`,
      `attribute[seen] ${moment}`,
    ),
  );
});

test('files: in the fields that clients use, and in no other', async () => {
  const file = (field: string, bytes = 3): NonNullable<Call['files']>[number] => ({
    field,
    filename: 'lamp.jpg',
    type: 'image/jpeg',
    bytes: new Uint8Array(bytes),
  });
  const town = madeUpTown();
  const files = ['file_a', 'photo1', 'photo2', 'media', 'media[]'].map((field) => file(field));
  const untouched = {
    field: 'photo3',
    filename: '',
    type: 'application/octet-stream',
    bytes: new Uint8Array(),
  };
  assert.equal((await post(town, '/requests.json', LAMP, { files: [...files, untouched] })).status, 200);
  assert.deepEqual(town.submitted[0]?.input.files, files);
  const odd = await post(town, '/requests.json', LAMP, { files: [file('avatar'), file('media', 0)] });
  assert.deepEqual(
    said(odd),
    wrong(
      400,
      'A file came in the field "avatar"; use media, photo1, photo2 … or file_….',
      'The file in "media" is empty.',
    ),
  );
  const script = await post(town, '/requests.json', `${LAMP}&media_url=javascript:alert(1)`);
  assert.equal(script.status, 400);
});

test('a refusal of the town is told with its reason', async () => {
  const answer = await post(madeUpTown(), '/requests.json', `${LAMP}&description=!`);
  assert.deepEqual(said(answer), wrong(400, 'The description says nothing.'));
});

test('tokens: given for a batch service, resolved, not yet resolved, unknown', async () => {
  const given = await post(madeUpTown(), '/requests.json', `api_key=${KEY}&service_code=tree&address_id=A7`);
  assert.deepEqual(said(given), [200, [{ token: 't-1' }]]);
  const resolved = await get(madeUpTown(), '/tokens/t-1.json');
  assert.deepEqual(said(resolved), [200, [{ service_request_id: 'r1', token: 't-1' }]]);
  assert.deepEqual(readXml((await get(madeUpTown(), '/tokens/t-2.xml')).body), [{ token: 't-2' }]);
  assert.deepEqual(said(await get(madeUpTown(), '/tokens/t-3.json')), wrong(404, 'token was not found.'));
});

test('paths: other suffixes, unknown resources, wrong methods', async () => {
  for (const path of ['/services', '/services.html', '/requests/1.txt', '/', '', '/.', '/discovery.htm']) {
    const answer = await get(madeUpTown(), path);
    assert.deepEqual([answer.status, answer.body], [404, 'Bad extension. We support .xml and .json'], path);
    assert.equal(answer.headers['content-type'], 'text/plain; charset=utf-8');
  }
  for (const path of [
    '/boats.json',
    '/services/a/b.json',
    '/requests/%zz.json',
    '/requests/.json',
    '/constructor.json',
  ]) {
    assert.deepEqual(said(await get(madeUpTown(), path)), wrong(404, 'Resource not found'), path);
  }
  const answer = await post(madeUpTown(), '/services.json', '');
  assert.deepEqual(said(answer), wrong(405, 'POST is not taken here; use GET.'));
  assert.equal(answer.headers.allow, 'GET');
});

test('pages of any origin may call', async () => {
  for (const path of ['/services.json', '/boats.xml', '/services', '/requests.json', '/discovery.html']) {
    assert.equal((await get(madeUpTown(), path)).headers['access-control-allow-origin'], '*', path);
  }
  const call = { method: 'OPTIONS', path: '/requests.json', query: new URLSearchParams(), now: NOW };
  assert.equal((await open311(madeUpTown())(call)).status, 204);
});

test('an unchanged list is answered by 304', async () => {
  const town = madeUpTown({ requests: [madeUpRequest('r1', { version: 1 })] });
  for (const path of ['/requests.json', '/requests.xml', '/services.json']) {
    const first = await get(town, path);
    assert.equal(first.status, 200);
    const etag = first.headers.etag ?? assert.fail(`${path} has no ETag`);
    const again = await get(town, path, { ifNoneMatch: `"x", ${etag}` });
    assert.deepEqual([again.status, again.body], [304, '']);
    assert.equal((await get(town, path, { ifNoneMatch: '"x"' })).status, 200);
  }
});

test('a fault of the town is a 500 that tells nothing, and is told to whoever watches', async () => {
  const town = { ...madeUpTown(), services: () => assert.fail('the database is away') };
  const call = { method: 'GET', path: '/services.xml', query: new URLSearchParams(), now: NOW };
  const faults: unknown[] = [];
  const answer = await open311(town, { onFault: (fault) => faults.push(fault) })(call);
  assert.equal(answer.status, 500);
  assert.doesNotMatch(answer.body, /database/);
  assert.equal(faults.length, 1);
  await assert.rejects(open311(town)(call), /the database is away/);
});
