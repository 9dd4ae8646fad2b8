import type { FieldCase } from '@gezhi/contract';
import { actionsIn, type FieldAction, type FieldProcess, stateAfter } from './ahead.ts';
import type { Entry } from './entry.ts';
import { isSettled, laneOf } from './outbox.ts';

/**
 * What can be done about a conflict. `again`: all of mine is still allowed as the case stands now; `note`: it can be kept as words, by this
 * action; to drop mine is always possible.
 */
export type WaysOut = {
  readonly again: boolean;
  readonly note?: { readonly action: FieldAction; readonly number?: string };
};

/**
 * What one decision is about: the entry in conflict, and what its doer did to the same case afterwards, which hangs on it. A photo that
 * was refused stands alone.
 */
export function heldTogether(entries: readonly Entry[], entry: Entry): readonly Entry[] {
  if (entry.deed.do === 'photo') return [entry];
  const behind = entries.filter(
    (other) =>
      other.order > entry.order &&
      other.post === entry.post &&
      laneOf(other) === laneOf(entry) &&
      !isSettled(other),
  );
  return [entry, ...behind.sort((a, b) => a.order - b.order)];
}

export function waysOut(
  held: readonly Entry[],
  process: FieldProcess | undefined,
  theirs: FieldCase | undefined,
): WaysOut {
  const [first] = held;
  if (first?.deed.do === 'report' || first?.deed.do === 'visit') return { again: true };
  if (!theirs || !process) return { again: false };
  const isOpen = process.states[theirs.state]?.isOpen ?? false;
  const note = noteFor(actionsIn(process, { state: theirs.state, isOpen }, theirs.may), theirs);
  const again = isPossible(held, process, theirs, isOpen);
  return { again, ...(note && first?.deed.do === 'command' ? { note } : {}) };
}

/** Whether one could be done after the other, from where the case stands now. */
function isPossible(
  held: readonly Entry[],
  process: FieldProcess,
  theirs: FieldCase,
  isOpenNow: boolean,
): boolean {
  let at = { state: theirs.state, isOpen: isOpenNow };
  for (const { deed } of held) {
    const possible = actionsIn(process, at, theirs.may);
    if (deed.do === 'photo' && !possible.some(({ act }) => act === 'photograph')) return false;
    if (deed.do !== 'command') continue;
    if (!possible.some(({ action }) => action === deed.action)) return false;
    const state = stateAfter(process, deed.action, deed.input) ?? at.state;
    at = { state, isOpen: process.states[state]?.isOpen ?? true };
  }
  return true;
}

/** A note among staff; where the case takes none any more, words added to what a requester said. */
function noteFor(possible: readonly FieldAction[], theirs: FieldCase): WaysOut['note'] {
  const note = possible.find(({ act }) => act === 'note');
  if (note) return { action: note };
  const follow = possible.find(({ act }) => act === 'follow');
  const number = theirs.requests[0]?.number;
  return follow && number !== undefined ? { action: follow, number } : undefined;
}

/** Mine, to be sent once more, now that theirs was seen. */
export function keepMine(held: readonly Entry[], theirs: FieldCase | undefined): readonly Entry[] {
  return held.map((entry) => {
    const { conflict: _, ...rest } = entry;
    return { ...rest, state: 'waiting', ...(theirs ? { seen: theirs.seq } : {}) };
  });
}

/**
 * Mine as words beside theirs: the first becomes a note of now, under an id of its own because it is another command; pictures go as they
 * are; what else was done is dropped.
 */
export function keepAsNote(
  held: readonly Entry[],
  { action, number }: NonNullable<WaysOut['note']>,
  theirs: FieldCase,
  words: string,
  as: { readonly id: string; readonly now: number },
): readonly Entry[] {
  const [first, ...behind] = held;
  if (!first) return [];
  const { conflict: _, ...rest } = first;
  const note: Entry = {
    ...rest,
    id: as.id,
    deed: {
      do: 'command',
      caseId: theirs.caseId,
      action: action.action,
      act: action.act,
      label: action.label,
      input: { words, ...(number === undefined ? {} : { number }) },
    },
    asNote: true,
    at: as.now,
    state: 'waiting',
    seen: theirs.seq,
  };
  const others = behind.filter(({ deed }) => deed.do !== 'photo');
  return [note, ...keepTheirs(others, as.now)];
}

/** Theirs holds. Mine stays to be read for a day. */
export function keepTheirs(held: readonly Entry[], now: number): readonly Entry[] {
  return held.map((entry) => ({ ...entry, state: 'dropped', settledAt: now }));
}
