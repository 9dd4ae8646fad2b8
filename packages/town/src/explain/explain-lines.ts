import type { Instant } from '@gezhi/basis';
import { type Case, clocksOf, type Fact, type Reason, replay } from '@gezhi/cases';
import { explainDeadline, parseTerm, sayExplanation, sayMoment } from '@gezhi/clock';
import { REASON_CODES, type Reason as RouteReason, sayReason } from '@gezhi/duty';
import { dueIn } from '../context.ts';
import { EDITION_WORDS } from '../editions/edition-words.ts';
import { sayRulingReason } from '../rulings/ruling-words.ts';
import { processOf, type Town } from '../town.ts';
import { EXPLAIN_WORDS } from './explain-words.ts';
import { heldMinutes, promisesOf } from './held-minutes.ts';

export const EXPLAINED = ['case', 'deadline', 'routing', 'exclusion'] as const;
export type Explained = (typeof EXPLAINED)[number];
type Lang = 'zh' | 'en';

/**
 * What is asked about a case, in sentences that a resident reads: where its time went and whether the promise moved (`case`), what made
 * its deadlines, why it went where it went, why a request does not count. Posts and units by name, no person, no word of anybody. Pure but for `now`.
 */
export function explainLines(
  town: Town,
  what: Explained,
  facts: readonly Fact[],
  lang: Lang,
  now: Instant,
): readonly string[] {
  switch (what) {
    case 'case':
      return [...timeLines(town, facts, lang, now), ...routingLines(town, facts, lang)];
    case 'deadline':
      return deadlineLines(town, facts, lang);
    case 'routing':
      return routingLines(town, facts, lang);
    case 'exclusion':
      return exclusionLines(town, facts, lang);
  }
}

/** How many minutes each unit had a case, how many lay with the arbiter, and that the promise did not move. */
export function timeLines(town: Town, facts: readonly Fact[], lang: Lang, now: Instant): readonly string[] {
  const w = EXPLAIN_WORDS[lang];
  const stays = heldMinutes(facts, now).map(({ with: who, unit, minutes, to }) =>
    w[who === 'unit' ? 'held' : 'arbiter'](unitIn(town, unit), w.minutes(minutes), to === undefined),
  );
  const promises = promisesOf(facts).map(({ number, dueAt, movedBy }) => {
    const at = moment(town, dueAt, lang);
    if (movedBy === undefined) return w.promise(number, at);
    return movedBy === 'extension' ? w.promiseMoved(number, at) : w.promiseOther(number, at);
  });
  return [...(stays.length > 0 ? stays : [w.noHeld]), ...promises];
}

function deadlineLines(town: Town, facts: readonly Fact[], lang: Lang): readonly string[] {
  const c = caseOf(facts);
  const clocks = clocksOf(processOf(town, c), c, (stage, of, at, pauses) =>
    dueIn(town, stage, of, at, pauses),
  );
  return clocks.flatMap(({ clock, startedAt, due, boundBy }) => {
    if (!due) return [];
    const head = `${clock}: ${moment(town, due.dueAt, lang)}`;
    if (boundBy || due.term === 'stated' || due.term === 'extension')
      return [boundBy ? `${head} (${boundBy})` : head];
    const told = explainDeadline({
      start: startedAt,
      term: parseTerm(due.term),
      calendar: town.calendarAt(startedAt),
    });
    return [head, ...sayExplanation(told, lang).map((line) => `  ${line}`)];
  });
}

