import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sightChange } from '@gezhi/town';
import { demoApp, reportEvent } from '../testing/demo-town.ts';

test('before a power list changes, it is told which kinds of posts would see how many open cases more or less', async (t) => {
  const { server, town } = await demoApp(t);
  for (const id of ['a', 'b']) {
    const sent = await server.inject({
      method: 'POST',
      url: '/api/signals',
      headers: { 'content-type': 'application/cloudevents+json' },
      payload: reportEvent(id, { words: `第${id}盏路灯不亮了`, kind: 'lamp.fault' }),
    });
    assert.equal(sent.statusCode, 201, sent.body);
  }
  const { scene, powers } = town.pack;
  assert.deepEqual(await sightChange(town, { scene, powers }), [], 'the same list changes nothing');
  const blind = { ...powers, permits: powers.permits.filter(({ id }) => id !== 'hotline-sees') };
  const changes = await sightChange(town, { scene, powers: blind });
  const seats = changes.find(({ postKind }) => postKind === 'seat');
  assert.equal(seats?.loses, 2, JSON.stringify(changes));
  assert.equal(seats?.gains, 0);
  assert.ok(
    changes.every((change) => !('post' in change) && !('person' in change)),
    'kinds of posts, never persons',
  );
});
