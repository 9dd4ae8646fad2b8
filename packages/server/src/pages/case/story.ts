import type { Instant, RequestNumber } from '@gezhi/basis';
import {
  type Actor,
  type Fact,
  type FactType,
  LABELS,
  type Process,
  type Reason,
  type Ref,
} from '@gezhi/cases';
import { REASON_CODES, type Reason as RouteReason, sayReason } from '@gezhi/duty';
import { sayRulingReason } from '@gezhi/town';
import { clockName, kindName, momentOf, placeName, unitName } from '../kit/say.ts';
import type { Visit } from '../kit/visit.ts';
import type { FactWords } from '../words/fact-words.ts';
import { nameIn } from '../words/words.ts';
import type { CaseView } from './case-view.ts';
import {
  AMONG_STAFF,
  procedureParts,
  procedureWords,
  procedureWordsForRequester,
} from './story-procedure.ts';

/** One fact as people read it. `words`: what was said with it, `null` where it was erased. */
export type Told = {
  readonly seq: number;
  readonly type: FactType;
  readonly at: Instant;
  readonly sentence: string;
  readonly words?: string | null;
  readonly because: readonly string[];
};

/**
 * What happened to a case, in plain sentences and the reader's language.
 *
 * A requester reads the whole way of the case, but of words only their own and the answers meant for them; what other requesters said
 * and what staff noted among themselves is left out. Staff read words only where `mayRead`.
 */
export function tellStory(
  visit: Visit,
  view: CaseView,
  reader: { readonly number: RequestNumber } | { readonly mayRead: boolean },
): readonly Told[] {
  const told = (fact: Fact): Told => {
    const { sentences } = visit.w.story;
    const ref =
      'number' in reader ? wordsForRequester(fact, reader.number) : reader.mayRead && wordsRef(fact);
    return {
      seq: fact.seq,
      type: fact.type,
      at: fact.occurredAt,
      sentence: (sentences[fact.type] as (f: FactWords) => string)(factWords(visit, view.process, fact)),
      ...(ref ? { words: view.said.get(ref.id) ?? null } : {}),
      because: becauseOf(fact).map((reason) => sayBecause(visit, reason)),
    };
  };
  const facts = 'number' in reader ? view.facts.filter((f) => concerns(f, reader.number)) : view.facts;
  return facts.map(told);
}

/** A reason in words: of the catalogue of duties in its own sentences, others from our catalogue. */
export function sayBecause(visit: Visit, reason: Reason): string {
  const { reasons } = visit.w.story;
  if (isRouteReason(reason)) {
    return sayReason(reason, visit.lang, (field, code) => nameOfCode(visit, field, code));
  }
  const byRuling = sayRulingReason(visit.town, reason, visit.lang);
  if (byRuling !== undefined) return byRuling;
  if (reason.code === 'other' || !Object.hasOwn(reasons, reason.code)) return reasons.other(reason.code);
  return reasons[reason.code as Exclude<keyof typeof reasons, 'other'>];
}

export function sayActor(visit: Visit, by: Actor): string {
  const { story } = visit.w;
  if (by.post === 'system') return story.system;
  if (by.post === 'intake') return story.intake;
  if (by.post === 'requester') return story.requester;
  return visit.town.posts.get(by.post)?.name ?? by.post;
}

function isRouteReason(reason: Reason): reason is Reason & RouteReason {
  return REASON_CODES.some((code) => code === reason.code) && typeof reason.data === 'object';
}

function nameOfCode(visit: Visit, field: string, code: string): string {
  const { town, lang } = visit;
  if (field === 'unit') return unitName(code, visit);
  if (field === 'post') return town.posts.get(code)?.name ?? code;
  if (field === 'place') return placeName(code, visit);
  if (field === 'kind') return kindName(code, visit);
  if (field !== 'layer') return code;
  const name = town.profile.layers.find((layer) => layer.code === code)?.name;
  return name === undefined ? code : typeof name === 'string' ? name : name[lang];
}

function becauseOf(fact: Fact): readonly Reason[] {
  switch (fact.type) {
    case 'dispatched':
    case 'routeUnclear':
    case 'joined':
      return fact.data.because;
    default:
      return [];
  }
}

/** Facts about one voice are told to that voice only. */
function concerns(fact: Fact, number: RequestNumber): boolean {
  switch (fact.type) {
    case 'followed':
    case 'promised':
    case 'calledBack':
    case 'unreachable':
    case 'excluded':
      return fact.data.number === number;
    case 'noted':
    case 'linked':
      return false;
    default:
      return !AMONG_STAFF.has(fact.type);
  }
}

