import type { CloudEvent } from '@gezhi/contract';
import type { Draft } from './draft.ts';

/** The source of what comes by this app; with the draft's own id it makes sending twice harmless. */
export const SOURCE = 'portal';

/** What is said where only a photo or a sound speaks: the same each time, so that a lost answer can be asked for again. */
export type Stand = { readonly photo: string; readonly sound: string };

/** A draft as the signal it becomes: pictures and sound inside it, so that one answer holds for all. */
export async function eventOf(draft: Draft, stand: Stand, now: Date): Promise<CloudEvent> {
  const { id, photos, sound, kind, placeText, point, asset, grid, way, address, name, isPublic } = draft;
  const words = draft.words.trim() || (sound ? stand.sound : photos.length > 0 ? stand.photo : '');
  const reachMe = way === 'none' ? [] : [{ way, ...(address ? { address } : {}) }];
  const said = [grid && !asset ? grid.name : '', placeText.trim()].filter(Boolean).join(' ');
  return {
    specversion: '1.0',
    type: 'gezhi.report.v1',
    source: SOURCE,
    id,
    time: now.toISOString(),
    data: {
      words,
      channel: 'web',
      publicity: isPublic ? 'public' : 'private',
      ...(kind ? { kind } : {}),
      ...(said ? { placeText: said.slice(0, 300) } : {}),
      ...(point ? { point } : {}),
      ...(asset ? { asset: asset.code } : {}),
      ...(name.trim() || reachMe.length > 0
        ? {
            requester: {
              ...(name.trim() ? { name: name.trim() } : {}),
              ...(reachMe.length > 0 ? { reachMe } : {}),
            },
          }
        : {}),
      ...(photos.length > 0 ? { photos: await Promise.all(photos.map(({ blob }) => dataUrl(blob))) } : {}),
    },
  };
}

function dataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error('the file cannot be read'));
    reader.readAsDataURL(blob);
  });
}
