import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY } from '@gezhi/basis';
import type { Answer } from './call.ts';
import { get, said, wrong } from './made-up-calls.ts';
import { type MadeUpTown, madeUpRequest, madeUpTown, NOW } from './made-up-port.ts';
import { readXml } from './read-xml.ts';

async function idsOf(town: MadeUpTown, filters: string): Promise<string> {
  const answer = await get(town, `/requests.json?${filters}`);
  assert.equal(answer.status, 200, answer.body);
  return (JSON.parse(answer.body) as { service_request_id: string }[])
    .map((each) => each.service_request_id)
    .join(' ');
}

test('no dates: the last 90 days, both ends included', async () => {
  const requests = [0, 90 * DAY, 90 * DAY + 1].map((age, i) =>
    madeUpRequest(`r${i}`, { requestedAt: NOW - age }),
  );
  assert.equal(await idsOf(madeUpTown({ requests }), ''), 'r0 r1');
  assert.equal(await idsOf(madeUpTown({ requests }), 'end_date=2026-04-30T00:00:00Z'), 'r1 r2');
  assert.equal(await idsOf(madeUpTown({ requests }), 'start_date=2026-01-31T12:00:00Z'), 'r0');
});

test('dates: 90 days are answered, 91 refused; a zone is needed', async () => {
  const span = (end: string): Promise<Answer> =>
    get(madeUpTown(), `/requests.json?start_date=2026-01-01T00:00:00Z&end_date=${end}`);
  assert.equal((await span('2026-04-01T00:00:00Z')).status, 200);
  assert.equal((await span('2026-04-01T08:00:00%2B08:00')).status, 200);
  assert.equal((await span('2026-04-01T08:00:00+08:00')).status, 200, 'a plus sign that nobody encoded');
  assert.deepEqual(
    said(await span('2026-04-02T00:00:00Z')),
    wrong(400, 'start_date and end_date span more than 90 days.'),
  );
  assert.deepEqual(said(await span('2025-12-31T00:00:00Z')), wrong(400, 'start_date lies after end_date.'));
  for (const end of ['2026-04-01T00:00:00', '2026-04-01', '2026-02-30T00:00:00Z', 'yesterday']) {
    assert.equal((await span(end)).status, 400, end);
  }
});

test('more than 1,000 results: the first 1,000, and pages', async () => {
  const requests = Array.from({ length: 1_005 }, (_, i) => madeUpRequest(`r${i}`));
  const town = madeUpTown({ requests });
  assert.equal((await idsOf(town, '')).split(' ').length, 1_000);
  assert.equal(await idsOf(town, 'page=2'), 'r1000 r1001 r1002 r1003 r1004');
  assert.equal(await idsOf(town, 'page=3&page_size=2'), 'r4 r5');
  for (const page of ['page=0', 'page=x', 'page_size=1001', 'page=101&page_size=1000']) {
    assert.equal((await get(town, `/requests.json?${page}`)).status, 400, page);
  }
});

const FOUR = [
  madeUpRequest('r1'),
  madeUpRequest('r2', { serviceCode: 'tree', point: { lat: 31.5, long: 118.5 } }),
  madeUpRequest('r3', { serviceCode: 'dump', status: 'closed', point: { lat: 32.5, long: 118.5 } }),
  madeUpRequest('r4', { public: false }),
];

test('filters: comma lists, repeated names, status in any case, a box', async () => {
  const town = madeUpTown({ requests: FOUR });
  assert.equal(await idsOf(town, ''), 'r1 r2 r3');
  assert.equal(await idsOf(town, 'service_code=lamp, tree'), 'r1 r2');
  assert.equal(await idsOf(town, 'service_code=boat'), '');
  assert.equal(await idsOf(town, 'status=CLOSED'), 'r3');
  assert.equal(await idsOf(town, 'status=open&status=closed'), 'r1 r2 r3');
  assert.equal(await idsOf(town, 'status=&service_code='), 'r1 r2 r3');
  assert.equal(await idsOf(town, 'bbox=118,31,119,32'), 'r2');
  for (const bad of [
    'status=fixed',
    'bbox=118,31,119',
    'bbox=119,31,118,32',
    'bbox=118,31,119,x',
    'bbox=0,0,0,91',
  ]) {
    assert.equal((await get(town, `/requests.json?${bad}`)).status, 400, bad);
  }
});

