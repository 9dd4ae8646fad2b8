import type { Instant } from '@gezhi/basis';
import { readList } from './postings.ts';
import {
  callerHash,
  cellKey,
  cellOf,
  chooseTerms,
  type LonLat,
  normOf,
  type SameIndex,
  type WeighedTerm,
  wordingKey,
} from './same-index.ts';
import {
  chanceOf,
  DEFAULT_SAME_POLICY,
  freshness,
  logitOf,
  nearness,
  type SameFeatures,
  type SamePolicy,
} from './same-policy.ts';
import type { TextSignature } from './sign-text.ts';

/** What is being told now, as far as it is known. */
export type SameQuery = {
  readonly signature: TextSignature;
  readonly at: Instant;
  readonly kind?: string | undefined;
  readonly point?: LonLat | undefined;
  readonly place?: string | undefined;
  readonly callerKey?: string | undefined;
  /** The open cases that are known to be the caller's own: told first, however likely. */
  readonly own?: readonly string[] | undefined;
  /** The case asked about, which is not its own candidate. */
  readonly except?: string | undefined;
};

/** One reason; the words for it come from a catalogue. */
export type SameReason =
  | { readonly what: 'words'; readonly share: number }
  | { readonly what: 'sameWords' }
  | { readonly what: 'kind' }
  | { readonly what: 'place' }
  | { readonly what: 'distance'; readonly metres: number }
  | { readonly what: 'time'; readonly minutes: number }
  | { readonly what: 'own' };

export type SameMatter = {
  readonly id: string;
  /** Between 0 and 1; as true as the policy is calibrated. */
  readonly chance: number;
  /** The same words again within days, by the same caller or at the same place. */
  readonly resend: boolean;
  readonly because: readonly SameReason[];
  readonly features: SameFeatures;
};

/**
 * The cases that this may be, best first, with why. A candidate shares a rare term, lies near, or is of the same caller, and has at least the policy's least chance.
 * The caller's own open cases, where they
 * are known, stand first, whatever their chance. It is a proposal: a person decides, but for a resend, which may join by itself.
 *
 * The lists of all rare terms are read from the rarest on until `postingsMax` entries were read (default 150,000), so that a look-up has a ceiling; what is left out
 * then are the commonest terms, which say least. Costs some milliseconds at a million cases.
 */
export function sameMatter(
  index: SameIndex,
  query: SameQuery,
  policy: SamePolicy = DEFAULT_SAME_POLICY,
  limit = 10,
  postingsMax = 150_000,
): SameMatter[] {
  const asked = askFor(index, query, policy);
  const scratch = scratchOf(index);
  const touched = gather(index, asked, scratch, postingsMax);
  const own = asked.own.map((slot) => look(index, asked, slot, scratch, Number.NEGATIVE_INFINITY));
  const best = rank(index, asked, scratch, touched, limit);
  for (let i = 0; i < touched; i += 1) scratch.shared[scratch.touched[i]!] = 0;
  const first = own.filter((one) => one !== undefined).sort((a, b) => b.logit - a.logit);
  const others = best
    .filter(({ slot }) => !asked.own.includes(slot))
    .slice(0, Math.max(0, limit - first.length));
  return [...first, ...others].map(({ slot, features }) => explain(index, asked, slot, features));
}

type Asked = {
  readonly query: SameQuery;
  readonly policy: SamePolicy;
  readonly terms: readonly WeighedTerm[];
  readonly norm: number;
  readonly minutes: number;
  readonly kind: number;
  readonly place: number;
  readonly caller: number;
  readonly own: readonly number[];
  readonly except: number;
  /** As rare as a term can be. */
  readonly rarest: number;
};

function askFor(index: SameIndex, query: SameQuery, policy: SamePolicy): Asked {
  const terms = chooseTerms(index, query.signature);
  terms.sort((a, b) => b.weight - a.weight);
  return {
    query,
    policy,
    terms,
    norm: normOf(terms),
    minutes: Math.max(0, Math.floor(query.at / 60_000)),
    kind: query.kind ? (index.kinds.get(query.kind) ?? -1) : 0,
    place: query.place ? callerHash(query.place) : 0,
    caller: query.callerKey ? callerHash(query.callerKey) : 0,
    rarest: rarestOf(index),
    own: (query.own ?? []).flatMap((id) => index.slots.get(id) ?? []),
    except: query.except === undefined ? -1 : (index.slots.get(query.except) ?? -1),
  };
}

/** Working space of one index, kept between look-ups: what each slot shares so far, the weight of the rarest of it, and which slots were touched. */
type Scratch = { shared: Float32Array; rarest: Float32Array; touched: Int32Array; list: Int32Array };
const SCRATCH = new WeakMap<SameIndex, Scratch>();

