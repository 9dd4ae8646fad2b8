import { type Instant, isoInstant, MINUTE, parseInstant } from '@gezhi/basis';
import { localDay, type Zone } from '@gezhi/clock';
import { HUAIROU, monthWindow, type ThreeRatesPolicy, type Window } from '@gezhi/measures';
import { usage } from './say-error.ts';

export type PeriodOptions = {
  readonly month?: string;
  readonly from?: string;
  readonly to?: string;
  readonly policy?: string;
};

const POLICIES: ReadonlyMap<string, ThreeRatesPolicy> = new Map([[HUAIROU.id, HUAIROU]]);

export const POLICY_NAMES = [...POLICIES.keys()];

/** @throws Fault `usage` */
export function policyOf(name: string = HUAIROU.id): ThreeRatesPolicy {
  const policy = POLICIES.get(name);
  if (policy) return policy;
  throw usage(`There is no policy "${name}".`, `There is: ${POLICY_NAMES.join(', ')}.`);
}

/**
 * The window that the options name: an assessment month of the policy, or two days or moments; the last assessment month that has
 * ended where they name none. Days begin at midnight in the town's zone.
 *
 * @throws Fault `usage`
 */
export function windowOf(options: PeriodOptions, policy: ThreeRatesPolicy, zone: Zone, now: Instant): Window {
  const offset = (at: Instant): number => zone.offsetAt(at) / MINUTE;
  if (options.month !== undefined) {
    if (options.from !== undefined || options.to !== undefined) {
      throw usage('A month and --from or --to exclude each other.', 'Leave one out.');
    }
    const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(options.month) ?? [];
    if (!year) throw usage(`--month ${options.month} is no month.`, 'Write 2026-05.');
    return monthWindow(policy, { year: Number(year), month: Number(month) }, offset);
  }
  if (options.from === undefined && options.to === undefined) return lastMonth(policy, now, offset);
  if (options.from === undefined || options.to === undefined) {
    throw usage('A window has two ends.', 'Write both --from 2026-05-01 and --to 2026-06-01 (not included).');
  }
  const window = { from: edgeOf('--from', options.from, zone), to: edgeOf('--to', options.to, zone) };
  if (window.from < window.to) return window;
  throw usage(`${options.from} … ${options.to} is empty.`, '--to comes after --from, and is not included.');
}

function lastMonth(policy: ThreeRatesPolicy, now: Instant, offset: (at: Instant) => number): Window {
  const date = new Date(now + offset(now) * MINUTE);
  for (let back = 0; ; back += 1) {
    const month = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1 - back, 1));
    const window = monthWindow(
      policy,
      { year: month.getUTCFullYear(), month: month.getUTCMonth() + 1 },
      offset,
    );
    if (window.to <= now) return window;
  }
}

function edgeOf(option: string, text: string, zone: Zone): Instant {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? dayOf(text, zone) : parseInstant(text);
  if (at !== undefined) return at;
  throw usage(`${option} ${text} is no day.`, 'Write 2026-05-01, or 2026-05-01T12:00:00+08:00.');
}

function dayOf(text: string, zone: Zone): Instant | undefined {
  return Number.isNaN(Date.parse(text)) ? undefined : zone.instantOf(localDay(text), 0);
}

/** Both ends, as JSON answers them. */
export function isoWindow({ from, to }: Window): { from: string; to: string } {
  return { from: isoInstant(from), to: isoInstant(to) };
}
