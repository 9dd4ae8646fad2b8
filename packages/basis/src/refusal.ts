/**
 * A refusal is an answer, not a fault: the rules say no, and say why. `code` is stable and in kebab-case, for programs and
 * catalogues of words; `because` is a plain English sentence; `details` are the facts behind it, never free text of a resident.
 */
export type Refusal = {
  readonly refused: true;
  readonly code: string;
  readonly because: string;
  readonly details?: Readonly<Record<string, unknown>>;
};

export function refuse(code: string, because: string, details?: Record<string, unknown>): Refusal {
  return details ? { refused: true, code, because, details } : { refused: true, code, because };
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && (value as { refused?: unknown }).refused === true;
}
