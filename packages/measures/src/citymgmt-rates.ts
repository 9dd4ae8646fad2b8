import type { Counts } from './counters.ts';
import { type Share, share } from './share.ts';

/**
 * How the rates of digital city management (数字城管) are read where practice differs, as data with a version.
 */
export type CitymgmtPolicy = {
  readonly id: string;
  readonly version: number;
  readonly source: string;
  /**
   * 按期结案: closed by the deadline; or closed at any time after it was done by the deadline (where closing
   * waits for a callback).
   */
  readonly closedInTime: 'closedByDue' | 'doneByDue';
  readonly z: number;
};

export const CITYMGMT: CitymgmtPolicy = {
  id: 'citymgmt',
  version: 1,
  source: 'GB/T 30428.4（CJ/T 292）绩效评价指标名称；算法按计数器推定',
  closedInTime: 'closedByDue',
  z: 1.96,
};

/** Each null where nothing was due, handled or dispatched: never 0 for want of cases. */
export type CitymgmtRates = {
  readonly policy: { readonly id: string; readonly version: number };
  /** 结案率 = 结案 / 应结案 */
  readonly closing: Share | null;
  /** 按期结案率 = 按期结案 / 应结案 */
  readonly closingInTime: Share | null;
  /** 处置率 = 处置 / 应处置 */
  readonly handling: Share | null;
  /** 按期处置率 = 按期处置 / 应处置 */
  readonly handlingInTime: Share | null;
  /** 返工率 = 返工案件 / 处置案件 */
  readonly rework: Share | null;
  /** 延期率 = 延期案件 / 应处置 */
  readonly extension: Share | null;
  /** 派遣准确率 = 准确派遣 / 派遣 */
  readonly dispatchAccuracy: Share | null;
  /** Of all that were due: closed with nothing to handle, and so not in 应处置. */
  readonly lapsed: Share | null;
  /** Times, not cases: one case may be sent back or extended more than once. */
  readonly times: { readonly reworks: number; readonly extensions: number };
};

/**
 * The rates of a period from its sums on the bases `due` and `dispatched`. 应处置 are the cases whose deadline
 * falls in the period, whatever the date they were opened; those closed with nothing to handle are taken off
 * and shown as `lapsed`. 应结案 are all that were due.
 *
 * @throws Fault `bad-share` where the sums contradict each other
 */
export function citymgmtRates(counts: Counts, policy: CitymgmtPolicy = CITYMGMT): CitymgmtRates {
  const of = (part: number | undefined, whole: number | undefined): Share | null =>
    share(part ?? 0, whole ?? 0, policy.z);
  const toHandle = (counts.due ?? 0) - (counts.dueLapsed ?? 0);
  const inTime = policy.closedInTime === 'closedByDue' ? counts.dueClosedInTime : counts.dueClosedDoneInTime;
  return {
    policy: { id: policy.id, version: policy.version },
    closing: of(counts.dueClosed, counts.due),
    closingInTime: of(inTime, counts.due),
    handling: of(counts.dueDone, toHandle),
    handlingInTime: of(counts.dueDoneInTime, toHandle),
    rework: of(counts.dueReworked, counts.dueEverDone),
    extension: of(counts.dueExtended, toHandle),
    dispatchAccuracy: of((counts.dispatches ?? 0) - (counts.wrongDispatches ?? 0), counts.dispatches),
    lapsed: of(counts.dueLapsed, counts.due),
    times: { reworks: counts.dueReworks ?? 0, extensions: counts.dueExtensions ?? 0 },
  };
}
