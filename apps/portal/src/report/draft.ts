import type { OutsidePoint } from '@gezhi/ui';
import { newId } from '@gezhi/ui/device';
import { forget, keep, readKept } from '../kept/store.ts';

export type Way = 'none' | 'phone' | 'sms' | 'visit' | 'mail';

/** A sound that a person is to hear: as the browser recorded it. */
export type Sound = { readonly blob: Blob; readonly seconds: number };

/** A photo as it will be sent. */
export type Photo = { readonly id: string; readonly blob: Blob };

/** A report in the making. `id` is chosen once, so that sending twice is harmless. */
export type Draft = {
  readonly id: string;
  readonly words: string;
  readonly photos: readonly Photo[];
  readonly sound?: Sound | undefined;
  readonly kind?: string | undefined;
  /** Answers to the questions that its kind asks, in their order. */
  readonly asked?: readonly { readonly question: string; readonly answer: string }[] | undefined;
  /** The neighbour's case that its writer says it is. */
  readonly joins?: string | undefined;
  readonly placeText: string;
  readonly point?: { readonly lon: number; readonly lat: number } | undefined;
  /** The point was taken from a service outside. */
  readonly outside?: OutsidePoint | undefined;
  readonly asset?: { readonly code: string; readonly name: string } | undefined;
  readonly grid?: { readonly code: string; readonly name: string } | undefined;
  readonly way: Way;
  readonly address: string;
  readonly name: string;
  /** Under 14: the contact is a parent's or guardian's, and nothing is kept of the child. */
  readonly isChild?: boolean | undefined;
  readonly isPublic: boolean;
};

export const PHOTOS_MAX = 4;
export const WORDS_MAX = 2000;
const KEY = 'draft';

export function newDraft(): Draft {
  return {
    id: newId(),
    words: '',
    photos: [],
    placeText: '',
    way: 'none',
    address: '',
    name: '',
    isPublic: false,
  };
}

/** Whether there is anything worth keeping. */
export function isBlank({ words, photos, sound, placeText }: Draft): boolean {
  return words.trim() === '' && photos.length === 0 && !sound && placeText === '';
}

export async function readDraft(): Promise<Draft | undefined> {
  return await readKept<Draft>(KEY);
}

/** Kept as it is typed, so that a lost network, a call or a dead battery takes nothing away. */
export async function keepDraft(draft: Draft): Promise<void> {
  await keep(KEY, draft);
}

export async function dropDraft(): Promise<void> {
  await forget(KEY);
}
