import { type RequestNumber, sayRequestNumber } from '@gezhi/basis';
import {
  type Action,
  CHECK_WAYS,
  HANDED_TO,
  LABELS,
  NOT_DISPATCHED,
  OUTCOMES,
  pendingOf,
  REFERRED_TO,
  TASK_STEPS,
} from '@gezhi/cases';
import type { HandAct } from '@gezhi/contract';
import { EXCLUSION_REASONS } from '@gezhi/measures';
import { CONTACT_WAYS } from '../pages/case/act-form.ts';
import type { CaseView } from '../pages/case/case-view.ts';
import { RATED, TASK_WAYS } from '../pages/case/procedure-fields.ts';
import { unitName } from '../pages/kit/say.ts';
import type { StaffVisit } from './visit-of-turn.ts';

/** A property of a form: JSON Schema 2020-12, with `format: words` for free text and `format: closing` for a day at its close of business. */
export type Property = Readonly<Record<string, unknown>>;
export type FormSchema = {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, Property>>;
  readonly required: readonly string[];
};

type Asking = {
  readonly visit: StaffVisit;
  readonly view: CaseView;
  readonly action: Action;
  /** The number that this seat was given to call. */
  readonly call?: string;
};
type Fields = (asking: Asking) => FormSchema;

/** The form of an action: what its act takes (`actInputs`), with the codes of this town and the words of the reader. */
export function actSchema(asking: Asking): FormSchema {
  return FORMS[asking.action.act as HandAct]?.(asking) ?? form({});
}

/** @param optional names of properties that may be left out */
function form(properties: Readonly<Record<string, Property>>, optional: readonly string[] = []): FormSchema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', properties, required };
}

function words(title: string): Property {
  return { type: 'string', title, format: 'words', maxLength: 4000 };
}

function line(title: string, maxLength = 300): Property {
  return { type: 'string', title, maxLength };
}

function day(title: string): Property {
  return { type: 'string', title, format: 'closing' };
}

function choice<V extends string>(title: string, values: readonly V[], say: (value: V) => string): Property {
  const oneOf = values.map((value) => ({ const: value, title: say(value) }));
  const [only] = values;
  return { type: 'string', title, oneOf, ...(values.length === 1 ? { default: only } : {}) };
}

function yesNo(title: string, yes: string, no: string): Property {
  return {
    type: 'boolean',
    title,
    oneOf: [
      { const: true, title: yes },
      { const: false, title: no },
    ],
  };
}

function units({ visit }: Asking, title: string): Property {
  const { town } = visit;
  return choice(title, [...town.units.keys()], (code) => unitName(code, visit));
}

function some(title: string, items: Property, minItems = 1): Property {
  return { type: 'array', title, items, minItems, uniqueItems: true };
}

function kinds({ visit, action }: Asking, title: string): Property {
  const { town, lang } = visit;
  const codes = action.kinds ?? town.pack.kinds.map(({ code }) => code);
  return choice(title, codes, (code) => town.kinds.get(code)?.name[lang] ?? code);
}

function numbers({ visit, view }: Asking, which: (number: string) => boolean = () => true): Property {
  const own = Object.keys(view.c.voices).filter(which);
  return choice(visit.w.act.number, own, (number) => sayRequestNumber(number as RequestNumber));
}

function openTasks({ visit, view }: Asking): Property {
  const open = view.c.tasks.filter(({ doneAt }) => doneAt === undefined);
  const unitOf = new Map(open.map(({ task, unit }) => [task, unitName(unit, visit)]));
  return choice(visit.w.act.task, [...unitOf.keys()], (task) => unitOf.get(task) ?? task);
}

function ways({ visit }: Asking): Property {
  return { ...choice(visit.w.act.way, CONTACT_WAYS, (way) => visit.w.ways[way]), default: 'phone' };
}

const mayBeWords: Fields = ({ visit }) => form({ words: words(visit.w.act.words) }, ['words']);
const mustBeWords: Fields = ({ visit }) => form({ words: words(visit.w.act.words) });

