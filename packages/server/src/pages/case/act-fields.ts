import { type Act, CHECK_WAYS, LABELS, NOT_DISPATCHED, OUTCOMES, REFERRED_TO } from '@gezhi/cases';
import { unitsAbove } from '@gezhi/town';
import { type Option, selectField, textField } from '../kit/fields.ts';
import { type Child, html } from '../kit/html.ts';
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
import { knowledgeChoice } from './knowledge-choice.ts';
import { PROCEDURE_FIELDS } from './procedure-fields.ts';

type Fields = (asking: Asking) => Child;

const NONE: Fields = () => undefined;

/** The fields that each act needs, in the reader's language; names are those that `readActForm` reads. */
export const ACT_FIELDS: { readonly [A in Act]: Fields } = {
  join: NONE,
  photograph: NONE,
  triage: NONE,
  accept: NONE,
  close: NONE,
  reopen: NONE,
  unmerge: NONE,
  follow: (a) => [voiceSelect(a, voicesOf(a)), words(a, a.visit.w.act.words)],
  setKind: (a) =>
    selectField({ ...field(a, 'kind', a.visit.w.case.kind, a.c.kind), options: kindOptions(a) }),
  setPlace: (a) => textField(field(a, 'placeText', a.visit.w.act.place)),
  answer: (a) => [knowledgeChoice(a.visit, a.prefix, a.sent, a.known), words(a, a.visit.w.act.reply)],
  refer: (a) => [
    selectField({ ...field(a, 'whom', a.visit.w.act.whom), options: receiverOptions(a) }),
    words(a, a.visit.w.act.reply),
  ],
  decline: (a) => [
    radios(a, 'reason', a.visit.w.act.reason, NOT_DISPATCHED, (r) => LABELS.notDispatched[r][a.visit.lang]),
    html`<p class="hint">${a.visit.w.notDispatchedLaw}</p>`,
    words(a, a.visit.w.act.declineWords),
  ],
  dispatch: (a) => [
    radios(
      a,
      'how',
      a.visit.w.act.how,
      ['catalogue', 'hand'],
      (how) => (how === 'hand' ? a.visit.w.act.byHand : a.visit.w.act.byCatalogue),
      'catalogue',
    ),
    unitSelect(a),
    textField(field(a, 'basis', a.visit.w.act.basis)),
  ],
  contact: (a) => [
    radios(a, 'way', a.visit.w.act.way, CONTACT_WAYS, (way) => a.visit.w.ways[way], 'phone'),
    voicesOf(a).length > 1 && voiceSelect(a, voicesOf(a)),
  ],
  note: (a) => words(a, a.visit.w.act.note),
  task: (a) => [
    unitSelect(a),
    words(a, a.visit.w.act.what),
    textField({
      ...field(a, 'dueDay', a.visit.w.act.dueDay + a.visit.w.form.optional),
      type: 'date',
      width: 'middle',
    }),
  ],
  finishTask: (a) => [
    selectField({ ...field(a, 'task', a.visit.w.act.task), options: taskOptions(a) }),
    words(a, a.visit.w.act.words + a.visit.w.form.optional),
  ],
  finish: (a) => [
    radios(a, 'outcome', a.visit.w.act.outcome, OUTCOMES, (o) => LABELS.outcomes[o][a.visit.lang]),
    words(a, a.visit.w.act.reply),
  ],
  check: (a) => [
    radios(a, 'passed', a.visit.w.act.result, ['yes', 'no'], (p) =>
      p === 'yes' ? a.visit.w.act.passed : a.visit.w.act.failed,
    ),
    radios(a, 'way', a.visit.w.act.checkedBy, CHECK_WAYS, (way) => a.visit.w.act.checks[way], 'onSite'),
    words(a, a.visit.w.act.words + a.visit.w.form.optional),
  ],
  callBack: callBackFields,
  split: (a) => [
    a.action.kinds && unitSelect(a, a.visit.w.act.called + a.visit.w.form.optional),
    [1, 2, 3].slice(0, a.action.kinds ? 1 : 3).map(
      (
        n,
      ) => html`<fieldset class="field"><legend>${a.visit.w.act.child(n)}${n > 1 && a.visit.w.form.optional}</legend>
${selectField({ ...field(a, `kind${n}`, a.visit.w.act.childKind), options: [{ value: '', label: a.visit.w.form.choose }, ...kindOptions(a)] })}
${words(a, a.visit.w.act.childWords, `words${n}`)}</fieldset>`,
    ),
  ],
  merge: (a) => textField(field(a, 'into', a.visit.w.act.into)),
  link: (a) => [
    textField(field(a, 'system', a.visit.w.act.system)),
    textField(field(a, 'external', a.visit.w.act.external)),
    textField({
      ...field(a, 'dueDay', a.visit.w.act.dueDay + a.visit.w.form.optional),
      type: 'date',
      width: 'middle',
    }),
  ],
  ...PROCEDURE_FIELDS,
};

