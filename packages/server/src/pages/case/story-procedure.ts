import { type Fact, LABELS, type Ref } from '@gezhi/cases';
import { kindName, momentOf, unitName } from '../kit/say.ts';
import type { Visit } from '../kit/visit.ts';
import type { FactWords } from '../words/fact-words.ts';
import { nameIn } from '../words/words.ts';

/** What the sentences of the facts of procedure speak of. */
export function procedureParts(visit: Visit, fact: Fact): Partial<FactWords> {
  const { w, lang } = visit;
  switch (fact.type) {
    case 'childEnded':
      return { kind: kindName(fact.data.kind, visit) };
    case 'advanced':
      return { outcome: stepName(visit, fact.data.step) };
    case 'huddled':
    case 'concerned':
      return { units: fact.data.units.map((unit) => unitName(unit, visit)) };
    case 'handedOff':
    case 'acknowledged':
      return { whom: LABELS.handedTo[fact.data.to][lang] };
    case 'applied': {
      const { about, unit, basis, until } = fact.data;
      return {
        whom: LABELS.applications[about][lang],
        unit: unitName(unit, visit),
        basis: basis ?? '',
        due: until === undefined ? '' : momentOf(until, visit),
      };
    }
    case 'ruled':
      return {
        whom: LABELS.applications[fact.data.about][lang],
        passed: fact.data.granted,
        basis: fact.data.basis ?? '',
      };
    case 'extended':
      return { due: momentOf(fact.data.due.dueAt, visit) };
    case 'suspended':
      return { due: momentOf(fact.data.reviewAt, visit) };
    case 'urged':
    case 'escalated':
    case 'leaderTook':
      return { unit: unitName(fact.data.unit, visit) };
    case 'taskStepped':
      return {
        outcome: w.act.steps[fact.data.step],
        way: fact.data.way ? w.act.arrivals[fact.data.way] : '',
      };
    case 'rated':
      return {
        unit: unitName(fact.data.of, visit),
        whom: unitName(fact.data.by, visit),
        reason: Object.entries(fact.data.marks)
          .map(([name, mark]) => `${nameIn(w.act.marks, name)} ${mark}`)
          .join(lang === 'zh' ? '、' : ', '),
      };
    case 'callbackTried':
      return { way: nameIn(w.ways, fact.data.way) };
    default:
      return {};
  }
}

/** The step of a process by the name that its scene gives it. */
function stepName({ town, lang }: Visit, step: string): string {
  for (const { process } of town.packs.values()) {
    const action = process.actions[step];
    if (action) return action.label[lang];
  }
  return step;
}

/** What was said with a fact of procedure: read by whoever may read the words of the case. */
export function procedureWords(fact: Fact): Ref | undefined {
  switch (fact.type) {
    case 'applied':
    case 'suspended':
      return fact.data.reason;
    case 'advanced':
    case 'huddled':
    case 'ruled':
    case 'resumed':
    case 'urged':
    case 'escalated':
    case 'leaderTook':
    case 'taskStepped':
    case 'rated':
      return fact.data.words;
    case 'extended':
      return fact.data.reason;
    default:
      return undefined;
  }
}

/** Of procedure, a requester is told why more time was given, why it is suspended, and what was ruled of their own term. */
export function procedureWordsForRequester(fact: Fact): Ref | undefined {
  switch (fact.type) {
    case 'extended':
    case 'suspended':
      return fact.data.reason;
    case 'resumed':
      return fact.data.words;
    default:
      return undefined;
  }
}

/** What is among staff: who objected, what was asked for and not granted yet, how units rated each other. */
export const AMONG_STAFF: ReadonlySet<Fact['type']> = new Set([
  'applied',
  'ruled',
  'huddled',
  'concerned',
  'taskStepped',
  'rated',
  'urged',
  'callbackTried',
]);
