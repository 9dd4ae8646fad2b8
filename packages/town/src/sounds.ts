import { isRefusal, type Refusal, refuse } from '@gezhi/basis';
import { type ReadPhoto, readPhoto } from './photos.ts';

export const SOUND_TYPES = ['audio/webm', 'audio/ogg', 'audio/mp4', 'audio/wav'] as const;

/** What somebody said, as their browser recorded it: a person listens. */
export type ReadSound = { readonly type: (typeof SOUND_TYPES)[number]; readonly bytes: Buffer };

/** Two minutes of speech as browsers record it are about 1 MB; of plain samples, more. */
export const SOUND_BYTES_MAX = 4 * 1024 * 1024;

/** Reads a sound: its type is told by its first bytes, whatever its name or header said. Refuses `no-sound`, saying why. */
export function readSound(bytes: Buffer): ReadSound | Refusal {
  if (bytes.length > SOUND_BYTES_MAX) {
    return refuse('no-sound', `The file has ${bytes.length} bytes; at most ${SOUND_BYTES_MAX} are taken.`);
  }
  const type = soundType(bytes);
  return type ? { type, bytes } : refuse('no-sound', 'The file is no WebM, Ogg, MP4 or WAV.');
}

function soundType(bytes: Buffer): ReadSound['type'] | undefined {
  const text = bytes.subarray(0, 12).toString('latin1');
  if (text.startsWith('\x1a\x45\xdf\xa3')) return 'audio/webm';
  if (text.startsWith('OggS')) return 'audio/ogg';
  if (text.slice(4, 8) === 'ftyp') return 'audio/mp4';
  if (text.startsWith('RIFF') && text.slice(8) === 'WAVE') return 'audio/wav';
  return undefined;
}

/** Reads what came with a report: a sound, or else a photo. Refuses what `readPhoto` refuses. */
export async function readMedia(bytes: Buffer): Promise<ReadPhoto | ReadSound | Refusal> {
  if (soundType(bytes) === undefined) return await readPhoto(bytes);
  const sound = readSound(bytes);
  return isRefusal(sound) ? refuse('no-photo', sound.because) : sound;
}