test('service_request_id overrides every other argument, and keeps its order', async () => {
  const town = madeUpTown({ requests: FOUR });
  assert.equal(
    await idsOf(town, 'service_request_id=r3,r1,nobody&status=nonsense&start_date=never'),
    'r3 r1',
  );
});

test('a private request is never shown, by no way', async () => {
  const town = madeUpTown({ requests: FOUR });
  assert.equal(await idsOf(town, 'service_request_id=r4'), '');
  assert.deepEqual(
    said(await get(town, '/requests/r4.json')),
    wrong(404, 'service_request_id was not found.'),
  );
  for (const path of [
    '/requests.xml',
    '/requests.xml?service_request_id=r4',
    '/requests/r4.xml?extensions=true',
  ]) {
    assert.doesNotMatch((await get(town, path)).body, /r4/);
  }
});

test('one request: every field, in JSON and in XML', async () => {
  const requests = [
    madeUpRequest('a/1.5 &', {
      statusNotes: '已派单',
      description: '<script>1 < 2 && "x"</script>',
      agencyResponsible: '城管中队',
      serviceNotice: 'notice',
      updatedAt: NOW,
      expectedAt: NOW + DAY,
      address: '三组水井旁',
      addressId: 'A7',
      zipcode: '000000',
      point: { lat: 31.25, long: -0.0000001 },
      mediaUrl: 'https://a.example/1.jpg?a=1&b=2',
      extended: {
        title: 't',
        status: 'in_progress',
        channel: 'phone',
        photos: ['https://a.example/1.jpg'],
        attributes: [{ code: 'what', name: '什么', values: ['soil'] }],
        notes: [{ at: NOW, description: 'looked', type: 'visit' }],
      },
    }),
  ];
  const town = madeUpTown({ requests });
  const path = `/requests/${encodeURIComponent('a/1.5 &')}`;
  const fields = {
    service_request_id: 'a/1.5 &',
    status: 'open',
    status_notes: '已派单',
    service_name: '路灯不亮',
    service_code: 'lamp',
    description: '<script>1 < 2 && "x"</script>',
    agency_responsible: '城管中队',
    service_notice: 'notice',
    requested_datetime: '2026-04-30T23:00:00Z',
    updated_datetime: '2026-05-01T00:00:00Z',
    expected_datetime: '2026-05-02T00:00:00Z',
    address: '三组水井旁',
    address_id: 'A7',
    zipcode: '000000',
    lat: 31.25,
    long: -1e-7,
    media_url: 'https://a.example/1.jpg?a=1&b=2',
  };
  assert.deepEqual(said(await get(town, `${path}.json`)), [200, [fields]]);
  const more = {
    title: 't',
    extended_status: 'in_progress',
    attributes: [{ code: 'what', name: '什么', values: ['soil'] }],
    notes: [{ datetime: '2026-05-01T00:00:00Z', description: 'looked', type: 'visit' }],
    extended_attributes: { channel: 'phone', photos: ['https://a.example/1.jpg'] },
  };
  assert.deepEqual(said(await get(town, `${path}.json?extensions=true`)), [200, [{ ...fields, ...more }]]);
  const xml = readXml((await get(town, `${path}.xml?extensions=true`)).body);
  assert.deepEqual(xml, [{ ...fields, lat: '31.25', long: '-1e-7', ...more }]);
  assert.equal((await get(town, `${path.replace('requests', 'request')}.json`)).status, 200);
});
