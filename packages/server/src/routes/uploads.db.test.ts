import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sweepUploads } from '@gezhi/storage';
import { demoApp, reportEvent } from '../testing/demo-town.ts';

test('a photo comes in pieces, cut, twice and out of order, and is used in a report and added to it later', async (t) => {
  const { server, town, clock } = await demoApp(t);
  const photo = Buffer.from(PIXEL, 'base64');
  const id = 'made-up-upload-0001';
  const put = async (start: number, bytes: Buffer, upload = id): Promise<{ offset: number; code?: string }> =>
    (
      await server.inject({
        method: 'PUT',
        url: `/api/uploads/${upload}?offset=${start}`,
        headers: { 'content-type': 'application/octet-stream' },
        payload: bytes,
      })
    ).json();
  const third = Math.ceil(photo.length / 3);
  const piece = (i: number): Buffer => photo.subarray(i * third, (i + 1) * third);
  assert.equal((await put(third, piece(1))).offset, 0, 'the second before the first is left aside');
  assert.equal((await put(0, piece(0))).offset, third);
  const both = await Promise.all([put(third, piece(1)), put(third, piece(1)), put(0, piece(0))]);
  assert.ok(both.every(({ offset }) => offset === third || offset === 2 * third));
  assert.equal((await server.inject(`/api/uploads/${id}`)).json().offset, 2 * third);
  assert.equal((await put(2 * third, piece(2))).offset, photo.length);
  assert.equal((await put(10 * 1024 * 1024, piece(0))).code, 'no-photo', 'no file is longer');

  const report = async (photos: readonly string[]) =>
    (
      await server.inject({
        method: 'POST',
        url: '/api/signals',
        payload: reportEvent(`up-${photos}`, { words: '见照片', kind: 'waste.dump', channel: 'app', photos }),
      })
    ).json();
  const made = await report([`upload:${id}`]);
  assert.deepEqual(made.photos, { kept: 1, refused: 0 });
  assert.equal((await report(['upload:nothing-of-it-here'])).code, 'no-such-upload');
  const add = () =>
    server.inject({
      method: 'POST',
      url: `/api/requests/${made.number}/photos?code=${made.code}&upload=${id}`,
    });
  const added = (await add()).json().photos;
  assert.deepEqual((await add()).json().photos, added, 'twice is once');
  const { rows } = await town.db.pool.query('SELECT bytes FROM upload_part');
  assert.ok(
    rows.every(({ bytes }) => !photo.includes(bytes as Buffer)),
    'pieces lie sealed',
  );
  assert.equal(await sweepUploads(town.db.pool, town.district, clock.now + 1), 3);
  assert.equal((await server.inject(`/api/uploads/${id}`)).json().offset, 0);
});

/** A picture of one pixel. */
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
