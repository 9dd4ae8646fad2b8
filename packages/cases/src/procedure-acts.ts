import type { Refusal } from '@gezhi/basis';
import { DAY, HOUR, MINUTE } from '@gezhi/basis';
import { EXCLUSION_REASONS, isExclusionReason } from '@gezhi/measures';
import {
  add,
  findMove,
  type Handler,
  moveOf,
  refuseConcerned,
  refuseStranger,
  refuseWordy,
  some,
} from './act-tools.ts';
import type { Application } from './case.ts';
import type { ActInput } from './command.ts';
import { dispatchTo, renewPromises } from './dispatch.ts';
import { type ApplicationAbout, HANDED_TO, TASK_STEPS } from './fact.ts';
import { pendingOf } from './procedure.ts';
import type { Act, Action, Process } from './process.ts';
import { sayNo } from './refusals.ts';
import type { Work } from './work.ts';

type ProcedureAct = Extract<
  Act,
  | 'advance'
  | 'huddle'
  | 'concern'
  | 'handOff'
  | 'acknowledge'
  | 'apply'
  | 'rule'
  | 'resume'
  | 'urge'
  | 'escalate'
  | 'takeLead'
  | 'stepTask'
  | 'rate'
  | 'tryCallback'
>;

/** The acts of procedure: what a unit, a chief, a hotline may ask, rule and press for beside the plain road. */
export const PROCEDURE_HANDLERS: { readonly [A in ProcedureAct]: Handler<A> } = {
  advance: (work, { words }, process, action) =>
    add(work, {
      type: 'advanced',
      data: { step: action.name, ...some({ words }), ...moveOf(work, process, action) },
    }),
  huddle: (work, { units, words }) => add(work, { type: 'huddled', data: { units, words } }),
  concern: (work, { units, because }) => {
    if (units.length === 0)
      return sayNo('missing-field', 'Name the units that it is about.', { field: 'units' });
    work.add({ type: 'concerned', data: { units, because: because ?? [] } });
    const { lead } = work.state;
    return lead && refuseConcerned(work, [lead.unit])
      ? sayNo('concerned', `"${lead.unit}" leads the matter: dispatch it anew first.`, { unit: lead.unit })
      : undefined;
  },
  handOff,
  acknowledge: (work, { to, how, reference }) => {
    const wordy = reference === undefined ? undefined : refuseWordy({ reference });
    if (wordy) return wordy;
    const { handedOff, acknowledged } = work.state;
    if (!handedOff?.includes(to)) return sayNo('nobody-to-tell', `It was not handed to ${to}.`, { to });
    if (acknowledged?.includes(to))
      return sayNo('already-acknowledged', `${to} has acknowledged it already.`, { to });
    return add(work, { type: 'acknowledged', data: { to, how: how ?? 'seat', ...some({ reference }) } });
  },
  apply,
  rule,
  resume: (work, { words }) => {
    if (!work.state.flags.includes('suspended')) return sayNo('no-change', 'The case is not suspended.');
    return add(work, { type: 'resumed', data: { words } });
  },
  urge,
  escalate,
  takeLead: (work, { words }) => {
    const unit = work.context.unitOf(work.by);
    if (unit === undefined) return sayNo('no-unit', `The post "${work.by.post}" is no unit's.`);
    return add(work, { type: 'leaderTook', data: { unit, post: work.by.post, ...some({ words }) } });
  },
  stepTask: (work, { task, step, way, words }) => {
    const known = work.state.tasks.find((t) => t.task === task);
    if (!known) return sayNo('no-such-task', `The case has no task "${task}".`, { task });
    if (!TASK_STEPS.includes(step))
      return sayNo('bad-identifier', `"${step}" is no step of a task.`, { field: 'step' });
    if (known.doneAt !== undefined || known.steps?.[step] !== undefined)
      return sayNo('no-change', `Task "${task}" is "${step}" or done already.`, { task });
    if (step === 'refused' && !words)
      return sayNo('missing-field', 'A refusal says why.', { field: 'words' });
    return add(work, { type: 'taskStepped', data: { task, step, ...some({ way, words }) } });
  },
  rate,
  tryCallback: (work, { number, way }) => {
    const wrong = refuseWordy({ way }) ?? refuseStranger(work, number);
    if (wrong) return wrong;
    if (work.state.voices[number]!.callback)
      return sayNo('already-called-back', `Request ${number} was called back already.`, { number });
    return add(work, { type: 'callbackTried', data: { number, way } });
  },
};

