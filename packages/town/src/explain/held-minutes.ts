import { type Instant, MINUTE } from '@gezhi/basis';
import type { Fact } from '@gezhi/cases';

/** A stretch in which a case lay with one unit, or before the arbiter of an objection; without `to` where it still lies there. */
export type Stay = {
  readonly with: 'unit' | 'arbiter';
  /** The unit that had it; of the arbiter's stretch, the one that objected. */
  readonly unit: string;
  readonly from: Instant;
  readonly to?: Instant;
  readonly minutes: number;
};

/**
 * Who had a case, and for how many minutes of the clock on the wall, in order: each unit from its dispatch, the arbiter from an objection to
 * its ruling, until it is reported done or ends. Minutes are whole, rounded down; work time is another matter (`explain deadline`). Pure.
 */
export function heldMinutes(facts: readonly Fact[], now: Instant): readonly Stay[] {
  const stays: Stay[] = [];
  let open: Omit<Stay, 'minutes' | 'to'> | undefined;
  let lead: string | undefined;
  const end = (to: Instant): void => {
    if (open) stays.push({ ...open, to, minutes: minutesOf(open.from, to) });
    open = undefined;
  };
  for (const fact of facts) {
    const at = fact.occurredAt;
    switch (fact.type) {
      case 'dispatched':
        lead = fact.data.lead.unit;
        end(at);
        open = { with: 'unit', unit: lead, from: at };
        break;
      case 'applied':
        if (fact.data.about !== 'objection') break;
        end(at);
        open = { with: 'arbiter', unit: fact.data.unit, from: at };
        break;
      case 'ruled':
        if (fact.data.about !== 'objection') break;
        end(at);
        if (lead) open = { with: 'unit', unit: lead, from: at };
        break;
      case 'reopened':
        if (lead && !open) open = { with: 'unit', unit: lead, from: at };
        break;
      case 'done':
      case 'closed':
      case 'merged':
      case 'declined':
      case 'answered':
      case 'referred':
        end(at);
        break;
    }
  }
  if (open) stays.push({ ...open, minutes: minutesOf(open.from, now) });
  return stays.filter(({ minutes, to }) => minutes > 0 || to === undefined);
}

function minutesOf(from: Instant, to: Instant): number {
  return Math.max(0, Math.floor((to - from) / MINUTE));
}

/** How the promise to each request went: the moment that was promised first, and whether it was ever moved, and by what. */
export type Promised = {
  readonly number: string;
  readonly dueAt: Instant;
  readonly movedBy?: 'extension' | 'other';
};

export function promisesOf(facts: readonly Fact[]): readonly Promised[] {
  const first = new Map<string, Promised>();
  for (const fact of facts) {
    if (fact.type !== 'promised') continue;
    const { number, due } = fact.data;
    const known = first.get(number);
    if (!known) first.set(number, { number, dueAt: due.dueAt });
    else if (due.dueAt !== known.dueAt)
      first.set(number, { ...known, movedBy: due.term === 'extension' ? 'extension' : 'other' });
  }
  return [...first.values()];
}
