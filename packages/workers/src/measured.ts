import { createHash } from 'node:crypto';
import { type Case, clocksOf, measuredCase, type Process } from '@gezhi/cases';
import type { MeasuredCase } from '@gezhi/measures';
import { dueIn, processOf, type Town } from '@gezhi/town';

/** The clock whose term is the case's deadline in the measures. */
const HANDLE = 'handle';

/** A case as the measures count it, with the end of its handling term by the town's terms and calendar. */
export function measuredIn(town: Town, c: Case): MeasuredCase {
  const handle = clocksOf(handleOnly(processOf(town, c)), c, (stage, of, startedAt) =>
    dueIn(town, stage, of, startedAt),
  )[0];
  return measuredCase(c, handle?.due?.dueAt);
}

const handles = new WeakMap<Process, Process>();

/** The process with that clock alone: the others cost a deadline each and are not counted. */
function handleOnly(process: Process): Process {
  let only = handles.get(process);
  if (!only) {
    only = { ...process, clocks: process.clocks.filter((clock) => clock.name === HANDLE) };
    handles.set(process, only);
  }
  return only;
}

const yardsticks = new WeakMap<Town, string>();

/**
 * Names everything besides the facts that decides what a case adds to the roll-ups: terms of the scenes, calendar, urgency of kinds.
 * Where it changes, what was added can no longer be taken back exactly, and the roll-ups are rebuilt.
 */
export function measureYardstick(town: Town): string {
  let yardstick = yardsticks.get(town);
  if (yardstick === undefined) {
    const { id, version, workHours, closeMs } = town.calendar;
    const urgencies = [...town.kinds.values()]
      .flatMap((kind) => (kind.urgency ? [`${kind.code}=${kind.urgency}`] : []))
      .sort();
    const clocks = [...town.packs.values()].map((pack) => pack.clocks);
    const told = JSON.stringify([id, version, workHours, closeMs, town.profile.zone, clocks, urgencies]);
    yardstick = createHash('sha256').update(told).digest('hex').slice(0, 16);
    yardsticks.set(town, yardstick);
  }
  return yardstick;
}
