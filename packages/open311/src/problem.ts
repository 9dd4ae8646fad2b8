import type { Refusal } from '@gezhi/basis';

/** One entry of the error list. `code` is the HTTP status that it asks for. */
export type Problem = { readonly code: number; readonly description: string };

/** What a call comes to instead of an answer; never empty. The first problem gives the HTTP status. */
export type Failure = { readonly problems: readonly Problem[] };

export function fail(code: number, description: string): Failure {
  return { problems: [{ code, description }] };
}

export function isFailure(value: object): value is Failure {
  return 'problems' in value;
}

/**
 * A refusal of the town as an entry of the error list: `unknown-…` is 404 (no such thing), `forbidden` 403, `too-many` 429, and
 * everything else 400. The reason is told as it stands.
 */
export function problemOfRefusal(refusal: Refusal): Problem {
  return { code: codeOf(refusal.code), description: refusal.because };
}

function codeOf(refusal: string): number {
  if (refusal.startsWith('unknown-')) return 404;
  if (refusal === 'forbidden') return 403;
  if (refusal === 'too-many') return 429;
  return 400;
}
