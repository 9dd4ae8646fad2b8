import type { Instant } from '@gezhi/basis';
import type { ExclusionReason } from '../measured-case.ts';
import type { UnitMean } from '../rank-units.ts';
import type { ThreeRates } from '../three-rates.ts';
import type { Beside, UnitConduct } from './beside.ts';
import type { EditionPolicy } from './edition-policy.ts';
import type { Peers } from './peers.ts';
import type { Standing } from './standings.ts';

export type EditionBy = 'street' | 'unit';

/** The rates of one row, without the numbers behind them: those are in the list of cases. */
export type EditionRates = Omit<ThreeRates, 'behind'>;

export type EditionRow = {
  /** Code of the street or unit. Rows are never persons. */
  readonly subject: string;
  readonly peers: Peers;
  readonly standing: Standing;
  readonly rates: EditionRates;
  readonly beside: Beside;
};

/** A request that left the rates: why, and under which id the evidence lies. */
export type EditionExclusion = {
  readonly subject: string;
  readonly number: string;
  readonly reason: ExclusionReason;
  readonly evidence: string;
};

/** What an edition is of; the same head gives the same bytes. */
export type EditionHead = {
  readonly id: string;
  readonly district: string;
  readonly by: EditionBy;
  /** `name` is the month it is called by (2026-05), or any other word; from included, to not. */
  readonly period: { readonly name: string; readonly from: Instant; readonly to: Instant };
  /** How far the facts were read, by district. */
  readonly position: Readonly<Record<string, number>>;
  /** 0 is what was first published; later callbacks make 1, 2, 3… */
  readonly revision: number;
};

/** The numbers of a period: what is published, whole. Rows in the order of codes. */
export type Edition = EditionHead & {
  readonly format: 1;
  readonly policy: EditionPolicy;
  readonly rows: readonly EditionRow[];
  /** All requests of the rows as one sample, and the unweighted mean of the rows that have one: both, because they differ. */
  readonly pooled: EditionRates;
  readonly mean: UnitMean | null;
  /** Requests of the period that count for nobody: not dispatched, or a place outside every street. */
  readonly outside: number;
  readonly conduct: readonly UnitConduct[];
  readonly exclusions: readonly EditionExclusion[];
  readonly exclusionsByReason: Readonly<Partial<Record<ExclusionReason, number>>>;
  /** Hash of the list of cases behind the numbers, which only those measured and the hotline may read. */
  readonly listHash: string;
  /** SHA-256 of the canonical JSON of everything else here. */
  readonly hash: string;
};

/** How one request counts, as those measured are shown it. */
export type CountedRequest = {
  readonly subject: string;
  readonly number: string;
  readonly caseId: string;
  readonly unit: string;
  readonly counts: 'valid' | 'incomplete' | 'unreachable' | 'uncalled' | 'excluded';
  /** Only where it is valid: what it earned for each rate, in thousandths. */
  readonly earned?: { readonly response: number; readonly solve: number; readonly satisfaction: number };
  readonly reason?: ExclusionReason;
};