function scratchOf(index: SameIndex): Scratch {
  const slots = index.rows.norm.length;
  const kept = SCRATCH.get(index);
  if (kept && kept.shared.length === slots) return kept;
  const made = {
    shared: new Float32Array(slots),
    rarest: new Float32Array(slots),
    touched: new Int32Array(slots),
    list: new Int32Array(slots),
  };
  SCRATCH.set(index, made);
  return made;
}

/** Sums up what each case shares with the query; what is near or of the same caller is touched with next to nothing shared. */
function gather(index: SameIndex, asked: Asked, scratch: Scratch, postingsMax: number): number {
  const { shared, rarest, touched, list } = scratch;
  let count = 0;
  for (const key of candidateKeys(asked)) {
    const length = readList(index.byKey, key & (index.byKey.counts.length - 1), list);
    for (let i = 0; i < length; i += 1) {
      const slot = list[i]!;
      if (shared[slot] !== 0) continue;
      shared[slot] = NEXT_TO_NOTHING;
      rarest[slot] = 0;
      touched[count++] = slot;
    }
  }
  let read = 0;
  for (const term of asked.terms) {
    read += index.byTerm.counts[term.list]!;
    if (read > postingsMax && term !== asked.terms[0]) break;
    const length = readList(index.byTerm, term.list, list);
    for (let i = 0; i < length; i += 1) {
      const slot = list[i]!;
      const before = shared[slot]!;
      if (before === 0) touched[count++] = slot;
      // Terms come from the rarest on: the first that a case shares is its rarest.
      if (before <= NEXT_TO_NOTHING) rarest[slot] = term.weight;
      shared[slot] = before + term.weight;
    }
  }
  return count;
}

const NEXT_TO_NOTHING = Math.fround(1e-9);

/** The rarity of what one case alone says. */
export function rarestOf({ counted }: SameIndex): number {
  return Math.log((counted + 1) / 1.5);
}

function candidateKeys({ query, policy, caller }: Asked): number[] {
  const keys: number[] = [];
  if (query.signature.wording !== 0) keys.push(wordingKey(query.signature.wording));
  if (caller !== 0) keys.push(caller);
  if (!query.point) return keys;
  const { lon, lat } = query.point;
  const north = policy.nearMetres / METRES_PER_DEGREE;
  const east = north / Math.max(0.05, Math.cos((lat * Math.PI) / 180));
  for (let column = cellOf(lon - east); column <= cellOf(lon + east); column += 1) {
    for (let row = cellOf(lat - north); row <= cellOf(lat + north); row += 1) keys.push(cellKey(column, row));
  }
  return keys;
}

type Ranked = { readonly slot: number; readonly logit: number; readonly features: SameFeatures };

/**
 * The best `limit`. Those that share most are looked at first, so that most of the others are seen to be too far behind before anything but what they share is read: a cosine is at most the root of
 * what is shared over the query's length.
 */
function rank(index: SameIndex, asked: Asked, scratch: Scratch, touched: number, limit: number): Ranked[] {
  const { bias, weights: w, chanceMin } = asked.policy;
  const rest = bias + mostBeside(asked);
  const best: Ranked[] = [];
  let least = Math.log(chanceMin / (1 - chanceMin));
  let most = 0;
  for (let i = 0; i < touched; i += 1) most = Math.max(most, scratch.shared[scratch.touched[i]!]!);
  for (const first of [true, false]) {
    for (let i = 0; i < touched; i += 1) {
      const slot = scratch.touched[i]!;
      const shared = scratch.shared[slot]!;
      if (shared >= most / 2 !== first) continue;
      const words = Math.min(1, Math.sqrt(shared) / asked.norm + ROUNDED);
      const atMost =
        rest +
        w.kind * kindOf(index, asked, slot) +
        (isOwn(index, asked, slot) ? w.own : 0) +
        rarityOf(asked, scratch, slot) * (w.words * words + w.within);
      if (atMost < least && !isSameWording(index, asked, slot)) continue;
      const ranked = look(index, asked, slot, scratch, least);
      if (!ranked) continue;
      insert(best, ranked, limit);
      if (best.length === limit) least = best.at(-1)!.logit;
    }
  }
  return best;
}

/** Sums of single precision are off by less. */
const ROUNDED = 1e-5;

/** The most that time and place can speak for a case, as far as the query has a place. */
function mostBeside({ place, query, policy: { weights: w } }: Asked): number {
  return w.fresh + (query.point ? w.near : 0) + (place === 0 ? 0 : w.place);
}

/** How rare the rarest term is that a slot shares; 0 where it shares none. */
function rarityOf({ rarest }: Asked, scratch: Scratch, slot: number): number {
  if (rarest <= 0 || scratch.shared[slot] === 0) return 0;
  return Math.min(1, Math.sqrt(scratch.rarest[slot]!) / rarest);
}

