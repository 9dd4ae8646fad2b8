import type { Instant } from '@gezhi/basis';
import { findIn, type TimeTrace } from './book.ts';
import {
  type Answerer,
  type Catalogue,
  type Entry,
  type KindRule,
  liesWithin,
  type PlaceTable,
  type Plan,
  planFor,
  unitsAbove,
} from './catalogue.ts';
import type { Reason } from './reason.ts';
import { isKnownAt, isValidAt } from './times.ts';
import { type DutyRole, isCommunity, isStreetLevel, type Unit } from './unit.ts';

/**
 * What is to be routed. `places`: for each layer the codes that the matter lies in, coarse to fine in a tiling layer (all
 * levels), all that overlap in a drawn one. `at`: the moment the answer is for; `knownAt`: by what was known when.
 * `about`: the unit that the matter complains of.
 */
export type Matter = {
  readonly kind: string;
  readonly requestKind?: string;
  readonly places: Readonly<Record<string, readonly string[]>>;
  readonly at: Instant;
  readonly knownAt: Instant;
  readonly about?: string;
};

/** An input that an answer read: `kind`, `requestKind`, `place.<layer>`, `time`, `known`, `about`. */
export type Read = string;

type Answer = {
  readonly because: readonly Reason[];
  /** Sorted. Where none of these changes, the answer of this catalogue stays. */
  readonly reads: readonly Read[];
  readonly catalogueVersion: string;
};

/** Somebody clearly answers. `as`: by a lead duty, as last resort, or as the level above the unit complained of. */
export type Routed = Answer & {
  readonly outcome: 'routed';
  readonly as: 'lead' | 'fallback' | 'above';
  readonly lead: Answerer;
  readonly coUnits: readonly Answerer[];
  /** The district to be copied, where a street or township leads. */
  readonly cc?: string;
  readonly basis: string;
};

export type Candidate = Answerer & { readonly basis: string };

/** Nobody clearly answers, and a person decides: at `triage`, or at the desk that received the matter where it is absent. */
export type Unclear = Answer & {
  readonly outcome: 'unclear';
  readonly why: 'tie' | 'nobody' | 'about-top';
  readonly candidates: readonly Candidate[];
  readonly triage?: Answerer;
};

/**
 * Who answers for a matter. A lead goes before a last resort; among leads an exact kind goes before a prefix (a longer one
 * before a shorter) and a prefix before `*`; for one kind the finer place goes before the coarser and any place before
 * `*`. Where equals remain, nobody is clear, and the candidates are named. Beijing ordinance on responding to complaints (2021),
 * Art. 11 (by the duty list, by territory, by level), 12 (district copied), 14 (one lead), 17 (communities).
 *
 * A committee of residents or villagers leads only by a `lead` duty that names the very kind. A matter about a unit
 * never goes to it nor to one below it. Deterministic, and independent of the order of the duties; about 2 µs against 20,000 duties.
 */
export function route(catalogue: Catalogue, matter: Matter): Routed | Unclear {
  const plan = planFor(catalogue, matter.kind);
  const walk = startWalk(catalogue, matter, plan);
  const leads = findBest(walk, plan.lead, 'lead');
  if (leads.length > 0) return decide(walk, plan, leads, 'lead');
  const fallbacks = findBest(walk, plan.fallback, 'fallback');
  if (fallbacks.length === 0) {
    return unclear(walk, plan, 'nobody', [], { code: 'nobody', data: { kind: matter.kind } });
  }
  walk.because.push({ code: 'nobody-leads', data: { kind: matter.kind } });
  return decide(walk, plan, fallbacks, 'fallback');
}

/** Whether a change of these inputs can change that answer. `place` stands for all layers. */
export function needsReroute(reads: readonly Read[], changed: readonly Read[]): boolean {
  return changed.some(
    (input) =>
      reads.includes(input) || (input === 'place' && reads.some((read) => read.startsWith('place.'))),
  );
}

/** What one routing has seen so far. */
type Walk = {
  readonly catalogue: Catalogue;
  readonly matter: Matter;
  readonly rule: KindRule | undefined;
  readonly trace: TimeTrace;
  readonly layersRead: string[];
  readonly requestKindRead: boolean;
  readonly because: Reason[];
};

function startWalk(catalogue: Catalogue, matter: Matter, plan: Plan): Walk {
  const { rules } = plan;
  const fits = (rule: KindRule): boolean =>
    rule.requestKinds === undefined ||
    (matter.requestKind !== undefined && rule.requestKinds.includes(matter.requestKind));
  return {
    catalogue,
    matter,
    rule: rules.length === 0 ? undefined : rules.find(fits),
    trace: { time: false, known: false },
    layersRead: [],
    requestKindRead: rules.some((rule) => rule.requestKinds !== undefined),
    because: [],
  };
}

/** The most specific live duties, of the most specific pattern that has any. */
function findBest(walk: Walk, tables: readonly PlaceTable[], role: DutyRole): readonly Entry[] {
  for (const table of tables) {
    const found = findInTable(walk, table, role);
    if (found.length > 0) return found;
  }
  return [];
}