/** Why an exception, and who approved it: asked after a bendable guard has refused. */
/** @param unit of whoever asks for it */
export function bendFields(a: Asking, unit: string): Child {
  const { act } = a.visit.w;
  return html`<fieldset class="field bend"><legend>${act.bend}</legend>${words(a, act.bendReason, 'bendReason')}${approverSelect(a, unit)}</fieldset>`;
}

function callBackFields(a: Asking): Child {
  const { w, lang } = a.visit;
  const owed = voicesOf(a).filter((number) => !a.c.voices[number]?.callback);
  return [
    voiceSelect(a, owed),
    radios(a, 'way', w.act.way, CONTACT_WAYS, (way) => w.ways[way], 'phone'),
    radios(
      a,
      'reached',
      w.act.reached,
      ['yes', 'no'],
      (r) => (r === 'yes' ? w.act.reachedYes : w.act.reachedNo),
      'yes',
    ),
    radios(a, 'contacted', w.act.contacted, keys(LABELS.contacted), (v) => LABELS.contacted[v][lang]),
    radios(a, 'solved', w.act.solved, keys(LABELS.solved), (v) => LABELS.solved[v][lang]),
    radios(a, 'satisfied', w.act.satisfied, keys(LABELS.satisfied), (v) => LABELS.satisfied[v][lang]),
  ];
}

function keys<K extends string>(record: Readonly<Record<K, unknown>>): readonly K[] {
  return Object.keys(record) as K[];
}

function receiverOptions({ visit }: Asking): readonly Option[] {
  const receivers = REFERRED_TO.map((value) => ({ value, label: LABELS.referredTo[value][visit.lang] }));
  return [{ value: '', label: visit.w.form.choose }, ...receivers];
}

/** The kinds of parts that an action makes where it says which, else those that calls are about. */
function kindOptions({ visit, action }: Asking): readonly Option[] {
  const kinds = action.kinds
    ? action.kinds.flatMap((code) => visit.town.kinds.get(code) ?? [])
    : visit.town.pack.kinds;
  return kinds.map(({ code, name }) => ({ value: code, label: name[visit.lang] }));
}

/** Heads of one's own unit and of those above it; in a unit without any, heads of the whole town. */
function approverSelect(a: Asking, staff: string): Child {
  const { town, w } = a.visit;
  const units = [staff, ...unitsAbove(town, staff)];
  const own = a.visit.staff?.actor.post;
  const heads = [...town.posts.values()].filter((post) => post.kind === 'head' && post.code !== own);
  const near = heads.filter((post) => units.includes(post.unit));
  const options = (near.length > 0 ? near : heads).map(({ code, name }) => ({ value: code, label: name }));
  return selectField({
    ...field(a, 'approver', w.act.approver),
    options: [{ value: '', label: w.form.choose }, ...options],
  });
}