function look(
  index: SameIndex,
  asked: Asked,
  slot: number,
  scratch: Scratch,
  least: number,
): Ranked | undefined {
  const norm = index.rows.norm[slot]!;
  const shared = scratch.shared[slot]!;
  if (norm < 0 || slot === asked.except) return undefined;
  const words = shareOf(shared, asked.norm * norm);
  const within = shareOf(shared, Math.min(asked.norm, norm) ** 2);
  const features = compare(index, asked, slot, { words, within }, rarityOf(asked, scratch, slot));
  if (!isCandidate(asked, index, slot, shared, features)) return undefined;
  const logit = logitOf(asked.policy, features);
  return logit < least ? undefined : { slot, logit, features };
}

function shareOf(shared: number, whole: number): number {
  return whole > 0 ? Math.min(1, shared / whole) : 0;
}

/** Best first; of two alike the later one. */
function insert(best: Ranked[], found: Ranked, limit: number): void {
  let i = best.length;
  while (i > 0 && isBefore(found, best[i - 1]!)) i -= 1;
  if (i >= limit) return;
  best.splice(i, 0, found);
  if (best.length > limit) best.pop();
}

function isBefore(a: Ranked, b: Ranked): boolean {
  return a.logit > b.logit || (a.logit === b.logit && a.slot > b.slot);
}

/** Lists are reached by hashes, which sometimes meet: whether it is a candidate at all is seen here. */
function isCandidate(asked: Asked, index: SameIndex, slot: number, shared: number, x: SameFeatures): boolean {
  if (shared > 1e-6 || x.own === 1) return true;
  if (isSameWording(index, asked, slot)) return true;
  return metresTo(index, asked.query.point, slot) <= asked.policy.nearMetres;
}

function compare(
  index: SameIndex,
  asked: Asked,
  slot: number,
  { words, within }: Pick<SameFeatures, 'words' | 'within'>,
  rare: number,
): SameFeatures {
  const { rows } = index;
  const place = rows.place[slot]!;
  const metres = metresTo(index, asked.query.point, slot);
  const sameWords = isSameWording(index, asked, slot);
  return {
    words: sameWords ? rare : words * rare,
    within: sameWords ? rare : within * rare,
    kind: kindOf(index, asked, slot),
    near: Number.isNaN(metres) ? 0 : nearness(metres),
    place: place === 0 || asked.place === 0 ? 0 : place === asked.place ? 1 : -1,
    fresh: freshness(Math.abs(asked.minutes - rows.minutes[slot]!)),
    own: isOwn(index, asked, slot) ? 1 : 0,
  };
}

function kindOf({ rows }: SameIndex, asked: Asked, slot: number): number {
  const kind = rows.kind[slot]!;
  if (kind === 0 || asked.kind === 0) return 0;
  return kind === asked.kind ? 1 : -1;
}

function isOwn({ rows }: SameIndex, { caller, own }: Asked, slot: number): boolean {
  return (caller !== 0 && rows.caller[slot] === caller) || own.includes(slot);
}

function isSameWording(index: SameIndex, { query }: Asked, slot: number): boolean {
  return query.signature.wording !== 0 && index.rows.wording[slot] === query.signature.wording;
}

const METRES_PER_DEGREE = 111_195;

/** NaN where one has no place. Right to a metre or two within a city. */
function metresTo({ rows }: SameIndex, point: LonLat | undefined, slot: number): number {
  if (!point) return Number.NaN;
  const north = (rows.lat[slot]! - point.lat) * METRES_PER_DEGREE;
  const east = (rows.lon[slot]! - point.lon) * METRES_PER_DEGREE * Math.cos((point.lat * Math.PI) / 180);
  return Math.hypot(north, east);
}

function explain(index: SameIndex, asked: Asked, slot: number, features: SameFeatures): SameMatter {
  const because: SameReason[] = [];
  const metres = metresTo(index, asked.query.point, slot);
  const minutes = Math.abs(asked.minutes - index.rows.minutes[slot]!);
  const sameWords = isSameWording(index, asked, slot);
  if (sameWords) because.push({ what: 'sameWords' });
  else if (features.words > 0.005)
    because.push({ what: 'words', share: Math.round(features.words * 100) / 100 });
  if (features.kind === 1) because.push({ what: 'kind' });
  if (features.place > 0) because.push({ what: 'place' });
  if (!Number.isNaN(metres)) because.push({ what: 'distance', metres: Math.round(metres) });
  because.push({ what: 'time', minutes });
  if (features.own === 1) because.push({ what: 'own' });
  const { resendHours, resendMetres } = asked.policy;
  return {
    id: index.ids[slot]!,
    chance: chanceOf(asked.policy, features),
    resend: sameWords && minutes <= resendHours * 60 && (features.own === 1 || metres <= resendMetres),
    because,
    features,
  };
}
