import type { Conflict, Entry } from './entry.ts';

/** What came of sending one entry. `later`: it stays as it is and is sent again. */
export type Outcome =
  | { readonly is: 'sent'; readonly seq?: number }
  | { readonly is: 'conflict'; readonly conflict: Conflict }
  | { readonly is: 'later'; readonly why: Later };

/** Why sending rests: no network, the service is busy, or somebody has to sign in. */
export type Later = 'offline' | 'busy' | 'signIn';

/** How long what is settled is still shown. */
const SHOWN_MS = 24 * 3_600_000;

/**
 * The next entry to send: the first in the order of doing whose case has nothing older that is unsettled. A conflict holds back what was
 * done to the same case afterwards, and nothing else; entries of another post wait for that post. Pictures go last, so that a weak network
 * holds up nothing that needs little of it; they need to have seen nothing and hold nothing back.
 */
export function nextToSend(entries: readonly Entry[], post: string): Entry | undefined {
  const held = new Set<string>();
  let heavy: Entry | undefined;
  for (const entry of inOrder(entries)) {
    if (entry.post !== post || isSettled(entry)) continue;
    const lane = laneOf(entry);
    const isNext = entry.state === 'waiting' && !held.has(lane);
    if (isNext && !hasPictures(entry)) return entry;
    if (isNext) heavy ??= entry;
    if (entry.deed.do !== 'photo') held.add(lane);
  }
  return heavy;
}

function hasPictures({ deed }: Entry): boolean {
  return deed.do === 'photo' || (deed.do === 'report' && deed.photos.length > 0);
}

/**
 * The last fact that an entry's doer knew of: what they had seen, or what their own earlier deeds on the same case left. Nothing where it
 * needs none: a photo is added to whatever stands there.
 */
export function expectedSeq(entries: readonly Entry[], entry: Entry): number | undefined {
  if (entry.deed.do !== 'command' || entry.seen === undefined) return undefined;
  const lane = laneOf(entry);
  const own = entries.filter(
    (other) => other.order < entry.order && laneOf(other) === lane && other.left !== undefined,
  );
  return Math.max(entry.seen, ...own.map(({ left }) => left ?? 0));
}

/**
 * The entry after it was sent. Where all that came in between are photos of the same post, nobody else did anything: it is sent again
 * by itself, having seen them.
 */
export function afterSending(entry: Entry, outcome: Outcome, now: number): Entry {
  if (outcome.is === 'later') return entry;
  if (outcome.is === 'sent') {
    const { conflict: _, ...rest } = entry;
    return {
      ...rest,
      state: 'sent',
      settledAt: now,
      ...(outcome.seq === undefined ? {} : { left: outcome.seq }),
    };
  }
  const { conflict } = outcome;
  const { since = [], seq } = conflict;
  const isMine = since.length > 0 && since.every((f) => f.post === entry.post && f.type === 'photographed');
  if (conflict.code === 'stale' && isMine && seq !== undefined) return { ...entry, seen: seq };
  return { ...entry, state: 'conflict', conflict };
}

/** What has to be sent or asked about still, of whatever post. */
export function unsettled(entries: readonly Entry[]): readonly Entry[] {
  return inOrder(entries).filter((entry) => !isSettled(entry));
}

/** What was settled more than a day ago needs no showing. */
export function outdated(entries: readonly Entry[], now: number): readonly Entry[] {
  return entries.filter(({ settledAt }) => settledAt !== undefined && settledAt < now - SHOWN_MS);
}

export function isSettled({ state }: Entry): boolean {
  return state === 'sent' || state === 'dropped';
}

function inOrder(entries: readonly Entry[]): readonly Entry[] {
  return [...entries].sort((a, b) => a.order - b.order);
}

/** What is sent one after the other: deeds to one case, visits of one stop. */
export function laneOf({ deed, id }: Entry): string {
  if (deed.do === 'command' || deed.do === 'photo') return deed.caseId;
  return deed.do === 'visit' ? `${deed.round}/${deed.stop}` : id;
}
