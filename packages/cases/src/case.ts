import type { CaseId, Instant } from '@gezhi/basis';
import type { Actor, CarriedVoice, CasePlace, Fact, FactType, Lead, Outcome } from './fact.ts';
import { FLAGS, type Flag, type Phase } from './phase.ts';

/** A unit's piece of a case: parallel tasks have one lead and co-units. */
export type Task = {
  readonly task: string;
  readonly unit: string;
  readonly role: 'lead' | 'co';
  readonly dueAt?: Instant;
  readonly doneAt?: Instant;
};

export type External = { readonly system: string; readonly number: string; readonly dueAt?: Instant };

/**
 * What a case is now: the fold of its facts by `evolve`, never stored and edited. State names are data of the process that the
 * case was opened under; code switches on `phase` and on fact types only.
 */
export type Case = {
  readonly caseId: CaseId;
  readonly district: string;
  readonly seq: number;
  readonly scene: string;
  readonly pack: string;
  readonly process: string;
  readonly state: string;
  readonly phase: Phase;
  readonly flags: readonly Flag[];
  readonly kind: string;
  readonly kindBecause: 'stated' | 'proposed' | 'decided' | 'none';
  readonly place: CasePlace;
  readonly openedAt: Instant;
  readonly openedBy: Actor;
  readonly lead?: Lead;
  readonly coUnits: readonly string[];
  readonly tasks: readonly Task[];
  /** The voices heard in this case now, by number. A merged case has none: they speak in the case it was merged into. */
  readonly voices: Readonly<Record<string, CarriedVoice>>;
  readonly externals: readonly External[];
  readonly parent?: CaseId;
  readonly children: readonly CaseId[];
  readonly mergedInto?: CaseId;
  /** Where it stood before it was merged, so that un-merging puts it back there. */
  readonly beforeMerge?: { readonly state: string; readonly phase: Phase };
  /** The numbers of the voices that went with the merge and come home with an un-merge. */
  readonly homeVoices?: readonly string[];
  readonly outcome?: Outcome;
  readonly closedHow?: 'calledBack' | 'stated' | 'withdrawn';
  /** When each type of fact last happened; clocks start and stop by it. */
  readonly lastAt: Readonly<Partial<Record<FactType, Instant>>>;
  readonly dispatchedFirstAt?: Instant;
  readonly counts: { readonly dispatches: number; readonly reopenings: number; readonly reworks: number };
  readonly latePassed: readonly string[];
};

/** Folds one fact into a case; `undefined` stands before the first. Total over the closed list: costs under a microsecond. */
export function evolve(before: Case | undefined, fact: Fact): Case {
  if (fact.type === 'opened') return open(fact);
  if (!before) throw new Error(`case ${fact.caseId}: the first fact is "${fact.type}", not "opened"`);
  if (fact.seq !== before.seq + 1)
    throw new Error(`case ${fact.caseId}: fact ${fact.seq} follows ${before.seq}`);
  const seen = { ...before, seq: fact.seq, lastAt: { ...before.lastAt, [fact.type]: fact.occurredAt } };
  return moved(apply(seen, fact), fact.data as Partial<{ to: string; phase: Phase }>);
}

/** The case after all these facts, in order of `seq`; `undefined` for none. */
export function replay(facts: Iterable<Fact>): Case | undefined {
  let state: Case | undefined;
  for (const fact of facts) state = evolve(state, fact);
  return state;
}

function open(fact: Fact<'opened'>): Case {
  const { data } = fact;
  return {
    caseId: fact.caseId,
    district: fact.district,
    seq: fact.seq,
    scene: data.scene,
    pack: data.pack,
    process: data.process,
    state: data.to,
    phase: data.phase,
    flags: data.external ? ['linked'] : [],
    kind: data.kind,
    kindBecause: data.kindBecause,
    place: data.place,
    openedAt: fact.occurredAt,
    openedBy: fact.by,
    coUnits: [],
    tasks: [],
    voices: data.voice ? { [data.voice.number]: data.voice } : {},
    externals: data.external ? [data.external] : [],
    ...(data.parent ? { parent: data.parent } : {}),
    children: [],
    lastAt: { opened: fact.occurredAt },
    counts: { dispatches: 0, reopenings: 0, reworks: 0 },
    latePassed: [],
  };
}

function moved(state: Case, move: Partial<{ to: string; phase: Phase }>): Case {
  return move.to && move.phase ? { ...state, state: move.to, phase: move.phase } : state;
}

