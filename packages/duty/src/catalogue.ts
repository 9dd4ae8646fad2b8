import { Fault, type Instant } from '@gezhi/basis';
import {
  type Book,
  compareText,
  findIn,
  isDated,
  isTimed,
  makeBook,
  type TimeTrace,
  textOf,
} from './book.ts';
import { isKindPattern, matchOf, patternsFor } from './kind-pattern.ts';
import type { Reason } from './reason.ts';
import { closeReplaced } from './times.ts';
import type { Duty, DutyRole, Post, Unit } from './unit.ts';

/**
 * A layer of places. In a `tiling` layer the codes of a matter lie one in another, coarse to fine (a division tree, or one grid);
 * in a drawn layer (police, school) they may overlap and none is finer. `within` names the layer that this one lies in, and so is finer than.
 */
export type LayerRule = { readonly code: string; readonly tiling: boolean; readonly within?: string };

/**
 * What a scene says about how its kinds find their unit: the layers to be asked first, in order (a river's chief before the
 * street it runs through). `kind` is a pattern; `requestKinds` narrows it to inquiries, complaints…
 */
export type KindRule = {
  readonly kind: string;
  readonly requestKinds?: readonly string[];
  readonly layers: readonly string[];
};

export type Answerer = { readonly unit: string; readonly post?: string };

export type CatalogueInput = {
  readonly layers: readonly LayerRule[];
  readonly units: readonly Unit[];
  readonly posts: readonly Post[];
  readonly duties: readonly Duty[];
  readonly kindRules?: readonly KindRule[];
  /** Who looks at what nobody clearly answers for; the desk that received the matter where absent. */
  readonly triage?: Answerer;
};

/** A duty as the index holds it, with its reason already said. */
export type Entry = {
  readonly duty: Duty;
  readonly isExact: boolean;
  readonly timed: boolean;
  readonly dated: boolean;
  readonly reason: Reason;
};

/** The duties of one kind pattern and one role: by layer and code, and those that hold anywhere. */
export type PlaceTable = {
  readonly layers: ReadonlyMap<string, ReadonlyMap<string, readonly Entry[]>>;
  readonly anywhere: readonly Entry[];
};

/** What is to be asked for one kind, most specific pattern first. */
export type Plan = {
  readonly lead: readonly PlaceTable[];
  readonly fallback: readonly PlaceTable[];
  readonly co: readonly PlaceTable[];
  readonly rules: readonly KindRule[];
};

/** 派单目录: duties indexed by kind and place. A value; the plans in it are only remembered, never decided. */
export type Catalogue = {
  readonly version: string;
  readonly layers: ReadonlyMap<string, LayerRule>;
  readonly units: Book<Unit>;
  readonly posts: Book<Post>;
  readonly triage: Answerer | undefined;
  readonly tables: Readonly<Record<DutyRole, ReadonlyMap<string, PlaceTable>>>;
  readonly rules: ReadonlyMap<string, readonly KindRule[]>;
  readonly plans: Map<string, Plan>;
};

/**
 * Builds the catalogue once for many routings; some µs a duty. Its `version` is a fingerprint of the content, the same
 * in whatever order the records came. Units that a duty names need not exist: such a duty is passed over, and
 * `checkRegistry` says so.
 *
 * @throws Fault `bad-duty` for a kind pattern that cannot be read, `bad-correction` for a correction of nothing,
 *   `bad-kind-rule` where two rules speak of the same kinds and requests
 */
export function buildCatalogue(input: CatalogueInput): Catalogue {
  const duties = closeReplaced('duties', input.duties);
  duties.forEach(checkPattern);
  const ofRole = (role: DutyRole): ReadonlyMap<string, PlaceTable> =>
    tabulate(duties.filter((duty) => duty.role === role));
  return {
    version: versionOf(input),
    layers: new Map(input.layers.map((layer) => [layer.code, layer])),
    units: makeBook('units', input.units, (unit) => unit.code),
    posts: makeBook('posts', input.posts, (post) => post.code),
    triage: input.triage,
    tables: { lead: ofRole('lead'), fallback: ofRole('fallback'), co: ofRole('co') },
    rules: indexRules(input.kindRules ?? []),
    plans: new Map(),
  };
}

function checkPattern(duty: Duty, row: number): void {
  if (isKindPattern(duty.kind)) return;
  throw new Fault('bad-duty', `duties, record ${row + 1}: "${duty.kind}" is no kind.`, {
    hint: 'Write a kind (a.b), a prefix that ends in a dot (a.) or *.',
  });
}

function tabulate(duties: readonly Duty[]): ReadonlyMap<string, PlaceTable> {
  const byPattern = Map.groupBy(duties, (duty) => duty.kind);
  return new Map([...byPattern].map(([pattern, some]) => [pattern, placeTable(some)]));
}