const FORMS: Partial<Readonly<Record<HandAct, Fields>>> = {
  follow: (a) => form({ number: numbers(a), words: words(a.visit.w.act.words) }),
  setKind: (a) => form({ kind: { ...kinds(a, a.visit.w.case.kind), default: a.view.c.kind } }),
  setPlace: ({ visit }) => form({ place: form({ placeText: line(visit.w.act.place) }) }),
  answer: ({ visit }) => form({ words: words(visit.w.act.reply) }),
  refer: ({ visit }) =>
    form(
      {
        whom: choice(visit.w.act.whom, REFERRED_TO, (whom) => LABELS.referredTo[whom][visit.lang]),
        words: words(visit.w.act.reply),
      },
      ['words'],
    ),
  decline: ({ visit }) =>
    form({
      reason: {
        ...choice(visit.w.act.reason, NOT_DISPATCHED, (reason) => LABELS.notDispatched[reason][visit.lang]),
        description: visit.w.notDispatchedLaw,
      },
      words: words(visit.w.act.declineWords),
    }),
  dispatch: (a) => {
    const { act } = a.visit.w;
    const lead = { ...form({ unit: units(a, act.unit) }), description: act.byCatalogue };
    return form({ lead, basis: line(act.basis) }, ['lead', 'basis']);
  },
  contact: (a) => form({ way: ways(a), number: numbers(a) }, ['number']),
  note: ({ visit }) => form({ words: words(visit.w.act.note) }),
  task: (a) => {
    const { act } = a.visit.w;
    const task = { type: 'string', const: `t${a.view.c.tasks.length + 1}` };
    return form({ task, unit: units(a, act.unit), what: words(act.what), dueAt: day(act.dueDay) }, ['dueAt']);
  },
  finishTask: (a) => form({ task: openTasks(a), words: words(a.visit.w.act.words) }, ['words']),
  finish: ({ visit }) =>
    form({
      outcome: choice(visit.w.act.outcome, OUTCOMES, (outcome) => LABELS.outcomes[outcome][visit.lang]),
      words: words(visit.w.act.reply),
    }),
  check: ({ visit }) => {
    const { act } = visit.w;
    const way = { ...choice(act.checkedBy, CHECK_WAYS, (one) => act.checks[one]), default: 'onSite' };
    return form({ passed: yesNo(act.result, act.passed, act.failed), way, words: words(act.words) }, [
      'words',
    ]);
  },
  callBack: callBackForm,
  split: (a) => {
    const { act } = a.visit.w;
    const called = some(act.called, units(a, act.unit), 0);
    const child = form(
      {
        kind: kinds(a, act.childKind),
        words: words(act.childWords),
        ...(a.action.kinds ? { units: called } : {}),
      },
      ['words', 'units'],
    );
    return form({
      children: { type: 'array', title: '', items: child, minItems: 1, maxItems: a.action.kinds ? 1 : 5 },
    });
  },
  merge: ({ visit }) => form({ into: { ...line(visit.w.act.into), format: 'case' } }),
  link: ({ visit }) => {
    const { act } = visit.w;
    return form({ system: line(act.system, 64), number: line(act.external, 64), dueAt: day(act.dueDay) }, [
      'dueAt',
    ]);
  },
  advance: mayBeWords,
  huddle: (a) =>
    form({
      units: some(a.visit.w.act.unit, units(a, a.visit.w.act.unit)),
      words: words(a.visit.w.act.words),
    }),
  concern: (a) => form({ units: some(a.visit.w.act.unit, units(a, a.visit.w.act.unit)) }),
  handOff: (a) => form({ to: receivers(a, HANDED_TO) }),
  acknowledge: (a) => {
    const { handedOff = [], acknowledged = [] } = a.view.c;
    const owed = HANDED_TO.filter((to) => handedOff.includes(to) && !acknowledged.includes(to));
    return form({ to: receivers(a, owed), reference: line(a.visit.w.act.reference, 64) }, ['reference']);
  },
  apply: applyForm,
  rule: ruleForm,
  resume: mustBeWords,
  urge: mayBeWords,
  escalate: mayBeWords,
  takeLead: mayBeWords,
  stepTask: (a) => {
    const { act } = a.visit.w;
    return form(
      {
        task: openTasks(a),
        step: choice(act.step, TASK_STEPS, (step) => act.steps[step]),
        way: choice(act.arrivedBy, TASK_WAYS, (way) => act.arrivals[way]),
        words: words(act.words),
      },
      ['way', 'words'],
    );
  },
  rate: rateForm,
  tryCallback: (a) => form({ number: numbers(a, (number) => number === a.call), way: ways(a) }),
};

