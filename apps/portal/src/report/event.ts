import type { CloudEvent, ReportData } from '@gezhi/contract';
import type { Draft } from './draft.ts';

/** The source of what comes by this app; with the draft's own id it makes sending twice harmless. */
export const SOURCE = 'portal';

/** What is said where only a photo or a sound speaks: the same each time, so that a lost answer can be asked for again. */
export type Stand = { readonly photo: string; readonly sound: string };

/** A signal as it waits on the device, with its photos and sounds as they are: they are put into it, or sent before it, when it is sent. */
export type Waiting = CloudEvent & { readonly photos?: readonly Blob[]; readonly sounds?: readonly Blob[] };

/** A draft as the signal it becomes: pictures and sound with it, so that one answer holds for all. */
export function eventOf(draft: Draft, stand: Stand, now: Date): Waiting {
  const { id, photos, sound, kind, placeText, point, outside, asset, grid, isPublic } = draft;
  const place = [grid && !asset ? grid.name : '', placeText.trim()].filter(Boolean).join(' ');
  return {
    specversion: '1.0',
    type: 'gezhi.report.v1',
    source: SOURCE,
    id,
    time: now.toISOString(),
    data: {
      words: saidOf(draft, stand),
      channel: 'web',
      publicity: isPublic ? 'public' : 'private',
      ...(kind ? { kind } : {}),
      ...(place ? { placeText: place.slice(0, 300) } : {}),
      ...(point ? { point } : {}),
      ...(point && outside ? { pointFrom: outside.from } : {}),
      ...(asset ? { asset: asset.code } : {}),
      ...whoOf(draft),
    },
    ...(photos.length > 0 ? { photos: photos.map(({ blob }) => blob) } : {}),
    ...(sound ? { sounds: [sound.blob] } : {}),
  };
}

/** What is said: the words, what the kind asked, or that a photo or a sound speaks. */
export function saidOf({ words, sound, photos, asked = [] }: Draft, stand: Stand): string {
  const own = words.trim() || (sound ? stand.sound : photos.length > 0 ? stand.photo : '');
  const answered = asked
    .filter(({ answer }) => answer.trim())
    .map(({ question, answer }) => `${question} ${answer.trim()}`);
  return [own, ...answered].filter(Boolean).join('\n');
}

type Requester = NonNullable<ReportData['requester']>;

/** Who is told: the requester, or of a child under 14 the guardian (PIPL Art. 31). Nobody, where nothing was left. */
export function whoOf(draft: Draft): Pick<ReportData, 'requester' | 'guardian'> {
  const person = personOf(draft);
  if (!person) return {};
  return draft.isChild ? { guardian: person } : { requester: person };
}

function personOf({ way, address, name }: Draft): Requester | undefined {
  const reachMe = way === 'none' ? [] : [{ way, ...(address.trim() ? { address: address.trim() } : {}) }];
  if (!name.trim() && reachMe.length === 0) return undefined;
  return { ...(name.trim() ? { name: name.trim() } : {}), ...(reachMe.length > 0 ? { reachMe } : {}) };
}
