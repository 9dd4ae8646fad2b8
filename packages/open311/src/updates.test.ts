import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR } from '@gezhi/basis';
import { get, post, said, wrong } from './made-up-calls.ts';
import { KEY, madeUpRequest, madeUpTown, NOW } from './made-up-port.ts';
import { readXml } from './read-xml.ts';

const UPDATE = `api_key=${KEY}&service_request_id=r1&update_id=9&updated_datetime=2026-05-01T08:00:00%2B08:00&description=done`;

test('an update is taken once, however often it is sent; its status may be upper or lower case', async () => {
  const town = madeUpTown({ requests: [madeUpRequest('r1')] });
  for (const status of ['IN_PROGRESS', 'in_progress']) {
    const answer = await post(town, '/servicerequestupdates.json', `${UPDATE}&status=${status}`);
    assert.deepEqual(said(answer), [200, [{ update_id: 'u-9' }]]);
  }
  const media =
    '&media_url=https://a.example/1&media_url=data:image/png;base64,AAAA&public_anonymity_required=TRUE';
  const xml = await post(town, '/servicerequestupdates.xml', `${UPDATE}&status=FIXED${media}`);
  assert.deepEqual(readXml(xml.body), [{ update_id: 'u-9' }]);
  assert.equal(town.updatesTaken.size, 1);
  const taken = town.updatesTaken.get('9');
  assert.equal(taken?.status, 'in_progress');
  assert.equal(taken?.updatedAt, NOW);
});

test('an update that lacks what it needs, or speaks of nothing', async () => {
  const town = madeUpTown({ requests: [madeUpRequest('r1')] });
  const nothing = await post(town, '/servicerequestupdates.json', `api_key=${KEY}&description=`);
  const required = ['update_id', 'service_request_id', 'status', 'updated_datetime', 'description'];
  assert.deepEqual(said(nothing), wrong(400, ...required.map((name) => `${name} is required.`)));
  const odd = UPDATE.replace('%2B08:00', '');
  const answer = await post(
    town,
    '/servicerequestupdates.json',
    `${odd}&status=SLEEPING&email_alerts_requested=yes`,
  );
  assert.equal((JSON.parse(answer.body) as unknown[]).length, 3, answer.body);
  const unknown = await post(
    town,
    '/servicerequestupdates.json',
    `${UPDATE.replace('r1', 'r9')}&status=OPEN`,
  );
  assert.deepEqual(said(unknown), wrong(404, 'service_request_id was not found.'));
});

test('updates are told oldest first, in lower case, with one or several media', async () => {
  const update = (updateId: string, updatedAt: number, mediaUrls: readonly string[] = []) => ({
    updateId,
    serviceRequestId: 'r1',
    status: 'action_scheduled' as const,
    updatedAt,
    description: `& ${updateId}`,
    mediaUrls,
  });
  const updates = [update('3', NOW), update('2', NOW - HOUR, ['u', 'v']), update('1', NOW, ['u'])];
  const town = madeUpTown({ updates });
  const common = { service_request_id: 'r1', status: 'action_scheduled' };
  const told = [
    {
      update_id: '2',
      ...common,
      updated_datetime: '2026-04-30T23:00:00Z',
      description: '& 2',
      media_url: ['u', 'v'],
    },
    {
      update_id: '1',
      ...common,
      updated_datetime: '2026-05-01T00:00:00Z',
      description: '& 1',
      media_url: 'u',
    },
    { update_id: '3', ...common, updated_datetime: '2026-05-01T00:00:00Z', description: '& 3' },
  ];
  assert.deepEqual(said(await get(town, `/servicerequestupdates.json?api_key=${KEY}`)), [200, told]);
  assert.deepEqual(readXml((await get(town, '/servicerequestupdates.xml')).body), told);
  assert.equal((await get(town, '/servicerequestupdates.xml?start_date=2026-05-01')).status, 400);
});
