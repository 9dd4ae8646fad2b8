import { type CaseId, type Instant, MINUTE } from '@gezhi/basis';
import type { CallbackAnswer, Draft, Ref, Voice } from '../fact.ts';
import type { Context } from '../work.ts';

/** A Wednesday noon in a made-up town. */
export const NOON: Instant = Date.UTC(2026, 4, 6, 4);

/** The n-th case of a test, 1 … 65535. */
export function caseIdOf(n: number): CaseId {
  return `019dfb8a-2800-7000-8000-00000000${n.toString(16).padStart(4, '0')}` as CaseId;
}

/** Words that lie elsewhere: only their reference is ever in a fact. */
export function ref(name = 'words'): Ref {
  return { id: `made-up-${name}`, hash: `hash-of-${name}` };
}

export function numberOf(n: number): string {
  return String(100_000_000_000 + n);
}

/** The n-th neighbour who speaks up. */
export function voice(n = 1, more: Partial<Voice> = {}): Voice {
  return {
    number: numberOf(n),
    signal: { source: 'made-up', id: String(n) },
    requestKind: 'help',
    channel: 'phone',
    publicity: 'public',
    saidAt: NOON,
    words: ref(`said-${n}`),
    ...more,
  };
}

export const HAPPY: CallbackAnswer = { contacted: 'yes', solved: 'yes', satisfied: 'satisfied' };
export const UNHAPPY: CallbackAnswer = { contacted: 'yes', solved: 'no', satisfied: 'dissatisfied' };

/** A plain report about a street lamp, waiting at the small desk; `voice: undefined` where nobody asked but staff found it. */
export function opened(more: Partial<Draft<'opened'>['data']> & { voice?: Voice | undefined } = {}): Draft {
  return {
    type: 'opened',
    data: {
      scene: 'small',
      pack: '1.0.0',
      process: 'small-desk',
      kind: 'lamp.fault',
      kindBecause: 'stated',
      place: { code: 'lane-3', layers: { division: ['town', 'lane-3'] } },
      voice: voice(1),
      to: 'received',
      phase: 'received',
      ...more,
    },
  };
}

/** A made-up county above its works, and a lane's committee below a street. */
const UNITS_ABOVE: Readonly<Record<string, readonly string[]>> = {
  'lamp-works': ['county'],
  'road-works': ['county'],
  street: ['county'],
  committee: ['street', 'county'],
};

const UNIT_OF_POST: Readonly<Record<string, string>> = {
  'lamp-desk': 'lamp-works',
  'road-desk': 'road-works',
  'street-desk': 'street',
  'county-desk': 'county',
  'hotline-desk': 'hotline',
};

/** A town in which everybody may do everything, every matter is the lamp works', and each term is an hour. */
export function worldAt(now: Instant, more: Partial<Context> = {}): Context {
  const because = { code: 'made-up' };
  return {
    now,
    may: () => ({ allowed: true, because }),
    due: (stage, _case, startedAt, pauses = []) => {
      if (pauses.some(({ to }) => to === undefined)) return undefined;
      const stood = pauses.reduce((ms, { from, to }) => ms + (to ?? from) - from, 0);
      return { dueAt: startedAt + 60 * MINUTE + stood, term: '1h', profile: stage, calendar: 'made-up' };
    },
    route: () => ({
      lead: { unit: 'lamp-works', post: 'lamp-desk' },
      coUnits: [],
      basis: 'duty list, line 7',
      because: [because],
      reads: ['kind', 'place'],
      catalogue: 'made-up@1',
    }),
    kind: () => ({ traits: [] }),
    above: (unit) => UNITS_ABOVE[unit] ?? [],
    unitOf: ({ post }) => UNIT_OF_POST[post],
    ...more,
  };
}
