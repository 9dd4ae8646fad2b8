import { type CaseId, isCaseId, parseRequestNumber } from '@gezhi/basis';
import { type Act, CHECK_WAYS, NOT_DISPATCHED, OUTCOMES, REFERRED_TO } from '@gezhi/cases';
import { findRequest } from '@gezhi/storage';
import { locate } from '@gezhi/town';
import { all, dayOf, type Input, isOneOf, MISSING, type Reading, type Unread } from '../kit/read-form.ts';
import { CONTACT_WAYS } from './act-form.ts';
import { chosenItem } from './knowledge-choice.ts';
import { PROCEDURE_READERS } from './read-procedure-form.ts';

/** The input of an act from its form, or what is missing in it. Only merging by number asks the database. */
export async function readActForm(act: Act, reading: Reading): Promise<Input | Unread> {
  return await READERS[act](reading);
}

export function isUnread(input: Input | Unread): input is Unread {
  return typeof (input as Unread).unread === 'string';
}

type Reader = (reading: Reading) => Input | Unread | Promise<Input | Unread>;

const NOTHING: Reader = () => ({});

const READERS: { readonly [A in Act]: Reader } = {
  join: () => MISSING,
  photograph: () => MISSING,
  triage: NOTHING,
  accept: NOTHING,
  close: NOTHING,
  reopen: NOTHING,
  unmerge: NOTHING,
  follow: (r) => all(r, ['number', 'words']),
  setKind: ({ visit, sent }) =>
    visit.town.kinds.has(sent.get('kind')) ? { kind: sent.get('kind') } : MISSING,
  setPlace: readPlace,
  answer: readAnswer,
  refer: (r) => (isOneOf(REFERRED_TO, r.sent.get('whom')) ? all(r, ['whom'], ['words']) : MISSING),
  decline: (r) => (isOneOf(NOT_DISPATCHED, r.sent.get('reason')) ? all(r, ['reason', 'words']) : MISSING),
  dispatch: readDispatch,
  contact: (r) => (isOneOf(CONTACT_WAYS, r.sent.get('way')) ? all(r, ['way'], ['number']) : MISSING),
  note: (r) => all(r, ['words']),
  task: readTask,
  finishTask: (r) => all(r, ['task'], ['words']),
  finish: (r) => (isOneOf(OUTCOMES, r.sent.get('outcome')) ? all(r, ['outcome', 'words']) : MISSING),
  check: ({ sent, unit }) => {
    const passed = sent.get('passed');
    if (passed !== 'yes' && passed !== 'no') return MISSING;
    const way = sent.get('way');
    return {
      passed: passed === 'yes',
      unit,
      ...(isOneOf(CHECK_WAYS, way) ? { way } : {}),
      words: sent.get('words'),
    };
  },
  callBack: readCallBack,
  split: readSplit,
  merge: readMerge,
  link: (r) => {
    const { sent } = r;
    if (!sent.get('system') || !sent.get('external')) return MISSING;
    return { system: sent.get('system'), number: sent.get('external'), ...dueOf(r) };
  },
  ...PROCEDURE_READERS,
};

/** The words that were written, or those of the item that was chosen. */
async function readAnswer(r: Reading): Promise<Input | Unread> {
  if (r.sent.get('words')) return all(r, ['words']);
  const item = await chosenItem(r.visit, r.sent);
  return item ? { words: item.answer } : MISSING;
}

function readPlace({ visit, sent }: Reading): Input | Unread {
  const placeText = sent.get('placeText');
  if (!placeText) return MISSING;
  const { now, town } = visit;
  const place = locate(town, { source: '', id: '', type: '', occurredAt: now, channel: '', placeText });
  return place.code === 'unknown' ? { unread: 'placeNotFound' } : { place };
}

function readDispatch({ visit, sent }: Reading): Input | Unread {
  if (sent.get('how') !== 'hand') return {};
  const unit = sent.get('unit');
  if (!visit.town.units.has(unit) || !sent.get('basis')) return MISSING;
  return { lead: { unit }, basis: sent.get('basis') };
}

function readTask(r: Reading): Input | Unread {
  const { visit, c, sent } = r;
  const unit = sent.get('unit');
  if (!visit.town.units.has(unit) || !sent.get('words')) return MISSING;
  return { task: `t${c.tasks.length + 1}`, unit, what: sent.get('words'), ...dueOf(r) };
}

function dueOf(reading: Reading): { readonly dueAt?: number } {
  const dueAt = dayOf(reading, 'dueDay');
  return dueAt === undefined ? {} : { dueAt };
}

function readCallBack({ sent }: Reading): Input | Unread {
  const number = sent.get('number');
  const way = sent.get('way');
  if (!number || !isOneOf(CONTACT_WAYS, way)) return MISSING;
  if (sent.get('reached') === 'no') return { number, unreachable: [way] };
  const answer = {
    contacted: sent.get('contacted'),
    solved: sent.get('solved'),
    satisfied: sent.get('satisfied'),
  };
  const known =
    isOneOf(['yes', 'no', 'noAnswer'], answer.contacted) &&
    isOneOf(['yes', 'partly', 'no', 'noAnswer'], answer.solved) &&
    isOneOf(['satisfied', 'basically', 'dissatisfied', 'noAnswer'], answer.satisfied);
  return known ? { number, way, answer } : MISSING;
}

function readSplit({ visit, sent }: Reading): Input | Unread {
  const called = sent.get('unit');
  const units = visit.town.units.has(called) ? { units: [called] } : {};
  const children = [1, 2, 3].flatMap((n) => {
    const kind = sent.get(`kind${n}`);
    return visit.town.kinds.has(kind) ? [{ kind, words: sent.get(`words${n}`), ...units }] : [];
  });
  return children.length > 0 ? { children } : MISSING;
}

async function readMerge({ visit, sent }: Reading): Promise<Input | Unread> {
  const { town } = visit;
  const text = sent.get('into');
  const number = parseRequestNumber(text);
  const into: CaseId | undefined = number
    ? await findRequest(town.db.pool, town.district, number)
    : isCaseId(text)
      ? text
      : undefined;
  return into ? { into } : { unread: text ? 'notFound' : 'missing' };
}
