import { type Case, clocksOf, guardView, type Process } from '@gezhi/cases';
import type { Reads } from './watch-guards.ts';

/** Above this, counts are alike: two objections and three are both "again". */
const COUNT_MAX = 2;

/** Fields that depend on the moment and the catalogue, which the model tries both ways; flags count one by one. */
const SAID_APART: ReadonlySet<string> = new Set(['ageHours', 'routeClear', 'flags', 'traits', 'late']);

/** How a case came to be routed tells cases apart until somebody leads it. */
const UNTIL_LED: ReadonlySet<string> = new Set(['kindBecause', 'place', 'against']);

/**
 * What tells two situations of a case apart for the model: its state, who is still to be asked, what was applied for, which clocks run, and
 * the fields that some condition of this process reads. Counts end at two.
 */
export function keyOf(
  process: Process,
  c: Case,
  reads: Reads,
  told: boolean,
  traits: (kind: string) => readonly string[],
): string {
  const voices = Object.values(c.voices);
  const now = { now: c.openedAt, routeClear: true, traits: [], late: [] };
  const view = guardView(c, now).case;
  let key = `${c.state}|${Math.min(voices.length, COUNT_MAX)}|${Math.min(c.owed, COUNT_MAX)}|`;
  key += `${bit(view.unsolved > 0n)}${bit(told)}${bit(c.lead)}${bit(view.tasksOpen > 0n)}${bit(c.counts.reopenings)}|${movingApplications(process, view.pending)}|`;
  for (const { clock, stoppedAt } of clocksOf(process, c, () => undefined)) {
    if (stoppedAt === undefined && !clock.includes('/')) key += `${clock},`;
  }
  for (const field of reads.fields) {
    if (SAID_APART.has(field) || (c.lead && UNTIL_LED.has(field))) continue;
    key += `|${shapeOf(view[field])}`;
  }
  if (reads.fields.has('traits')) key += `|${traits(c.kind).join()}`;
  for (const flag of c.flags) {
    if (reads.flags.has(flag) && !(c.lead && flag === 'unclear')) key += `|${flag}`;
  }
  return key;
}

/** What was applied for, as far as the ruling moves the case. */
function movingApplications(process: Process, pending: readonly string[]): string {
  const moving = Object.values(process.actions).flatMap((a) =>
    a.about && a.to !== undefined ? [a.about] : [],
  );
  return [...new Set(pending)]
    .filter((about) => moving.some((other) => other === about))
    .sort()
    .join();
}

function bit(value: unknown): string {
  return value ? '1' : '0';
}

/** A value without its names, moments and long counts. */
function shapeOf(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'bigint') return value > 1 ? 'more' : String(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (!Array.isArray(value)) {
    return Object.entries(value)
      .map(([name, item]) => `${name}=${shapeOf(item)}`)
      .join(';');
  }
  if (value.every((item) => typeof item === 'string')) return value.join(',');
  return `${Math.min(value.length, COUNT_MAX)}${shapeOf(value.at(-1))}`;
}
