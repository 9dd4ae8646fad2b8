import { isOpenPhase, PHASES, type Phase } from '@gezhi/cases';
import type { QueueOf } from '@gezhi/storage';
import { heldBy, whistleKinds } from '@gezhi/town';
import { openTo } from '../pages/case/queue-phases.ts';
import type { Label } from '../views/names.ts';
import type { StaffVisit } from './visit-of-turn.ts';

/** A work queue as data: its name, what is in it, and for which kinds of posts it stands before their own. */
export type Queue = {
  readonly queue: string;
  readonly label: Label;
  readonly of: QueueOf;
  /** Whether it stands there even where nothing waits in it. */
  readonly always: boolean;
};

type Saved = Omit<Queue, 'of'> & {
  /** `undefined` where it is not this post's to work on. */
  readonly of: (visit: StaffVisit) => QueueOf | undefined;
};

/** Phases that wait for a post like this one, whoever leads. */
function waiting(visit: StaffVisit, ...phases: readonly Phase[]): QueueOf | undefined {
  const open = openTo(visit.town, visit.staff).filter((phase) => phases.includes(phase));
  return open.length > 0 ? { phases: open, notUnit: visit.staff.unit.code } : undefined;
}

/** Every saved view, in the order in which it is shown. */
const SAVED: readonly Saved[] = [
  {
    queue: 'mine',
    label: { zh: '本单位在办', en: 'With my unit' },
    always: true,
    of: ({ staff }) => ({ unit: staff.unit.code }),
  },
  {
    queue: 'sign',
    label: { zh: '待本单位签收', en: 'For my unit to accept' },
    always: false,
    of: ({ staff }) => ({ unit: staff.unit.code, phases: ['dispatched'] }),
  },
  {
    queue: 'received',
    label: { zh: '新受理', en: 'New' },
    always: true,
    of: (visit) => waiting(visit, 'received'),
  },
  {
    queue: 'triage',
    label: { zh: '待派遣、待研判', en: 'To dispatch or decide' },
    always: true,
    of: (visit) => waiting(visit, 'triage'),
  },
  {
    queue: 'objections',
    label: { zh: '派单异议', en: 'Objections' },
    always: true,
    of: () => ({ flag: 'objected', phases: ['dispatched'] }),
  },
  {
    queue: 'extensions',
    label: { zh: '延期、挂账申请', en: 'More time asked for' },
    always: true,
    of: () => ({ phases: ['underway'], applied: ['extension', 'suspension'] }),
  },
  {
    queue: 'whistles',
    label: { zh: '吹哨', en: 'Whistles' },
    always: true,
    of: ({ town }) => ({ kinds: whistleKinds(town) }),
  },
  {
    queue: 'verification',
    label: { zh: '待核查', en: 'To verify' },
    always: true,
    of: () => ({ phases: ['done'] }),
  },
  {
    queue: 'callback',
    label: { zh: '待回访', en: 'To call back' },
    always: true,
    of: () => ({ phases: ['check'] }),
  },
  {
    queue: 'late',
    label: { zh: '已超期', en: 'Late' },
    always: true,
    of: () => ({ late: true }),
  },
  {
    queue: 'open',
    label: { zh: '全部在办', en: 'Everything open' },
    always: true,
    of: () => ({ phases: PHASES.filter(isOpenPhase) }),
  },
];

/** The queues of whoever looks, narrowed to what their post may see. */
export function queuesOf(visit: StaffVisit): readonly Queue[] {
  const held = heldBy(visit.town, visit.staff.actor, 'see');
  return SAVED.flatMap((saved) => {
    const of = saved.of(visit);
    return of ? [{ ...saved, of: { ...of, held } }] : [];
  });
}