/** Each dispatch: the lines of the catalogue that were read, the ruling by its number, the basis. */
function routingLines(town: Town, facts: readonly Fact[], lang: Lang): readonly string[] {
  const w = EXPLAIN_WORDS[lang];
  const lines = facts.flatMap((fact) => {
    if (fact.type !== 'dispatched' && fact.type !== 'routeUnclear') return [];
    const at = moment(town, fact.occurredAt, lang);
    const because = fact.data.because.map((reason) => `  ${sayAny(town, reason, lang)}`);
    const reads = fact.data.reads.length > 0 ? [`  ${w.reads(fact.data.reads.join(w.separator))}`] : [];
    if (fact.type === 'routeUnclear') return [w.unclear(at), ...because, ...reads];
    const { lead, basis } = fact.data;
    return [w.routedTo(unitIn(town, lead.unit), at), ...because, `  ${w.basis(basis)}`, ...reads];
  });
  return lines.length > 0 ? lines : [w.notRouted];
}

/** Who asked for it and who ruled, as posts; the reason as it is published; the evidence by its fingerprint alone. */
function exclusionLines(town: Town, facts: readonly Fact[], lang: Lang): readonly string[] {
  const w = EXPLAIN_WORDS[lang];
  const reasonOf = (code: string): string =>
    EDITION_WORDS[lang].reasons[code as keyof (typeof EDITION_WORDS)['zh']['reasons']] ?? code;
  const lines = facts.flatMap((fact) => {
    const at = moment(town, fact.occurredAt, lang);
    const post = town.posts.get(fact.by.post)?.name ?? fact.by.post;
    if (fact.type === 'applied' && fact.data.about === 'exclusion')
      return [w.proposed(post, at, reasonOf(fact.data.exclusion ?? ''))];
    if (fact.type === 'ruled' && fact.data.about === 'exclusion')
      return [w.ruled(post, at, fact.data.granted)];
    if (fact.type !== 'excluded') return [];
    const { number, reason, evidence } = fact.data;
    return [w.excludedNow(number, reasonOf(reason)), w.evidence(evidence.hash)];
  });
  if (lines.length === 0) return [w.notExcluded];
  const waits = caseOf(facts).applications?.some(({ about, ruled }) => about === 'exclusion' && !ruled);
  return waits ? [...lines, w.pending] : lines;
}

function caseOf(facts: readonly Fact[]): Case {
  const c = replay(facts);
  if (!c) throw new Error('a case has facts');
  return c;
}

const SAYABLE: ReadonlySet<string> = new Set(REASON_CODES);

function sayAny(town: Town, reason: Reason, lang: Lang): string {
  if (SAYABLE.has(reason.code) && typeof reason.data === 'object')
    return sayReason(reason as unknown as RouteReason, lang, (field, code) =>
      nameOf(town, field, code, lang),
    );
  const byRuling = sayRulingReason(town, reason, lang);
  if (byRuling !== undefined) return byRuling;
  return REASONS[reason.code]?.[lang] ?? reason.code;
}

const REASONS: Readonly<Record<string, Readonly<Record<Lang, string>>>> = {
  'by-hand': { zh: '由人工指定承办单位。', en: 'A person named the unit.' },
  automatic: { zh: '条件具备，按流程自动流转。', en: 'The process went on by itself.' },
  stated: { zh: '由来源系统写明。', en: 'Stated by the system it came from.' },
  concerned: {
    zh: '目录所指单位正是被反映的单位或其下级。',
    en: 'The catalogue names the very unit complained of, or one below it.',
  },
};

function nameOf(town: Town, field: string, code: string, lang: Lang): string {
  switch (field) {
    case 'unit':
      return unitIn(town, code);
    case 'post':
      return town.posts.get(code)?.name ?? code;
    case 'kind':
      return town.kinds.get(code)?.name[lang] ?? code;
    case 'place':
      return town.places.places.find((place) => place.code === code)?.name ?? code;
    case 'layer': {
      const name = town.profile.layers.find((layer) => layer.code === code)?.name;
      return typeof name === 'object' ? name[lang] : (name ?? code);
    }
    default:
      return code;
  }
}

function unitIn(town: Town, code: string): string {
  return town.units.get(code)?.name ?? code;
}

function moment(town: Town, at: Instant, lang: Lang): string {
  return sayMoment(at, town.profile.zone, lang);
}
