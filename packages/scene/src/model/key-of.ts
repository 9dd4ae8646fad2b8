import { type Case, clocksOf, guardView, type Process } from '@gezhi/cases';
import type { Reads } from './watch-guards.ts';

/** Above this, counts are alike: two objections and three are both "again". */
const COUNT_MAX = 2;

/** Fields that say who, when and by what number, or that the key speaks of by itself; everything else about a case counts. */
const APART: ReadonlySet<string> = new Set([
  'caseId',
  'district',
  'seq',
  'scene',
  'pack',
  'process',
  'openedAt',
  'openedBy',
  'recordedAt',
  'endedAt',
  'dispatchedFirstAt',
  'turns',
  'latePassed',
  'voices',
  'owed',
  'place',
  'kind',
  'kindBecause',
  'outcome',
  'closedHow',
  'flags',
  'route',
  'coUnits',
  'externals',
  'children',
  'parent',
  'counts',
  'phase',
  'tasks',
  'lead',
  'state',
]);

/** Fields that depend on the moment and the catalogue, which the model tries both ways; flags count one by one. */
const SAID_APART: ReadonlySet<string> = new Set(['ageHours', 'routeClear', 'flags', 'traits', 'late']);

/**
 * What tells two situations of a case apart for the model: its state, who is still to be asked, which clocks run, the fields that some
 * condition of this process reads, and the rough shape of whatever else the kernel keeps. Counts end at two.
 */
export function keyOf(process: Process, c: Case, reads: Reads, told: boolean): string {
  const voices = Object.values(c.voices);
  const now = { now: c.openedAt, routeClear: true, traits: [], late: [] };
  const view = guardView(c, now).case;
  let key = `${c.state}|${Math.min(voices.length, COUNT_MAX)}|${Math.min(c.owed, COUNT_MAX)}|`;
  key += `${bit(view.unsolved > 0n)}${bit(told)}${bit(c.lead)}${bit(view.tasksOpen > 0n)}${bit(c.counts.reopenings)}|`;
  for (const { clock, stoppedAt } of clocksOf(process, c, () => undefined)) {
    if (stoppedAt === undefined) key += `${clock},`;
  }
  for (const field of reads.fields) {
    if (!SAID_APART.has(field)) key += `|${shapeOf(view[field])}`;
  }
  for (const flag of c.flags) if (reads.flags.has(flag)) key += `|${flag}`;
  for (const name of Object.keys(c)) {
    if (!APART.has(name)) key += `|${name}:${shapeOf(c[name as keyof Case])}`;
  }
  return key;
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