function wordsRef(fact: Fact): Ref | undefined {
  switch (fact.type) {
    case 'opened':
      return fact.data.voice?.words ?? fact.data.words;
    case 'joined':
      return fact.data.voice.words;
    case 'tasked':
      return fact.data.what;
    case 'excluded':
      return fact.data.evidence;
    case 'bent':
      return fact.data.reason;
    case 'followed':
    case 'answered':
    case 'referred':
    case 'declined':
    case 'noted':
    case 'taskDone':
    case 'done':
    case 'checked':
      return fact.data.words;
    default:
      return procedureWords(fact);
  }
}

function wordsForRequester(fact: Fact, number: RequestNumber): Ref | undefined {
  switch (fact.type) {
    case 'opened':
    case 'joined':
      return fact.data.voice?.number === number ? fact.data.voice.words : undefined;
    case 'followed':
    case 'answered':
    case 'referred':
    case 'declined':
    case 'done':
      return fact.data.words;
    default:
      return procedureWordsForRequester(fact);
  }
}

const BLANK: FactWords = {
  who: '',
  kind: '',
  place: '',
  unit: '',
  units: [],
  whom: '',
  reason: '',
  basis: '',
  due: '',
  way: '',
  outcome: '',
  passed: false,
  contacted: '',
  solved: '',
  satisfied: '',
  clock: '',
  count: 0,
};

function factWords(visit: Visit, process: Process, fact: Fact): FactWords {
  return { ...BLANK, who: sayActor(visit, fact.by), ...partsOf(visit, process, fact) };
}

function partsOf(visit: Visit, process: Process, fact: Fact): Partial<FactWords> {
  const { w } = visit;
  switch (fact.type) {
    case 'opened':
      return { kind: kindName(fact.data.kind, visit), place: placeName(fact.data.place.code, visit) };
    case 'kindSet':
    case 'split':
      return { kind: kindName(fact.data.kind, visit) };
    case 'placeSet':
      return { place: placeName(fact.data.place.code, visit) };
    case 'referred':
      return { whom: LABELS.referredTo[fact.data.whom][visit.lang] };
    case 'declined':
      return { reason: LABELS.notDispatched[fact.data.reason][visit.lang] };
    case 'dispatched': {
      const { lead, coUnits, basis } = fact.data;
      return {
        unit: unitName(lead.unit, visit),
        units: coUnits.map((unit) => unitName(unit, visit)),
        basis: basis === 'stated' ? w.story.reasons.stated : basis,
      };
    }
    case 'promised':
      return { due: momentOf(fact.data.due.dueAt, visit) };
    case 'contacted':
      return { way: nameIn(w.ways, fact.data.way) };
    case 'tasked': {
      const { unit, dueAt } = fact.data;
      return { unit: unitName(unit, visit), due: dueAt === undefined ? '' : momentOf(dueAt, visit) };
    }
    case 'done':
      return { outcome: LABELS.outcomes[fact.data.outcome][visit.lang] };
    case 'checked':
      return { passed: fact.data.passed };
    case 'deadlinePassed':
      return { clock: clockName(visit, process, fact.data.clock), due: momentOf(fact.data.dueAt, visit) };
    default:
      return voicePartsOf(visit, fact);
  }
}

function guardWords(
  { town, lang }: Visit,
  { action, guard }: { readonly action: string; readonly guard: string },
): string {
  const found = [...town.packs.values()]
    .flatMap(({ process }) => process.actions[action]?.guards ?? [])
    .find(({ id }) => id === guard);
  return found?.because[lang] ?? guard;
}

function voicePartsOf(visit: Visit, fact: Fact): Partial<FactWords> {
  const { w, lang } = visit;
  switch (fact.type) {
    case 'calledBack': {
      const { contacted, solved, satisfied } = fact.data.answer;
      return {
        contacted: LABELS.contacted[contacted][lang],
        solved: LABELS.solved[solved][lang],
        satisfied: LABELS.satisfied[satisfied][lang],
      };
    }
    case 'unreachable':
      return { units: fact.data.ways.map((way) => nameIn(w.ways, way)) };
    case 'absorbed':
      return { count: fact.data.voices.length };
    case 'released':
      return { count: fact.data.numbers.length };
    case 'linked': {
      const { system, number, dueAt } = fact.data;
      return { whom: `${system} ${number}`, due: dueAt === undefined ? '' : momentOf(dueAt, visit) };
    }
    case 'excluded':
      return { reason: nameIn(w.act.exclusions, fact.data.reason) };
    case 'bent':
      return {
        whom: visit.town.posts.get(fact.data.approver)?.name ?? fact.data.approver,
        reason: guardWords(visit, fact.data),
      };
    default:
      return procedureParts(visit, fact);
  }
}
