import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal } from '@gezhi/basis';
import { readMedia, readSound, SOUND_BYTES_MAX } from './sounds.ts';

const webm = Buffer.concat([Buffer.from([0x1a, 0x45, 0xdf, 0xa3]), Buffer.alloc(40)]);

test('a sound is told by its first bytes and kept as it is', async () => {
  assert.deepEqual(readSound(webm), { type: 'audio/webm', bytes: webm });
  for (const [head, type] of [
    ['OggS00000000', 'audio/ogg'],
    ['\0\0\0 ftypM4A ', 'audio/mp4'],
    ['RIFF0000WAVE', 'audio/wav'],
  ] as const) {
    const read = await readMedia(Buffer.from(head, 'latin1'));
    assert.ok(!isRefusal(read) && read.type === type, head);
  }
});

test('what is neither sound nor picture is refused, and so is what is too long', async () => {
  for (const bytes of [
    Buffer.from('<script>'),
    Buffer.from('RIFF0000AVI '),
    Buffer.concat([webm, Buffer.alloc(SOUND_BYTES_MAX)]),
  ]) {
    const refused = await readMedia(bytes);
    assert.ok(isRefusal(refused) && refused.code === 'no-photo', String(bytes.length));
  }
  assert.ok(isRefusal(readSound(Buffer.from('no'))));
});
