import { DAY, HOUR, MINUTE } from '@gezhi/basis';
import type { Case } from '@gezhi/cases';
import type { Posts } from './demo-posts.ts';
import type { LivedCase, Next, Step } from './demo-step.ts';

type Detour = (c: Case, lived: LivedCase, posts: Posts) => Next | undefined;

/**
 * The next step beside the plain road, where the course of the case has one that was not taken yet: the first that applies. A step that
 * the kernel refuses (its time is over, its reason gone) is left out, and the case goes its plain road.
 */
export function detour(c: Case, lived: LivedCase, posts: Posts): Next | undefined {
  const told = c.handedOff && acknowledge(c, lived, posts);
  if (told) return told;
  for (const one of DETOURS[c.state] ?? []) {
    const found = one(c, lived, posts);
    if (found) return found;
  }
  return undefined;
}

function next(step: Step, afterMs: number, lived: LivedCase): Next | undefined {
  return lived.taken.has(step.action) ? undefined : { step: { ...step, optional: true }, afterMs };
}

/** Whoever is reached at once says so themselves; sometimes a seat hears it on the telephone. */
const acknowledge: Detour = (c, { course }) => {
  const to = c.handedOff?.find((receiver) => !c.acknowledged?.includes(receiver));
  if (!to) return undefined;
  const seat = course.askedAtTerm && course.led;
  const step: Step = {
    action: 'acknowledge',
    by: seat ? 'seat' : 'emergency',
    input: { to, how: seat ? 'seat' : 'service' },
    optional: true,
  };
  return { step, afterMs: (seat ? 11 : 4) * MINUTE };
};

/** A department says that it is not its own; a street does not object to what is nobody else's. */
const object: Detour = (c, { course }, posts) => {
  if (!course.objects) return undefined;
  const made = c.applications?.filter(({ about }) => about === 'objection').length ?? 0;
  const wanted = course.objects === 'refusedTwice' ? 2 : 1;
  const street = posts.streetOf(c);
  const skips = made >= wanted || c.counts.reopenings > 0 || c.escalations || c.lead?.unit === street;
  if (skips) return undefined;
  const input = {
    reason: made === 0 ? '按职责清单，此事项不属本单位职责。' : '补充材料：现场权属不在本单位管护范围。',
    basis: '青溪市部门职责清单（2025年版）',
    proposes: street,
  };
  return { step: { action: 'object', by: 'lead', input, optional: true }, afterMs: 25 * MINUTE };
};

const askForHelp: Detour = (c, lived) => {
  const unit = c.coUnits[0];
  if (!lived.course.asks || !unit || c.tasks.length > 0) return undefined;
  const input = { task: unit, unit, what: '请按职责协助办理，并按时反馈。' };
  return next({ action: 'task', by: 'lead', input }, 50 * MINUTE, lived);
};

const deliver: Detour = (c, { course }) => {
  const task = c.tasks.find(({ doneAt, steps }) => doneAt === undefined && !steps?.refused);
  if (!task) return undefined;
  const by = { unit: task.unit };
  const late = course.asks === 'late';
  if (course.asks === 'refuses') {
    const input = { task: task.task, step: 'refused', words: '现场不在本单位管护范围，已说明依据。' };
    return { step: { action: 'stepTask', by, input, optional: true }, afterMs: 3 * HOUR };
  }
  if (!task.steps?.signed) {
    const input = { task: task.task, step: 'signed' };
    return { step: { action: 'stepTask', by, input, optional: true }, afterMs: (late ? 30 : 1) * HOUR };
  }
  const input = { task: task.task, words: '本单位部分已完成。' };
  const afterMs = late ? 8 * DAY : 9 * HOUR;
  return { step: { action: 'finishTask', by, input, optional: true }, afterMs };
};

const extension: Detour = (c, lived) => {
  const { course } = lived;
  if (!course.extension) return undefined;
  if (c.applications?.some((a) => a.about === 'extension' && !a.ruled)) {
    const granted = course.extension === 'granted';
    const words = granted ? '同意延期，已告知诉求人。' : '理由不充分，请按期办结。';
    const step: Step = { action: 'grantExtension', by: 'dispatcher', input: { granted, words } };
    return next(step, 3 * HOUR, lived);
  }
  const input = { reason: '需等待配件到货，已向诉求人说明。', untilAfterMs: 9 * DAY };
  return next({ action: 'askExtension', by: 'lead', input }, 5 * HOUR, lived);
};