function findInTable(walk: Walk, table: PlaceTable, role: DutyRole): readonly Entry[] {
  for (const layer of walk.rule?.layers ?? []) {
    const found = findInLayer(walk, table, layer, role);
    if (found.length === 0) continue;
    walk.because.push({ code: 'layer-first', data: { layer } });
    return found;
  }
  const placed = findPlaced(walk, table, role);
  return placed.length > 0 ? placed : live(walk, table.anywhere, role);
}

/** The finest of each layer, without the layers that another answering layer lies in. */
function findPlaced(walk: Walk, table: PlaceTable, role: DutyRole): readonly Entry[] {
  let layers: string[] = [];
  let best: (readonly Entry[])[] = [];
  for (const layer of table.layers.keys()) {
    if (walk.rule?.layers.includes(layer)) continue;
    const found = findInLayer(walk, table, layer, role);
    if (found.length === 0) continue;
    layers = [...layers, layer];
    best = [...best, found];
  }
  if (best.length < 2) return best[0] ?? [];
  const isOuter = (outer: string): boolean =>
    layers.some((layer) => liesWithin(walk.catalogue, layer, outer));
  return best.flatMap((found, i) => (isOuter(layers[i]!) ? [] : found));
}

function findInLayer(walk: Walk, table: PlaceTable, layer: string, role: DutyRole): readonly Entry[] {
  const byCode = table.layers.get(layer);
  if (byCode === undefined) return [];
  if (!walk.layersRead.includes(layer)) walk.layersRead.push(layer);
  const codes = walk.matter.places[layer] ?? [];
  if (walk.catalogue.layers.get(layer)?.tiling !== true) {
    return [...new Set(codes)].sort().flatMap((code) => live(walk, byCode.get(code), role));
  }
  for (let i = codes.length - 1; i >= 0; i -= 1) {
    const found = live(walk, byCode.get(codes[i]!), role);
    if (found.length > 0) return found;
  }
  return [];
}

const NONE: readonly Entry[] = [];

function live(walk: Walk, entries: readonly Entry[] | undefined, role: DutyRole): readonly Entry[] {
  if (entries === undefined || entries.length === 0) return NONE;
  const first = entries[0]!;
  if (entries.length === 1) return isLive(walk, first, role) ? entries : NONE;
  return entries.filter((entry) => isLive(walk, entry, role));
}

const COMMUNITY_RULE = 'community-leads-own-list-only';

function isLive(walk: Walk, entry: Entry, role: DutyRole): boolean {
  const { at, knownAt } = walk.matter;
  if (entry.timed) walk.trace.time = true;
  if (entry.dated) walk.trace.known = true;
  if (!isValidAt(entry.duty, at) || !isKnownAt(entry.duty, knownAt)) return false;
  const unit = findIn(walk.catalogue.units, entry.duty.unit, at, knownAt, walk.trace);
  if (unit === undefined) return false;
  if (role === 'co' || !isCommunity(unit.kind) || (role === 'lead' && entry.isExact)) return true;
  const isSaid = walk.because.some(({ code, data }) => code === COMMUNITY_RULE && data.unit === unit.code);
  if (!isSaid) walk.because.push({ code: COMMUNITY_RULE, data: { unit: unit.code } });
  return false;
}

/** From the equally specific duties to one unit, or to none. */
function decide(walk: Walk, plan: Plan, best: readonly Entry[], role: 'lead' | 'fallback'): Routed | Unclear {
  const allowed = best.filter((entry) => !isConcerned(walk, entry.duty.unit));
  if (allowed.length === 0) return routeAbove(walk, plan, best[0]!);
  for (const unit of unitsOf(best.filter((entry) => !allowed.includes(entry)))) {
    walk.because.push({ code: 'about-unit-passed-over', data: { unit, about: walk.matter.about ?? '' } });
  }
  const units = unitsOf(allowed);
  if (units.length > 1) {
    return unclear(walk, plan, 'tie', allowed, { code: 'tie', data: { units: units.join(';') } });
  }
  const winner = allowed[0]!;
  walk.because.push(winner.reason);
  return routed(walk, plan, { unit: units[0]!, post: postOf(walk, allowed) }, role, winner.duty.basis);
}

function unitsOf(entries: readonly Entry[]): readonly string[] {
  return [...new Set(entries.map((entry) => entry.duty.unit))].sort();
}

function postOf(walk: Walk, entries: readonly Entry[]): string | undefined {
  const unit = entries[0]!.duty.unit;
  const posts = [...new Set(entries.map((entry) => entry.duty.post))];
  const named = posts.filter((post) => post !== undefined);
  if (named.length > 1) {
    walk.because.push({ code: 'posts-tie', data: { unit, posts: named.join(';') } });
    return undefined;
  }
  const post = named[0];
  if (post === undefined) return undefined;
  const { at, knownAt } = walk.matter;
  if (findIn(walk.catalogue.posts, post, at, knownAt, walk.trace)) return post;
  walk.because.push({ code: 'post-gone', data: { unit, post } });
  return undefined;
}

