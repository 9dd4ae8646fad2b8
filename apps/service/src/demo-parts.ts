import { DAY, HOUR, MINUTE } from '@gezhi/basis';
import type { Case } from '@gezhi/cases';
import type { LivedCase, Next, Step } from './demo-step.ts';

/** What is done next in a part of a case: a whistle or a listed supervision. Others are left to those whom they are for. */
export function nextInPart(c: Case, lived: LivedCase): Next | undefined {
  switch (c.scene) {
    case 'whistle':
      return inWhistle(c, lived);
    case 'supervision':
      return inSupervision(c);
    default:
      return undefined;
  }
}

/** 吹哨报到: approved, signed, come to the place, at work together, concluded, rated both ways, dismissed. */
function inWhistle(c: Case, lived: LivedCase): Next | undefined {
  switch (c.state) {
    case 'drafted':
      return { step: { action: 'approve', by: 'leadHead', input: {} }, afterMs: 80 * MINUTE };
    case 'called':
      return afterwards(c) ?? arrival(c, lived) ?? { step: CONVENE, afterMs: 30 * MINUTE };
    case 'inquiry': {
      const input = { words: '经核查，被点名单位应当到场，限一日内报到。' };
      return { step: { action: 'districtDecides', by: 'decider', input }, afterMs: 15 * HOUR };
    }
    case 'convened':
      return atWork(c, lived);
    case 'concluded':
      return { step: rating(c) ?? { action: 'dismiss', by: 'lead' }, afterMs: 20 * HOUR };
    default:
      return undefined;
  }
}

const CONVENE: Step = {
  action: 'convene',
  by: 'lead',
  input: { words: '成立专班：街道负责人任临时党支部书记，到场单位各派一名委员。' },
};

/** An emergency whistle calls first and is approved when there is time. */
function afterwards(c: Case): Next | undefined {
  const emergency = c.kind === 'whistle.emergency';
  if (!emergency || c.turns.some(({ type }) => type === 'advanced.approveAfterwards')) return undefined;
  return { step: { action: 'approveAfterwards', by: 'leadHead', input: {} }, afterMs: 5 * HOUR };
}

/** Each unit signs and comes; one that refuses says why, and the street takes it to the district. */
function arrival(c: Case, { course }: LivedCase): Next | undefined {
  if (c.tasks.some(({ steps }) => steps?.refused) && !c.escalations) {
    const input = { words: '被点名单位未到场，请区级核查。' };
    return { step: { action: 'toDistrict', by: 'lead', input }, afterMs: 3 * HOUR };
  }
  const last = c.tasks.at(-1)?.task;
  const waited = c.tasks.find(({ steps }) => !steps?.arrived && !steps?.refused);
  if (!waited) return undefined;
  const { task, unit, steps } = waited;
  const report = (input: object, afterMs: number): Next => ({
    step: { action: 'report', by: { unit }, input: { task, ...input } },
    afterMs,
  });
  if (course.whistle?.refused && task === last)
    return report({ step: 'refused', words: '认为不属本单位职责，暂不派员。' }, 90 * MINUTE);
  if (!steps?.signed) return report({ step: 'signed' }, 25 * MINUTE);
  return report({ step: 'arrived', way: course.askedAtTerm ? 'onSite' : 'phone' }, 70 * MINUTE);
}

function atWork(c: Case, lived: LivedCase): Next {
  if (!lived.taken.has('minute')) {
    const input = { words: '会商纪要：各单位分工已明确，三日内反馈。' };
    return { step: { action: 'minute', by: 'lead', input }, afterMs: HOUR };
  }
  const open = c.tasks.find(({ doneAt }) => doneAt === undefined);
  if (open) {
    const input = { task: open.task, words: '分工部分已完成。' };
    return { step: { action: 'deliver', by: { unit: open.unit }, input }, afterMs: 11 * HOUR };
  }
  const input = { outcome: 'solved', words: '各单位一致结论：已共同处置，转常态巡查。' };
  return { step: { action: 'conclude', by: 'lead', input }, afterMs: 8 * HOUR };
}

/** The street rates each unit, and the first of them rates the whistle: units, never persons. */
function rating(c: Case): Step | undefined {
  const rated = (by: string, of: string): boolean =>
    c.ratings?.some((rating) => rating.by === by && rating.of === of) ?? false;
  const street = c.lead!.unit;
  const unrated = c.tasks.find(({ unit }) => !rated(street, unit));
  if (unrated) {
    const marks = { speed: unrated.steps?.refused ? 2 : 4, result: 4 };
    return { action: 'rate', by: 'lead', input: { of: unrated.unit, marks } };
  }
  const first = c.tasks[0]?.unit;
  if (!first || rated(first, street)) return undefined;
  return { action: 'rate', by: { unit: first }, input: { of: street, marks: { need: 4, preparation: 5 } } };
}

/** 挂牌督办: cured in time, tested, delisted, and looked at again after half a year and a year. */
function inSupervision(c: Case): Next | undefined {
  switch (c.state) {
    case 'listed': {
      const input = { outcome: 'solved', words: '已按清单整改，长效措施已落实。' };
      return { step: { action: 'finish', by: 'lead', input }, afterMs: 44 * DAY };
    }
    case 'rectified':
      return { step: { action: 'test', by: 'supervisor', input: { passed: true } }, afterMs: 6 * DAY };
    case 'delisted':
      return { step: { action: 'effectAfterHalfYear', by: 'supervisor', input: {} }, afterMs: 181 * DAY };
    case 'halfYear':
      return { step: { action: 'effectAfterYear', by: 'supervisor' }, afterMs: 182 * DAY };
    default:
      return undefined;
  }
}
