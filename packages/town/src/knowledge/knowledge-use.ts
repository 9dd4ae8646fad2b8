import type { CaseId } from '@gezhi/basis';

const MARK = '/knowledge/';

/**
 * The id of a command that answers from an item: it goes into the cause of the fact, so that the log says which item answered, and none of its words.
 */
export function commandFrom(commandId: string, item: string): string {
  return `${commandId}${MARK}${item}`;
}

/** The item that a fact's cause names. */
export function itemOfCause(cause: string): string | undefined {
  const at = cause.lastIndexOf(MARK);
  return at < 0 ? undefined : cause.slice(at + MARK.length) || undefined;
}

/** The id of what is proposed from a case: one proposal each. */
export function itemIdOf(caseId: CaseId): string {
  return `case-${caseId}`;
}
