import { DAY, type Instant, isoInstant } from '@gezhi/basis';
import type { ReadReport } from '@gezhi/contract';
import { countProposals, type ProposalCount } from '@gezhi/storage';
import { secretKinds, type Town } from '@gezhi/town';
import { kindLabel, unitNamed } from '../views/names.ts';

/** A year is looked back on. */
const WINDOW = 365 * DAY;
const CONFUSIONS_MAX = 20;

/**
 * How proposals of kinds stood up to what people then decided: a proposal is right where the kind still was the proposed one after a person set it, or when
 * the case was handled to its end. By proposed kind, by the unit that handled it, by month; cases, never persons.
 */
export async function kindReport(town: Town, now: Instant): Promise<ReadReport> {
  const window = { from: now - WINDOW, to: now, zone: town.profile.zone };
  const counts = await countProposals(town.db.pool, town.district, window, secretKinds(town));
  const units = counts.filter(({ unit }) => unit !== null);
  return {
    from: isoInstant(window.from),
    to: isoInstant(window.to),
    total: tally(counts),
    perKind: groups(counts, ({ proposed }) => proposed).map(([kind, own]) => ({
      kind,
      name: kindLabel(town, kind),
      ...tally(own),
    })),
    perUnit: groups(units, ({ unit }) => unit ?? '').map(([unit, own]) => ({
      unit,
      name: unitNamed(town, unit).name,
      ...tally(own),
    })),
    perMonth: groups(counts, ({ month }) => month).map(([month, own]) => ({ month, ...tally(own) })),
    perModel: groups(counts, ({ month, model }) => `${month}\n${model ?? ''}`).map(([, own]) => ({
      month: own[0]!.month,
      model: own[0]!.model,
      ...tally(own),
    })),
    overTime: {
      kinds: groups(counts, ({ proposed, month }) => `${proposed}\n${month}`).map(([, own]) => ({
        kind: own[0]!.proposed,
        month: own[0]!.month,
        ...tally(own),
      })),
      units: groups(units, ({ unit, month }) => `${unit}\n${month}`).map(([, own]) => ({
        unit: own[0]!.unit!,
        month: own[0]!.month,
        ...tally(own),
      })),
    },
    confusions: confusionsOf(counts),
  };
}

function tally(counts: readonly ProposalCount[]): { n: number; right: number; share: number | null } {
  const n = sum(counts);
  const right = sum(counts.filter(isRight));
  return { n, right, share: n > 0 ? right / n : null };
}

function isRight({ proposed, kind }: ProposalCount): boolean {
  return proposed === kind;
}

function sum(counts: readonly ProposalCount[]): number {
  return counts.reduce((n, count) => n + count.n, 0);
}

function groups(
  counts: readonly ProposalCount[],
  keyOf: (count: ProposalCount) => string,
): readonly (readonly [string, readonly ProposalCount[]])[] {
  return [...Map.groupBy(counts, keyOf)].sort(([a], [b]) => (a < b ? -1 : 1));
}

function confusionsOf(counts: readonly ProposalCount[]): ReadReport['confusions'] {
  const wrong = counts.filter((count) => !isRight(count));
  return groups(wrong, ({ proposed, kind }) => `${proposed}\n${kind}`)
    .map(([, own]) => ({ proposed: own[0]!.proposed, kind: own[0]!.kind, times: sum(own) }))
    .sort((a, b) => b.times - a.times)
    .slice(0, CONFUSIONS_MAX);
}