function placeTable(duties: readonly Duty[]): PlaceTable {
  const placed = Map.groupBy(
    duties.filter((duty) => duty.place !== '*'),
    (duty) => duty.layer,
  );
  const layers = [...placed].sort(([a], [b]) => compareText(a, b));
  const byCode = (some: readonly Duty[]): ReadonlyMap<string, readonly Entry[]> =>
    new Map([...Map.groupBy(some, (duty) => duty.place)].map(([code, here]) => [code, entriesOf(here)]));
  return {
    layers: new Map(layers.map(([layer, some]) => [layer, byCode(some)])),
    anywhere: entriesOf(duties.filter((duty) => duty.place === '*')),
  };
}

function entriesOf(duties: readonly Duty[]): readonly Entry[] {
  if (duties.length < 2) return duties.map(entryOf);
  const keyed = duties.map((duty) => ({ duty, key: `${duty.unit}\n${duty.post ?? ''}\n${textOf(duty)}` }));
  return keyed.sort((a, b) => compareText(a.key, b.key)).map(({ duty }) => entryOf(duty));
}

function entryOf(duty: Duty): Entry {
  const { unit, kind, layer, place, role, basis } = duty;
  const match = matchOf(kind);
  return {
    duty,
    isExact: match === 'exact',
    timed: isTimed(duty),
    dated: isDated(duty),
    reason: { code: `duty-${match}`, data: { unit, kind, layer, place, role, basis } },
  };
}

function indexRules(rules: readonly KindRule[]): ReadonlyMap<string, readonly KindRule[]> {
  const byPattern = Map.groupBy(rules, (rule) => rule.kind);
  for (const [pattern, some] of byPattern) {
    const spoken = some.flatMap((rule) => rule.requestKinds ?? ['*']);
    if (isKindPattern(pattern) && new Set(spoken).size === spoken.length) continue;
    throw new Fault('bad-kind-rule', `The kind rules for "${pattern}" cannot be taken.`, {
      hint: 'Write a kind, a prefix ending in a dot or *, and one rule for each kind of request.',
    });
  }
  return byPattern;
}

/** Kinds are a closed list of some hundreds; beyond this many, plans are made anew instead of kept. */
const PLANS_KEPT = 10_000;

/** What to ask for that kind. */
export function planFor(catalogue: Catalogue, kind: string): Plan {
  const kept = catalogue.plans.get(kind);
  if (kept) return kept;
  const patterns = patternsFor(kind);
  const pick = <T>(from: ReadonlyMap<string, T>): T[] =>
    patterns.flatMap((pattern) => from.get(pattern) ?? []);
  const { lead, fallback, co } = catalogue.tables;
  const narrowFirst = (a: KindRule, b: KindRule): number =>
    (a.requestKinds ? 0 : 1) - (b.requestKinds ? 0 : 1);
  const rules = patterns.flatMap((pattern) => [...(catalogue.rules.get(pattern) ?? [])].sort(narrowFirst));
  const plan = { lead: pick(lead), fallback: pick(fallback), co: pick(co), rules };
  if (catalogue.plans.size < PLANS_KEPT) catalogue.plans.set(kind, plan);
  return plan;
}

/** The units above one, nearest first, as they stood then; ends at a unit that is missing or was already passed. */
export function unitsAbove(
  catalogue: Catalogue,
  code: string,
  at: Instant,
  knownAt: Instant,
  trace?: TimeTrace,
): readonly Unit[] {
  const above: Unit[] = [];
  let unit = findIn(catalogue.units, code, at, knownAt, trace);
  while (unit?.parent !== undefined) {
    unit = findIn(catalogue.units, unit.parent, at, knownAt, trace);
    if (unit === undefined || unit.code === code || above.includes(unit)) break;
    above.push(unit);
  }
  return above;
}

/** Whether `layer` lies in `outer`, through any number of layers between. */
export function liesWithin(catalogue: Catalogue, layer: string, outer: string): boolean {
  let within = catalogue.layers.get(layer)?.within;
  for (let steps = 0; within !== undefined && steps < catalogue.layers.size; steps += 1) {
    if (within === outer) return true;
    within = catalogue.layers.get(within)?.within;
  }
  return false;
}

/** A fingerprint to tell versions apart, no seal: two 32-bit halves of FNV-1a (Fowler, Noll, Vo) from different offsets. */
function versionOf(input: CatalogueInput): string {
  const rows = Object.entries(input).flatMap(([table, value]) =>
    Array.isArray(value)
      ? value.map((row) => `${table} ${textOf(row)}`)
      : [`${table} ${JSON.stringify(value)}`],
  );
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (const row of rows.sort(compareText)) {
    for (let i = 0; i < row.length; i += 1) {
      const unit = row.charCodeAt(i);
      a = Math.imul(a ^ unit, 0x01000193);
      b = Math.imul(b ^ unit, 0x01000193);
    }
    a = Math.imul(a ^ 10, 0x01000193);
    b = Math.imul(b ^ 10, 0x85ebca6b);
  }
  const hex = (half: number): string => (half >>> 0).toString(16).padStart(8, '0');
  return hex(a) + hex(b);
}