/** Tells those whom a danger concerns at once; the case goes its own way beside (条例 Art. 11(1), 29). */
function handOff(work: Work, { to, because }: ActInput['handOff']): Refusal | undefined {
  const { handedOff = [], acknowledged = [], signs = [] } = work.state;
  if (to !== undefined && !HANDED_TO.includes(to))
    return sayNo('unknown-receiver', `Nobody is reached as "${to}".`, { receivers: HANDED_TO });
  // A new danger may be handed to somebody who acknowledged an earlier one.
  const waits = handedOff.filter((receiver) => to === undefined || !acknowledged.includes(receiver));
  const concerned = to === undefined ? [...new Set(signs.map((sign) => sign.to))] : [to];
  const news = concerned.filter((receiver) => !waits.includes(receiver));
  if (news.length === 0) return sayNo('nobody-to-tell', 'Everybody whom it concerns was told already.');
  for (const receiver of news) {
    const read = signs.filter((sign) => sign.to === receiver).map(({ rule }) => ({ code: 'sign', rule }));
    const why = to !== undefined && because?.length ? because : read.length ? read : [{ code: 'by-hand' }];
    work.add({ type: 'handedOff', data: { to: receiver, because: why } });
  }
  return undefined;
}

/** What each sort of application must say; the reason is asked of all. */
const NEEDS: Readonly<Record<ApplicationAbout, readonly (keyof ActInput['apply'])[]>> = {
  objection: ['basis'],
  extension: ['until'],
  suspension: ['until', 'condition'],
  exclusion: ['number', 'exclusion'],
  approval: [],
};

function apply(work: Work, input: ActInput['apply'], process: Process, action: Action): Refusal | undefined {
  const about = action.about!;
  const missing = NEEDS[about].find((field) => input[field] === undefined || input[field] === '');
  if (missing)
    return sayNo('missing-field', `An application for ${about} names "${missing}".`, { field: missing });
  const unit = work.context.unitOf(work.by) ?? work.by.post;
  const same = pendingOf(work.state.applications).find((a) => a.about === about && a.number === input.number);
  if (same)
    return sayNo('already-applied', `${same.application} is not ruled on yet.`, {
      application: same.application,
    });
  const { until, number, exclusion } = input;
  if (until !== undefined && until <= work.context.now)
    return sayNo('not-later', 'The moment that it names is past.', { until });
  if (exclusion !== undefined && !isExclusionReason(exclusion))
    return sayNo('unknown-reason', `"${exclusion}" is no reason to exclude.`, { reasons: EXCLUSION_REASONS });
  const stranger = refuseStranger(work, number);
  if (stranger) return stranger;
  const n = (work.state.applications ?? []).filter((a) => a.about === about).length + 1;
  const { reason, basis, condition, proposes } = input;
  return add(work, {
    type: 'applied',
    data: {
      application: `${about}-${n}`,
      about,
      unit,
      reason,
      ...some({ basis, until, condition, proposes, number, exclusion }),
      ...findMove(process, action, ''),
    },
  });
}

/** Nobody rules on what they applied for themselves, nor another post of theirs. What was granted takes effect at once. */
function rule(work: Work, input: ActInput['rule'], process: Process, action: Action): Refusal | undefined {
  const about = action.about!;
  const pending = pendingOf(work.state.applications).filter(
    (a) => a.about === about && (!input.application || a.application === input.application),
  );
  const application = pending[0];
  if (!application) return sayNo('nothing-applied', `No application for ${about} waits here.`, { about });
  const own = refuseOwnRuling(work, application);
  if (own) return own;
  const { granted, words, basis } = input;
  const objections = (work.state.applications ?? []).filter((a) => a.about === 'objection').length;
  const final = about === 'objection' && objections >= FINAL_AFTER ? { final: true as const } : {};
  const move = granted
    ? findMove(process, action, 'granted')
    : (findMove(process, action, 'refused') ?? backTo(work, application));
  work.add({
    type: 'ruled',
    data: {
      application: application.application,
      about,
      granted,
      words,
      ...some({ basis }),
      ...final,
      ...move,
    },
  });
  return granted ? EFFECTS[about](work, application, input, process) : undefined;
}

/** Two objections to one matter; the second ruling is final (docs/law.md). */
const FINAL_AFTER = 2;

function refuseOwnRuling({ by }: Work, application: Application): Refusal | undefined {
  const own =
    by.post === application.by.post || (by.person !== undefined && by.person === application.by.person);
  return own
    ? sayNo('own-approval', 'Whoever applied does not rule on it.', { approver: by.post })
    : undefined;
}