const suspension: Detour = (c, lived) => {
  if (!lived.course.suspended) return undefined;
  if (c.applications?.some((a) => a.about === 'suspension' && !a.ruled)) {
    const input = { granted: true, words: '同意挂账，到期复查。' };
    return next({ action: 'grantSuspension', by: 'dispatcher', input }, 4 * HOUR, lived);
  }
  if (c.flags.includes('suspended')) {
    const input = { words: '条件已具备，恢复办理。' };
    const afterMs = (lived.course.askedAtTerm ? 19 : 34) * DAY;
    return next({ action: 'resume', by: 'lead', input }, afterMs, lived);
  }
  const input = {
    reason: '需列入下一批改造计划，当前无施工条件。',
    condition: '改造计划下达、材料进场。',
    untilAfterMs: 28 * DAY,
  };
  return next({ action: 'askSuspension', by: 'lead', input }, 6 * HOUR, lived);
};

const urge: Detour = (c, lived) => {
  const by = lived.course.urged;
  if (!by || c.urgedAt || (by === 'above' && !c.lead)) return undefined;
  return next({ action: 'urge', by, input: { words: '请抓紧办理。' } }, 3 * HOUR, lived);
};

const cannot: Detour = (c, lived) => {
  if (!lived.course.cannot || c.escalations) return undefined;
  const input = { words: '超出本单位权限，请上级研判。' };
  return next({ action: 'escalate', by: 'lead', input }, 20 * HOUR, lived);
};

const takeLead: Detour = (c, lived) => {
  if (!lived.course.led || c.leader || !c.escalatedTo) return undefined;
  return next(
    { action: 'takeLead', by: 'decider', input: { words: '由我包案，一周内看现场。' } },
    5 * HOUR,
    lived,
  );
};

const WHISTLED_FOR = ['CG', 'GA', 'ZJ', 'SC'] as const;

/** Only a street or township whistles, for what its own hands do not reach. */
const whistle: Detour = (c, lived, posts) => {
  const { whistle: blown } = lived.course;
  const lead = c.lead!.unit;
  if (!blown || c.children.length > 0 || posts.levelOf(lead) !== 'street') return undefined;
  if (posts.kindOf(lead) === 'police') return undefined;
  const units = WHISTLED_FOR.map((letters) => `${lead.slice(0, 6)}-${letters}`)
    .filter((unit) => posts.has(unit) && !c.against?.includes(unit))
    .slice(0, blown.units);
  const words = '反复出现，单靠街道难以解决，请有关部门到场共同处置。';
  const input = { children: [{ kind: blown.kind, units, words }] };
  return next({ action: 'whistle', by: 'lead', input }, 4 * HOUR, lived);
};

const list: Detour = (c, lived, posts) => {
  if (!lived.course.listed || c.children.length > 0 || posts.above(c.lead!.unit).length === 0)
    return undefined;
  const input = { children: [{ kind: 'supervision.listed', words: '同类问题反复发生，限期整改。' }] };
  return next({ action: 'list', by: 'supervisor', input }, 10 * HOUR, lived);
};

/** Out of the rates only by two: a seat proposes, the head of the hotline rules. */
const exclude: Detour = (c, lived) => {
  const { excluded } = lived.course;
  const number = Object.keys(c.voices)[0];
  if (!excluded || number === undefined) return undefined;
  if (c.applications?.some((a) => a.about === 'exclusion' && !a.ruled)) {
    const granted = excluded === 'granted';
    const words = granted ? '证据属实，同意剔除并公开。' : '证据不足，不予剔除。';
    return next({ action: 'ruleExclusion', by: 'hotlineHead', input: { granted, words } }, 22 * HOUR, lived);
  }
  const input = { number, exclusion: 'beyondDuty', reason: '诉求超出法定职责，附依据。' };
  return next({ action: 'proposeExclusion', by: 'seat', input }, 26 * HOUR, lived);
};

const WORK: readonly Detour[] = [whistle, list, askForHelp, deliver, extension, suspension, urge, cannot];

const DETOURS: Readonly<Record<string, readonly Detour[]>> = {
  dispatched: [object],
  contacted: WORK,
  escalated: [takeLead],
  closed: [exclude],
};
