import type { Instant } from '@gezhi/basis';
import {
  type Case,
  clockLabel,
  clocksOf,
  type Fact,
  type FactData,
  LABELS,
  type Process,
  type RunningClock,
  replay,
} from '@gezhi/cases';
import { explainDeadline, parseTerm, type Span, sayExplanation, sayMoment } from '@gezhi/clock';
import { type NameOf, REASON_CODES, type Reason, sayReason } from '@gezhi/duty';
import { dueIn, processOf, sayRulingReason, type Town } from '@gezhi/town';
import type { Lang } from './io.ts';
import { labelIn, namesOf } from './names-of.ts';

/** Why a case is where it is: what happened, why it went where it went, and every stretch that made each of its deadlines. */
export type CaseExplanation = {
  readonly caseId: string;
  readonly district: string;
  readonly title: string;
  readonly state: string;
  readonly phase: string;
  readonly flags: readonly string[];
  readonly requests: readonly string[];
  readonly routing: readonly RoutingExplanation[];
  readonly clocks: readonly ClockExplanation[];
  readonly facts: readonly FactLine[];
};

export type RoutingExplanation = {
  readonly seq: number;
  readonly at: Instant;
  readonly type: 'dispatched' | 'routeUnclear';
  readonly lead?: string;
  readonly coUnits: readonly string[];
  readonly basis?: string;
  readonly catalogue?: string;
  /** The inputs that the answer read; where none of them changes, it stays. */
  readonly reads: readonly string[];
  readonly because: readonly { readonly code: string; readonly text: string }[];
};

export type ClockExplanation = {
  readonly clock: string;
  /** What people call it. */
  readonly label: string;
  readonly startedAt: Instant;
  readonly stoppedAt?: Instant;
  readonly dueAt?: Instant;
  readonly boundBy?: string;
  readonly profile?: string;
  readonly calendar?: string;
  readonly spans: readonly Span[];
  readonly text: readonly string[];
};

export type FactLine = {
  readonly seq: number;
  readonly at: Instant;
  readonly type: string;
  readonly by: string;
  readonly text: string;
};

/** Explains a case from its facts, in one language. Pure. */
export function explainCase(town: Town, facts: readonly Fact[], lang: Lang): CaseExplanation {
  const c = replay(facts);
  if (!c) throw new Error('a case has facts');
  const nameOf = namesOf(town, lang);
  const process = processOf(town, c);
  const stateName = (state: string): string => labelIn(lang, process.states[state]?.label) ?? state;
  const clocks = clocksOf(process, c, (stage, of, startedAt) => dueIn(town, stage, of, startedAt));
  return {
    caseId: c.caseId,
    district: c.district,
    title: [nameOf('kind', c.kind), nameOf('place', c.place.code)].join(lang === 'zh' ? '，' : ', '),
    state: stateName(c.state),
    phase: c.phase,
    flags: c.flags,
    requests: Object.keys(c.voices),
    routing: facts.flatMap((fact) => routingOf(town, fact, lang, nameOf)),
    clocks: clocks.map((clock) => explainClock(town, clock, clockLabel(process, clock.clock)[lang], lang)),
    facts: facts.map((fact) => factLine(process, fact, lang, nameOf, stateName)),
  };
}

function routingOf(town: Town, fact: Fact, lang: Lang, nameOf: NameOf): RoutingExplanation[] {
  if (fact.type !== 'dispatched' && fact.type !== 'routeUnclear') return [];
  const { data } = fact;
  const told = {
    seq: fact.seq,
    at: fact.occurredAt,
    type: fact.type,
    reads: data.reads,
    because: data.because.map((reason) => ({
      code: reason.code,
      text: sayRulingReason(town, reason, lang) ?? sayAny(reason, lang, nameOf),
    })),
  };
  if (fact.type === 'routeUnclear') return [{ ...told, coUnits: [] }];
  const { lead, coUnits, basis, catalogue } = fact.data;
  const names = [nameOf('unit', lead.unit), ...(lead.post ? [nameOf('post', lead.post)] : [])];
  return [
    {
      ...told,
      lead: names.join(' › '),
      coUnits: coUnits.map((unit) => nameOf('unit', unit)),
      basis,
      catalogue,
    },
  ];
}

