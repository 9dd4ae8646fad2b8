import { type Instant, isoInstant, isRefusal, type Refusal, refuse } from '@gezhi/basis';
import { isValidAt } from '@gezhi/duty';
import { mayEdition } from '../editions/may-edition.ts';
import type { Town } from '../town.ts';
import { OPERATOR } from './operator.ts';

/** From how many records on an export is a mass export. */
export const MASS_EXPORT_FROM = 10_000;

export type ExportOrder = {
  /** What leaves: `facts`, `requests`. */
  readonly what: string;
  readonly records: number;
  /** The posts on whose word it is made, and for what. */
  readonly steward?: string;
  readonly second?: string;
  readonly purpose?: string;
};

/** What an exported file says of itself: when, what, for what, and on whose word. Posts and staff numbers, no names. */
export type ExportStamp = {
  readonly madeAt: string;
  readonly district: string;
  readonly what: string;
  readonly records: number;
  readonly madeBy: string;
  readonly purpose?: string;
  readonly steward?: Signer;
  readonly second?: Signer;
};
export type Signer = { readonly post: string; readonly staff: readonly string[]; readonly policy: string };

/**
 * Whether so much may leave, made at the shell by the role `operator`: below `MASS_EXPORT_FROM` records anything, from there on with a purpose,
 * on the word of a data steward (`export.mass`) and of somebody else (`export.allow`). Nothing is written: `recordExport` does.
 *
 * Refuses `mass-export` (what is missing), `no-such-post`, `no-power`, `own-approval` (the same post or person twice).
 */
export function allowExport(town: Town, order: ExportOrder, now: Instant): ExportStamp | Refusal {
  const { what, records, purpose } = order;
  const signers = records < MASS_EXPORT_FROM ? {} : signersOf(town, order, now);
  if (isRefusal(signers)) return signers;
  const made = { madeAt: isoInstant(now), district: town.district, what, records, madeBy: OPERATOR.post };
  return { ...made, ...(purpose ? { purpose } : {}), ...signers };
}

type Signers = { readonly steward?: Signer; readonly second?: Signer };

function signersOf(
  town: Town,
  { records, steward, second, purpose }: ExportOrder,
  now: Instant,
): Signers | Refusal {
  if (!steward || !second || !purpose?.trim())
    return refuse(
      'mass-export',
      `${records} records are a mass export (from ${MASS_EXPORT_FROM} on): a data steward asks for it, a second person allows it, and its purpose is written down.`,
      { records, from: MASS_EXPORT_FROM },
    );
  return twoSigners(town, { steward, second }, now);
}

/**
 * Whether a data steward (`export.mass`) and somebody else (`export.allow`) give their word; nothing leaves on one alone. Refuses `two-persons`,
 * `no-such-post`, `no-power`, `own-approval`.
 */
export function twoSigners(
  town: Town,
  { steward, second }: { readonly steward?: string | undefined; readonly second?: string | undefined },
  now: Instant,
): { readonly steward: Signer; readonly second: Signer } | Refusal {
  if (!steward || !second)
    return refuse('two-persons', 'A data steward asks for it, and a second person allows it.');
  const first = signerOf(town, steward, 'export.mass', now);
  if (isRefusal(first)) return first;
  const other = signerOf(town, second, 'export.allow', now);
  if (isRefusal(other)) return other;
  if (first.post === other.post || first.staff.some((person) => other.staff.includes(person)))
    return refuse('own-approval', 'The second person is another person, on another post.');
  return { steward: first, second: other };
}

function signerOf(town: Town, code: string, power: string, now: Instant): Signer | Refusal {
  const staff = town.staff.filter((s) => s.post === code && isValidAt(s, now)).map(({ person }) => person);
  if (!town.posts.has(code) || staff.length === 0)
    return refuse('no-such-post', `There is no post "${code}" with somebody on it.`);
  const holds = mayEdition(town, power, { post: code });
  return isRefusal(holds) ? holds : { post: code, staff, policy: holds.policy };
}
