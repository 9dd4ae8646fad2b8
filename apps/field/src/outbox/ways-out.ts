import type { FieldCase } from '@gezhi/contract';
import { actionsIn, type FieldAction, type FieldProcess } from './ahead.ts';
import type { Entry } from './entry.ts';

/**
 * What can be done about a conflict. `again`: mine is still allowed as the case stands now; `note`: it can be kept as words, by this
 * action; to drop mine is always possible.
 */
export type WaysOut = {
  readonly again: boolean;
  readonly note?: { readonly action: FieldAction; readonly number?: string };
};

export function waysOut(
  entry: Entry,
  process: FieldProcess | undefined,
  theirs: FieldCase | undefined,
): WaysOut {
  const { deed } = entry;
  if (deed.do === 'report' || deed.do === 'visit') return { again: true };
  if (!theirs || !process) return { again: false };
  const isOpen = process.states[theirs.state]?.isOpen ?? false;
  const possible = actionsIn(process, { state: theirs.state, isOpen }, theirs.may);
  const mine = (name: string): boolean => possible.some(({ action }) => action === name);
  const again = deed.do === 'photo' ? possible.some(({ act }) => act === 'photograph') : mine(deed.action);
  if (deed.do === 'photo') return { again };
  const note = noteFor(possible, theirs);
  return { again, ...(note ? { note } : {}) };
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
export function keepMine(entry: Entry, theirs: FieldCase | undefined): Entry {
  const { conflict: _, ...rest } = entry;
  return { ...rest, state: 'waiting', ...(theirs ? { seen: theirs.seq } : {}) };
}

/** Mine as words beside theirs. It bears an id of its own: it is another command. */
export function keepAsNote(
  entry: Entry,
  { action, number }: NonNullable<WaysOut['note']>,
  theirs: FieldCase,
  words: string,
  id: string,
): Entry {
  const { conflict: _, ...rest } = entry;
  const input = { words, ...(number === undefined ? {} : { number }) };
  const deed = {
    do: 'command' as const,
    caseId: theirs.caseId,
    action: action.action,
    act: action.act,
    label: action.label,
    input,
  };
  return { ...rest, id, deed, asNote: true, state: 'waiting', seen: theirs.seq };
}

/** Theirs holds. Mine stays to be read for a day. */
export function keepTheirs(entry: Entry, now: number): Entry {
  return { ...entry, state: 'dropped', settledAt: now };
}