const SAYABLE: ReadonlySet<string> = new Set(REASON_CODES);

/** A reason in words; one of another room stands as its code and data. */
function sayAny(reason: { readonly code: string }, lang: Lang, nameOf: NameOf): string {
  if (SAYABLE.has(reason.code) && 'data' in reason) return sayReason(reason as Reason, lang, nameOf);
  const { code, ...data } = reason;
  return Object.keys(data).length ? `${code} ${JSON.stringify(data)}` : code;
}

function explainClock(town: Town, running: RunningClock, label: string, lang: Lang): ClockExplanation {
  const { clock, startedAt, stoppedAt, due, boundBy } = running;
  const head = { clock, label, startedAt, ...(stoppedAt === undefined ? {} : { stoppedAt }) };
  if (!due)
    return { ...head, spans: [], text: [lang === 'zh' ? '此阶段没有时限。' : 'This stage has no limit.'] };
  const told = { ...head, dueAt: due.dueAt, profile: due.profile, calendar: due.calendar };
  if (boundBy) {
    const at = sayMoment(due.dueAt, town.profile.zone, lang);
    const text =
      lang === 'zh' ? `上级（${boundBy}）的时限在先：${at}。` : `The term of ${boundBy} comes first: ${at}.`;
    return { ...told, boundBy, spans: [], text: [text] };
  }
  // What was granted, or stated by another system, was not reckoned.
  if (due.calendar === 'stated') return { ...told, spans: [], text: [] };
  const explanation = explainDeadline({
    start: startedAt,
    term: parseTerm(due.term),
    calendar: town.calendarAt(startedAt),
  });
  return { ...told, spans: explanation.spans, text: sayExplanation(explanation, lang) };
}

function factLine(
  process: Process,
  fact: Fact,
  lang: Lang,
  nameOf: NameOf,
  stateName: (state: string) => string,
): FactLine {
  const { post, person } = fact.by;
  const details = detailsOf(process, fact, lang, nameOf, stateName).join(lang === 'zh' ? '，' : ', ');
  const what = LABELS.facts[fact.type][lang];
  return {
    seq: fact.seq,
    at: fact.occurredAt,
    type: fact.type,
    by: person ? `${nameOf('post', post)} (${person})` : nameOf('post', post),
    text: details ? `${what}${lang === 'zh' ? '：' : ': '}${details}` : what,
  };
}

/** What a fact's data say beyond its type, in words; references to what people said are left out. */
function detailsOf(
  process: Process,
  fact: Fact,
  lang: Lang,
  nameOf: NameOf,
  stateName: (state: string) => string,
): string[] {
  const data = fact.data as Partial<Record<string, unknown>>;
  const lead = data.lead as Case['lead'];
  const details = [
    lead && nameOf('unit', lead.unit),
    typeof data.unit === 'string' && nameOf('unit', data.unit),
    typeof data.kind === 'string' && nameOf('kind', data.kind),
    typeof data.number === 'string' && data.number,
    fact.type === 'done' && LABELS.outcomes[fact.data.outcome][lang],
    fact.type === 'declined' && LABELS.notDispatched[fact.data.reason][lang],
    fact.type === 'checked' && (fact.data.passed ? PASSED[lang] : FAILED[lang]),
    fact.type === 'calledBack' && answerIn(fact.data.answer, lang),
    typeof data.clock === 'string' && clockLabel(process, data.clock)[lang],
    typeof data.to === 'string' && `→ ${stateName(data.to)}`,
  ];
  return details.filter((detail) => typeof detail === 'string');
}

const PASSED = { zh: '通过', en: 'passed' };
const FAILED = { zh: '未通过', en: 'not passed' };

function answerIn(answer: FactData['calledBack']['answer'], lang: Lang): string {
  return [
    LABELS.contacted[answer.contacted][lang],
    LABELS.solved[answer.solved][lang],
    LABELS.satisfied[answer.satisfied][lang],
  ].join(lang === 'zh' ? '、' : ', ');
}