/** Whether the matter is about this unit, or about one above it. */
function isConcerned(walk: Walk, unit: string): boolean {
  const { about, at, knownAt } = walk.matter;
  if (about === undefined) return false;
  if (unit === about) return true;
  return unitsAbove(walk.catalogue, unit, at, knownAt, walk.trace).some((above) => above.code === about);
}

function routeAbove(walk: Walk, plan: Plan, entry: Entry): Routed | Unclear {
  const { at, knownAt, about = '' } = walk.matter;
  const above = unitsAbove(walk.catalogue, about, at, knownAt, walk.trace);
  const instead = above.find((unit) => !isCommunity(unit.kind));
  walk.because.push(entry.reason);
  if (instead === undefined) {
    return unclear(walk, plan, 'about-top', [], { code: 'about-top', data: { about } });
  }
  walk.because.push({ code: 'about-unit', data: { about, instead: instead.code } });
  return routed(walk, plan, { unit: instead.code }, 'above', entry.duty.basis);
}

function routed(walk: Walk, plan: Plan, lead: Answerer, as: Routed['as'], basis: string): Routed {
  const coUnits = findCoUnits(walk, plan.co, lead.unit);
  const cc = districtToCopy(walk, lead.unit);
  if (cc !== undefined) walk.because.push({ code: 'district-copied', data: { unit: cc } });
  return {
    outcome: 'routed',
    as,
    lead: lead.post === undefined ? { unit: lead.unit } : lead,
    coUnits,
    ...(cc === undefined ? {} : { cc }),
    basis,
    ...answerOf(walk),
  };
}

/** Every unit that a live `co` duty names, once, the most specific duty first. */
function findCoUnits(walk: Walk, tables: readonly PlaceTable[], lead: string): readonly Answerer[] {
  const coUnits = new Map<string, Answerer>();
  for (const entry of tables.flatMap((table) => allInTable(walk, table))) {
    const { unit, post } = entry.duty;
    if (unit === lead || coUnits.has(unit) || isConcerned(walk, unit)) continue;
    coUnits.set(unit, post === undefined ? { unit } : { unit, post });
    walk.because.push(entry.reason);
  }
  return [...coUnits.values()];
}

function allInTable(walk: Walk, table: PlaceTable): readonly Entry[] {
  const placed: Entry[] = [];
  for (const [layer, byCode] of table.layers) {
    if (!walk.layersRead.includes(layer)) walk.layersRead.push(layer);
    for (const code of walk.matter.places[layer]?.toReversed() ?? []) {
      placed.push(...live(walk, byCode.get(code), 'co'));
    }
  }
  return [...placed, ...live(walk, table.anywhere, 'co')];
}

function districtToCopy(walk: Walk, lead: string): string | undefined {
  const { at, knownAt, about } = walk.matter;
  const unit = findIn(walk.catalogue.units, lead, at, knownAt, walk.trace);
  if (unit === undefined || !isStreetLevel(unit.kind)) return undefined;
  const isDistrict = (above: Unit): boolean => above.level === 'district' && above.code !== about;
  return unitsAbove(walk.catalogue, lead, at, knownAt, walk.trace).find(isDistrict)?.code;
}

function unclear(
  walk: Walk,
  plan: Plan,
  why: Unclear['why'],
  entries: readonly Entry[],
  reason: Reason,
): Unclear {
  walk.because.push(...entries.map((entry) => entry.reason), reason);
  const triage = triageFor(walk, plan);
  const candidates = entries.map(({ duty }) =>
    duty.post === undefined
      ? { unit: duty.unit, basis: duty.basis }
      : { unit: duty.unit, post: duty.post, basis: duty.basis },
  );
  return { outcome: 'unclear', why, candidates, ...(triage ? { triage } : {}), ...answerOf(walk) };
}

/** The one last resort of the place, or else the town's triage; never the unit that the matter is about. */
function triageFor(walk: Walk, plan: Plan): Answerer | undefined {
  const said = walk.because.length;
  const fallbacks = findBest(walk, plan.fallback, 'fallback');
  walk.because.length = said;
  const units = unitsOf(fallbacks);
  const [unit] = units;
  if (unit !== undefined && units.length === 1 && !isConcerned(walk, unit)) return { unit };
  const { triage } = walk.catalogue;
  return triage && !isConcerned(walk, triage.unit) ? triage : undefined;
}

function answerOf(walk: Walk): Answer {
  const reads = ['about', 'kind', ...walk.layersRead.map((layer) => `place.${layer}`)];
  if (walk.requestKindRead) reads.push('requestKind');
  if (walk.trace.time) reads.push('time');
  if (walk.trace.known) reads.push('known');
  return { because: walk.because, reads: reads.sort(), catalogueVersion: walk.catalogue.version };
}