function apply(c: Case, fact: Fact): Case {
  switch (fact.type) {
    case 'opened':
    case 'followed':
    case 'photographed':
    case 'triaged':
    case 'answered':
    case 'referred':
    case 'declined':
    case 'accepted':
    case 'contacted':
    case 'noted':
    case 'bent':
      return c;
    case 'joined':
      return withVoice(c, fact.data.voice);
    case 'kindSet':
      return unflagged({ ...c, kind: fact.data.kind, kindBecause: 'decided' }, 'unclear');
    case 'placeSet':
      return unflagged({ ...c, place: fact.data.place }, 'unclear');
    case 'routeUnclear':
      return flagged(c, 'unclear');
    case 'dispatched':
      return dispatched(c, fact);
    case 'promised':
      return changeVoice(c, fact.data.number, { promised: fact.data.due });
    case 'tasked':
      return { ...c, tasks: [...c.tasks, { ...fact.data }] };
    case 'taskDone':
      return {
        ...c,
        tasks: c.tasks.map((t) => (t.task === fact.data.task ? { ...t, doneAt: fact.occurredAt } : t)),
      };
    case 'done':
      return { ...c, outcome: fact.data.outcome };
    case 'checked':
      return fact.data.passed ? c : { ...c, counts: { ...c.counts, reworks: c.counts.reworks + 1 } };
    case 'calledBack':
      return changeVoice(c, fact.data.number, {
        callback: { at: fact.occurredAt, answer: fact.data.answer, way: fact.data.way },
      });
    case 'unreachable':
      return changeVoice(c, fact.data.number, {
        callback: { at: fact.occurredAt, answer: 'unreachable', way: fact.data.ways.join('+') },
      });
    case 'closed':
      return { ...(fact.data.how === 'stated' ? flagged(c, 'stated') : c), closedHow: fact.data.how };
    case 'reopened':
      return reopened(c);
    case 'split':
      return { ...c, children: [...c.children, fact.data.child] };
    case 'linked':
      return linked(c, fact);
    case 'excluded':
      return changeVoice(c, fact.data.number, {
        excluded: { reason: fact.data.reason, evidence: fact.data.evidence },
      });
    case 'deadlinePassed':
      return flagged(
        { ...c, latePassed: [...c.latePassed, `${fact.data.clock}@${fact.data.dueAt}`] },
        'late',
      );
    case 'merged':
    case 'absorbed':
    case 'unmerged':
    case 'released':
      return mergeFact(c, fact);
  }
}

function dispatched(c: Case, fact: Fact<'dispatched'>): Case {
  const { lead, coUnits } = fact.data;
  return {
    ...unflagged(c, 'unclear'),
    lead,
    coUnits,
    dispatchedFirstAt: c.dispatchedFirstAt ?? fact.occurredAt,
    counts: { ...c.counts, dispatches: c.counts.dispatches + 1 },
  };
}

/** A reopened case owes each voice a fresh callback; what was answered before stays in the facts. */
function reopened(c: Case): Case {
  const voices: Record<string, CarriedVoice> = {};
  for (const [number, { callback: _asked, ...voice }] of Object.entries(c.voices)) voices[number] = voice;
  const { outcome: _outcome, closedHow: _how, ...rest } = c;
  return flagged(
    { ...rest, voices, counts: { ...c.counts, reopenings: c.counts.reopenings + 1 } },
    'reopened',
  );
}

function linked(c: Case, fact: Fact<'linked'>): Case {
  const { system, number, dueAt } = fact.data;
  const others = c.externals.filter((e) => e.system !== system || e.number !== number);
  return flagged({ ...c, externals: [...others, { system, number, ...(dueAt ? { dueAt } : {}) }] }, 'linked');
}

function mergeFact(c: Case, fact: Fact<'merged' | 'absorbed' | 'unmerged' | 'released'>): Case {
  switch (fact.type) {
    case 'merged':
      return flagged(
        {
          ...c,
          voices: {},
          homeVoices: fact.data.numbers,
          mergedInto: fact.data.into,
          beforeMerge: { state: c.state, phase: c.phase },
        },
        'merged',
      );
    case 'absorbed':
      return { ...c, voices: { ...c.voices, ...byNumber(fact.data.voices) } };
    case 'unmerged': {
      const { mergedInto: _into, beforeMerge: _before, homeVoices: _home, ...rest } = c;
      return unflagged({ ...rest, voices: { ...c.voices, ...byNumber(fact.data.voices) } }, 'merged');
    }
    case 'released': {
      const gone = new Set(fact.data.numbers);
      return { ...c, voices: Object.fromEntries(Object.entries(c.voices).filter(([n]) => !gone.has(n))) };
    }
  }
}

function byNumber(voices: readonly CarriedVoice[]): Record<string, CarriedVoice> {
  return Object.fromEntries(voices.map((voice) => [voice.number, voice]));
}

function withVoice(c: Case, voice: CarriedVoice): Case {
  return { ...c, voices: { ...c.voices, [voice.number]: voice } };
}

function changeVoice(c: Case, number: string, change: Partial<CarriedVoice>): Case {
  const voice = c.voices[number];
  if (!voice) throw new Error(`case ${c.caseId}: no voice ${number} to change`);
  return withVoice(c, { ...voice, ...change });
}

function flagged(c: Case, flag: Flag): Case {
  return c.flags.includes(flag) ? c : { ...c, flags: FLAGS.filter((f) => f === flag || c.flags.includes(f)) };
}

function unflagged(c: Case, flag: Flag): Case {
  return c.flags.includes(flag) ? { ...c, flags: c.flags.filter((f) => f !== flag) } : c;
}