/** Refused, the case goes back to where it stood, unless it has gone on by itself meanwhile. */
function backTo(work: Work, application: Application): Partial<Application['before']> {
  return work.state.flags.includes('objected') ? application.before : {};
}

type Effect = (
  work: Work,
  application: Application,
  input: ActInput['rule'],
  process: Process,
) => Refusal | undefined;

const EFFECTS: Readonly<Record<ApplicationAbout, Effect>> = {
  approval: () => undefined,
  objection: (work, { application }, input, process) =>
    input.lead ? dispatchTo(work, input.lead, input, process, application) : undefined,
  extension: (work, { application, reason, until }) => {
    const due = { dueAt: until!, term: 'extension', profile: application, calendar: 'stated' };
    work.add({ type: 'extended', data: { application, due, reason } });
    renewPromises(work, due);
    return undefined;
  },
  suspension: (work, { reason, condition, until }) => {
    work.add({ type: 'suspended', data: { reason, reviewAt: until!, ...some({ condition }) } });
    return undefined;
  },
  exclusion: (work, { number, exclusion, reason }) => {
    work.add({ type: 'excluded', data: { number: number!, reason: exclusion!, evidence: reason } });
    return undefined;
  },
};

/** At most once a day for each level: what more is said in a day goes with the first (Shanghai Daning Road: urge; PEERS B5). */
function urge(work: Work, { words }: ActInput['urge']): Refusal | undefined {
  const unit = work.context.unitOf(work.by) ?? work.by.post;
  const last = work.state.urgedAt?.[unit];
  if (last !== undefined && work.context.now - last < DAY) {
    const hours = Math.ceil((last + DAY - work.context.now) / HOUR);
    return sayNo('already-urged', `"${unit}" urged within the last day; again in ${hours} h.`, {
      unit,
      hours,
    });
  }
  return add(work, { type: 'urged', data: { unit, ...some({ words }) } });
}

function escalate(
  work: Work,
  { unit, words, because }: ActInput['escalate'],
  process: Process,
  action: Action,
): Refusal | undefined {
  const { lead, escalatedTo } = work.state;
  const from = escalatedTo ?? lead?.unit;
  const above = from === undefined ? [] : work.context.above(from);
  const receiver = unit ?? above[0] ?? escalatedTo;
  if (receiver === undefined) return sayNo('nobody-above', 'There is no unit above the lead.');
  if (unit !== undefined && !above.includes(unit))
    return sayNo('nobody-above', `"${unit}" is not above "${from}".`, { unit });
  return add(work, {
    type: 'escalated',
    data: { unit: receiver, because: because ?? [], ...some({ words }), ...findMove(process, action, '') },
  });
}

const MARK_MAX = 5;

/** A unit rates another after they worked together; never itself, never a person (双考核, 条例 Art. 33). */
function rate(work: Work, { of, marks, words }: ActInput['rate']): Refusal | undefined {
  const by = work.context.unitOf(work.by);
  if (by === undefined) return sayNo('no-unit', `The post "${work.by.post}" is no unit's.`);
  if (by === of) return sayNo('own-rating', 'No unit rates itself.', { unit: of });
  const wordy = refuseWordy(Object.fromEntries(Object.keys(marks).map((name) => [name, name])));
  if (wordy) return wordy;
  const bad = Object.entries(marks).find(
    ([, mark]) => !Number.isInteger(mark) || mark < 1 || mark > MARK_MAX,
  );
  if (bad || Object.keys(marks).length === 0)
    return sayNo('bad-mark', `A mark is a whole number from 1 to ${MARK_MAX}.`, { mark: bad?.[0] });
  return add(work, { type: 'rated', data: { by, of, marks, ...some({ words }) } });
}

/** Three tries at different hours and by two ways, or what the process says, before somebody counts as not reachable. */
export function refuseTooFewTries(work: Work, process: Process, number: string): Refusal | undefined {
  const rule = process.callback;
  if (!rule) return undefined;
  const tries = work.state.voices[number]?.tries ?? [];
  const gap = rule.apartMinutes * MINUTE;
  let last = Number.NEGATIVE_INFINITY;
  let apart = 0;
  for (const { at } of tries) {
    if (at - last < gap) continue;
    apart += 1;
    last = at;
  }
  const ways = new Set(tries.map(({ way }) => way)).size;
  if (apart >= rule.tries && ways >= rule.ways) return undefined;
  return sayNo(
    'too-few-tries',
    `Reached nobody ${apart} times by ${ways} ways; ${rule.tries} times by ${rule.ways} ways are asked.`,
    { tries: apart, ways, asked: rule },
  );
}