function receivers({ visit }: Asking, to: readonly (typeof HANDED_TO)[number][]): Property {
  return choice(visit.w.act.whom, to, (one) => LABELS.handedTo[one][visit.lang]);
}

function callBackForm(a: Asking): FormSchema {
  const { w, lang } = a.visit;
  const asked = (title: string, labels: Readonly<Record<string, { zh: string; en: string }>>): Property =>
    choice(title, Object.keys(labels), (value) => labels[value]![lang]);
  return form({
    number: numbers(a, (number) => number === a.call),
    way: ways(a),
    answer: form({
      contacted: asked(w.act.contacted, LABELS.contacted),
      solved: asked(w.act.solved, LABELS.solved),
      satisfied: asked(w.act.satisfied, LABELS.satisfied),
    }),
  });
}

function applyForm(a: Asking): FormSchema {
  const { act } = a.visit.w;
  const reason = words(act.applyReason);
  switch (a.action.about) {
    case 'objection':
      return form({ reason, basis: line(act.basisOfLaw), proposes: units(a, act.proposes) }, ['proposes']);
    case 'extension':
      return form({ reason, until: day(act.untilDay) });
    case 'suspension':
      return form({ reason, condition: words(act.condition), until: day(act.untilDay) });
    case 'exclusion': {
      const exclusion = choice(act.reason, EXCLUSION_REASONS, (one) => act.exclusions[one]);
      return form({ number: numbers(a), exclusion, reason: words(act.evidence) });
    }
    default:
      return form({ reason });
  }
}

function ruleForm(a: Asking): FormSchema {
  const { act } = a.visit.w;
  const granted = yesNo(act.ruling, act.granted, act.refused);
  const common = { granted, words: words(act.rulingWords) };
  const waits = pendingOf(a.view.c.applications).filter(({ about }) => about === a.action.about);
  const which: Readonly<Record<string, Property>> =
    waits.length > 1
      ? {
          application: choice(
            act.ruling,
            waits.map(({ application }) => application),
            (id) => id,
          ),
        }
      : {};
  if (a.action.about !== 'objection') return form({ ...which, ...common });
  const lead = form({ unit: units(a, act.ruledUnit) });
  return form({ ...which, ...common, lead, basis: line(act.basisOfLaw) }, ['lead', 'basis']);
}

/** Whom one's own unit may rate: who took part, never itself. */
export function ratedUnits({ visit, view: { c } }: Omit<Asking, 'action'>): readonly string[] {
  const all = new Set([...(c.lead ? [c.lead.unit] : []), ...c.tasks.map(({ unit }) => unit)]);
  return [...all].filter((unit) => unit !== visit.staff.unit.code);
}

function rateForm(a: Asking): FormSchema {
  const { act } = a.visit.w;
  const mark = (name: (typeof RATED)[number]): Property => ({
    type: 'integer',
    title: act.marks[name],
    oneOf: [1, 2, 3, 4, 5].map((value) => ({ const: value, title: String(value) })),
  });
  const marks = form(Object.fromEntries(RATED.map((name) => [name, mark(name)])));
  const of = choice(act.ratedUnit, ratedUnits(a), (code) => unitName(code, a.visit));
  return form({ of, marks, words: words(act.words) }, ['words']);
}
