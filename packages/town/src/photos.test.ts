import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal } from '@gezhi/basis';
import sharp from 'sharp';
import { PHOTO_BYTES_MAX, readPhoto } from './photos.ts';

test('a photo is kept upright, small, and without what the camera wrote into it', async () => {
  const lying = await sharp({ create: { width: 3000, height: 600, channels: 3, background: 'red' } })
    .withExif({ IFD0: { Copyright: 'somebody' }, IFD3: { GPSLatitude: '30/1 0/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  const photo = await readPhoto(lying);
  assert.ok(!isRefusal(photo));
  assert.deepEqual([photo.type, photo.height, photo.width], ['image/jpeg', 2048, 410]);
  const { exif, orientation, format } = await sharp(photo.bytes).metadata();
  assert.deepEqual([exif, orientation, format], [undefined, undefined, 'jpeg']);
});

test('what is no picture is refused, whatever it is called', async () => {
  for (const bytes of [
    Buffer.from(''),
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>'),
    Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]),
    Buffer.alloc(PHOTO_BYTES_MAX + 1, 0xff),
  ]) {
    const refused = await readPhoto(bytes);
    assert.ok(isRefusal(refused) && refused.code === 'no-photo', String(bytes.length));
  }
});

test('photos that come together are each read, whatever became of those before them', async () => {
  const good = await sharp({ create: { width: 20, height: 10, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  const broken = Buffer.concat([good.subarray(0, 40), Buffer.alloc(20)]);
  const read = await Promise.all(
    [broken, good, broken, good, good, broken, good].map((bytes) => readPhoto(bytes)),
  );
  assert.deepEqual(read.map(isRefusal), [true, false, true, false, false, true, false]);
});

test('a small file that unfolds into too many pixels is not unfolded', async () => {
  const bomb = await sharp({ create: { width: 10_000, height: 6_000, channels: 3, background: 'red' } })
    .png({ compressionLevel: 9 })
    .toBuffer();
  assert.ok(bomb.length < 1_000_000);
  const refused = await readPhoto(bomb);
  assert.ok(isRefusal(refused) && refused.code === 'no-photo');
});
