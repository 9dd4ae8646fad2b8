import { DAY, Fault, type Instant } from '@gezhi/basis';
import { type DeadlineInput, type DeadlineRun, runDeadline } from './deadline.ts';
import { creditMs, runLeg } from './legs.ts';
import { stopAt } from './pauses.ts';

/** How far a term has run. `usedMs + remainingMs` is always what it grants, in counted ms. */
export type Elapsed = {
  readonly state: 'running' | 'paused' | 'due';
  readonly dueAt: Instant | null;
  readonly usedMs: number;
  readonly remainingMs: number;
  /** Used part of the whole, 0 … 1. */
  readonly share: number;
  /** Wall time since it fell due, nights and holidays included; 0 before. */
  readonly overdueMs: number;
};

/**
 * How much of a term is used at `now`: the timer that people look at. It stands still in the same minutes as the deadline does,
 * nights and holidays included, and is at 0 before the start. Pauses that begin after `now` are taken as given.
 *
 * @throws Fault as `deadline` does
 */
export function elapsed(input: DeadlineInput & { readonly now: Instant }): Elapsed {
  const run = runDeadline(input);
  const end = run.runs.at(-1)!.end;
  const dueAt = end === Number.POSITIVE_INFINITY ? null : end;
  const askedMs = run.legs.reduce((sum, leg) => sum + leg.askedMs, 0);
  const isDue = dueAt !== null && input.now >= dueAt;
  const usedMs = isDue ? askedMs : usedBy(input, run);
  return {
    state: isDue ? 'due' : stopAt(run.stops, input.now) ? 'paused' : 'running',
    dueAt,
    usedMs,
    remainingMs: askedMs - usedMs,
    share: usedMs / askedMs,
    overdueMs: isDue ? input.now - dueAt : 0,
  };
}

function usedBy({ now, calendar }: DeadlineInput & { readonly now: Instant }, run: DeadlineRun): number {
  let usedMs = 0;
  for (const [i, start] of run.starts.entries()) {
    const leg = run.legs[i]!;
    usedMs += run.runs[i]!.end <= now ? leg.askedMs : creditMs(leg, start, now, calendar, run.stops);
  }
  return usedMs;
}

/**
 * The moment at which a share of the term is used up, for a warning before it falls due (0.8: four fifths are gone); `null`
 * while a pause without end stands before it. Days in law count whole: half of 15 days is used up when the eighth closes.
 *
 * @param share more than 0, at most 1; 1 is `dueAt` but for a last day in law that moves
 * @throws Fault `bad-share`, and as `deadline` does
 */
export function usedUpAt(input: DeadlineInput, share: number): Instant | null {
  if (!(share > 0 && share <= 1)) {
    throw new Fault('bad-share', `A term has no share ${share}.`, {
      hint: 'Give more than 0 and at most 1.',
    });
  }
  const { legs, starts, stops } = runDeadline(input);
  // To the whole ms: 0.55 × 20 days must not become a hair more than 11 days, and so 12.
  let left = Math.round(share * legs.reduce((sum, leg) => sum + leg.askedMs, 0));
  for (const [i, start] of starts.entries()) {
    const { reckoning, askedMs } = legs[i]!;
    if (left > askedMs) {
      left -= askedMs;
      continue;
    }
    const grainMs = reckoning === 'days' || reckoning === 'workDays' ? DAY : 1;
    const part = { reckoning, askedMs: Math.ceil(left / grainMs) * grainMs, isPart: true };
    const { end } = runLeg(part, start, input.calendar, stops);
    return end === Number.POSITIVE_INFINITY ? null : end;
  }
  return null;
}
