import { type Act, HANDED_TO, LABELS, pendingOf, TASK_STEPS } from '@gezhi/cases';
import { EXCLUSION_REASONS } from '@gezhi/measures';
import { selectField, textField } from '../kit/fields.ts';
import type { Child } from '../kit/html.ts';
import { momentOf, unitName } from '../kit/say.ts';
import { beforeRuling } from '../rulings/rulings-page.ts';
import {
  type Asking,
  CONTACT_WAYS,
  field,
  radios,
  taskOptions,
  unitSelect,
  voiceSelect,
  voicesOf,
  words,
} from './act-form.ts';

type ProcedureFields = Partial<{ readonly [A in Act]: (asking: Asking) => Child }>;

export const TASK_WAYS = ['onSite', 'phone'] as const;
export const RATED = ['speed', 'work', 'result'] as const;

/** The fields of the acts of procedure: applications, rulings, hand-offs, steps of a task, ratings. */
export const PROCEDURE_FIELDS = {
  advance: (a) => words(a, a.visit.w.act.words + a.visit.w.form.optional),
  huddle: (a) => [unitSelect(a), words(a, a.visit.w.act.words)],
  concern: (a) => unitSelect(a),
  handOff: (a) => handedTo(a, HANDED_TO),
  acknowledge: (a) => [
    handedTo(
      a,
      (a.c.handedOff ?? []).filter((to) => !a.c.acknowledged?.includes(to)),
    ),
    textField(field(a, 'reference', a.visit.w.act.reference + a.visit.w.form.optional)),
  ],
  apply: applyFields,
  rule: ruleFields,
  resume: (a) => words(a, a.visit.w.act.words),
  urge: (a) => words(a, a.visit.w.act.words + a.visit.w.form.optional),
  escalate: (a) => words(a, a.visit.w.act.words + a.visit.w.form.optional),
  takeLead: (a) => words(a, a.visit.w.act.words + a.visit.w.form.optional),
  stepTask: (a) => [
    selectField({ ...field(a, 'task', a.visit.w.act.task), options: taskOptions(a) }),
    radios(a, 'step', a.visit.w.act.step, TASK_STEPS, (step) => a.visit.w.act.steps[step]),
    radios(a, 'way', a.visit.w.act.arrivedBy, TASK_WAYS, (way) => a.visit.w.act.arrivals[way]),
    words(a, a.visit.w.act.words + a.visit.w.form.optional),
  ],
  rate: (a) => [
    selectField({ ...field(a, 'of', a.visit.w.act.ratedUnit), options: ratedUnits(a) }),
    RATED.map((name) =>
      radios(a, `mark-${name}`, a.visit.w.act.marks[name], ['1', '2', '3', '4', '5'], (mark) => mark),
    ),
    words(a, a.visit.w.act.words + a.visit.w.form.optional),
  ],
  tryCallback: (a) => [
    voiceSelect(
      a,
      voicesOf(a).filter((number) => !a.c.voices[number]?.callback),
    ),
    radios(a, 'way', a.visit.w.act.way, CONTACT_WAYS, (way) => a.visit.w.ways[way], 'phone'),
  ],
} satisfies ProcedureFields;

function handedTo(a: Asking, receivers: readonly (typeof HANDED_TO)[number][]): Child {
  return radios(a, 'to', a.visit.w.act.whom, receivers, (to) => LABELS.handedTo[to][a.visit.lang]);
}

function applyFields(a: Asking): Child {
  const { act, form } = a.visit.w;
  const reason = words(a, act.applyReason, 'reason');
  const until = textField({ ...field(a, 'untilDay', act.untilDay), type: 'date', width: 'middle' });
  switch (a.action.about) {
    case 'objection':
      return [
        reason,
        textField(field(a, 'basis', act.basisOfLaw)),
        unitSelect(a, act.proposes + form.optional),
      ];
    case 'extension':
      return [reason, until];
    case 'suspension':
      return [reason, words(a, act.condition, 'condition'), until];
    case 'exclusion':
      return [
        voiceSelect(a, voicesOf(a)),
        radios(a, 'exclusion', act.reason, EXCLUSION_REASONS, (r) => act.exclusions[r]),
        words(a, act.evidence, 'reason'),
      ];
    default:
      return reason;
  }
}

/** What was applied for stands above the ruling, so that nobody rules without having read it. */
function ruleFields(a: Asking): Child {
  const { act, form } = a.visit.w;
  const application = pendingOf(a.c.applications).find((p) => p.about === a.action.about);
  return [
    application && a.said(application),
    a.action.about === 'objection' && beforeRuling(a.visit, a.c, a.past ?? []),
    radios(a, 'granted', act.ruling, ['yes', 'no'], (v) => (v === 'yes' ? act.granted : act.refused)),
    words(a, act.rulingWords),
    a.action.about === 'objection' && [
      unitSelect(a, act.ruledUnit + form.optional),
      textField(field(a, 'basis', act.basisOfLaw + form.optional)),
    ],
  ];
}

/** The units that took part, and those above the lead: never one's own. */
function ratedUnits({ visit, c }: Asking) {
  const lead = c.lead ? [c.lead.unit] : [];
  const units = new Set([...lead, ...c.tasks.map(({ unit }) => unit)]);
  const own = visit.staff?.unit.code;
  return [...units].filter((unit) => unit !== own).map((value) => ({ value, label: unitName(value, visit) }));
}

/** When something was applied for, by whom and until when, in one line. */
export function sayApplication(
  visit: Asking['visit'],
  { application, unit, at, until, basis }: NonNullable<Asking['c']['applications']>[number],
): string {
  const { act } = visit.w;
  const parts = [
    application,
    unitName(unit, visit),
    momentOf(at, visit),
    basis && act.basedOn(basis),
    until === undefined ? undefined : act.until(momentOf(until, visit)),
  ];
  return parts.filter(Boolean).join(' · ');
}
