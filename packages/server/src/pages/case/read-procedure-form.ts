import { type Act, HANDED_TO, TASK_STEPS } from '@gezhi/cases';
import { EXCLUSION_REASONS } from '@gezhi/measures';
import { all, dayOf, type Input, isOneOf, MISSING, type Reading, type Unread } from '../kit/read-form.ts';
import { CONTACT_WAYS } from './act-form.ts';
import { RATED, TASK_WAYS } from './procedure-fields.ts';

type Readers = Partial<{ readonly [A in Act]: (reading: Reading) => Input | Unread }>;

/** The inputs of the acts of procedure, from their forms. */
export const PROCEDURE_READERS = {
  advance: (r) => all(r, [], ['words']),
  huddle: (r) => withUnits(r, all(r, ['unit', 'words'])),
  concern: (r) => withUnits(r, all(r, ['unit'])),
  handOff: (r) => (isOneOf(HANDED_TO, r.sent.get('to')) ? all(r, ['to']) : MISSING),
  acknowledge: (r) => (isOneOf(HANDED_TO, r.sent.get('to')) ? all(r, ['to'], ['reference']) : MISSING),
  apply: readApply,
  rule: readRule,
  resume: (r) => all(r, ['words']),
  urge: (r) => all(r, [], ['words']),
  escalate: (r) => all(r, [], ['words']),
  takeLead: (r) => all(r, [], ['words']),
  stepTask: (r) => {
    const { sent } = r;
    if (!isOneOf(TASK_STEPS, sent.get('step'))) return MISSING;
    const arrived = sent.get('step') === 'arrived';
    if (arrived && !isOneOf(TASK_WAYS, sent.get('way'))) return MISSING;
    return all(r, ['task', 'step'], arrived ? ['way', 'words'] : ['words']);
  },
  rate: readRating,
  tryCallback: (r) => (isOneOf(CONTACT_WAYS, r.sent.get('way')) ? all(r, ['number', 'way']) : MISSING),
} satisfies Readers;

function withUnits({ visit }: Reading, input: Input | Unread): Input | Unread {
  if ('unread' in input) return input;
  const { unit, ...rest } = input;
  return visit.town.units.has(String(unit)) ? { ...rest, units: [unit] } : MISSING;
}

function readApply(r: Reading): Input | Unread {
  const { sent, action, visit } = r;
  switch (action.about) {
    case 'objection': {
      const input = all(r, ['reason', 'basis']);
      const unit = sent.get('unit');
      return 'unread' in input || !visit.town.units.has(unit) ? input : { ...input, proposes: unit };
    }
    case 'extension':
    case 'suspension': {
      const until = dayOf(r, 'untilDay');
      const input = all(r, action.about === 'suspension' ? ['reason', 'condition'] : ['reason']);
      return until === undefined || 'unread' in input ? MISSING : { ...input, until };
    }
    case 'exclusion':
      return isOneOf(EXCLUSION_REASONS, sent.get('exclusion'))
        ? all(r, ['number', 'exclusion', 'reason'])
        : MISSING;
    default:
      return all(r, ['reason']);
  }
}

function readRule(r: Reading): Input | Unread {
  const { sent, visit } = r;
  const granted = sent.get('granted');
  const input = all(r, ['words'], ['basis']);
  if ('unread' in input || !isOneOf(['yes', 'no'], granted)) return MISSING;
  const unit = sent.get('unit');
  const lead = visit.town.units.has(unit) ? { lead: { unit } } : {};
  return { ...input, granted: granted === 'yes', ...lead };
}

function readRating(r: Reading): Input | Unread {
  const { sent, visit } = r;
  const marks = RATED.flatMap((name) => {
    const mark = sent.get(`mark-${name}`);
    return isOneOf(['1', '2', '3', '4', '5'], mark) ? [[name, Number(mark)] as const] : [];
  });
  const of = sent.get('of');
  if (marks.length === 0 || !visit.town.units.has(of)) return MISSING;
  return { of, marks: Object.fromEntries(marks), ...(sent.get('words') ? { words: sent.get('words') } : {}) };
}
