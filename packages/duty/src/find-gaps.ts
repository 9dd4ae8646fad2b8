import type { Instant } from '@gezhi/basis';
import { compareText } from './book.ts';
import { buildCatalogue, type Catalogue, planFor } from './catalogue.ts';
import { type Finding, finding } from './finding.ts';
import type { PlaceNode, RegistryData } from './registry-data.ts';
import { route } from './route.ts';

/**
 * The kinds × places that nobody leads, told at the coarsest place whose every part is a gap, kinds of one place together.
 *
 * Only the tree is walked: the places under a root that has parts. Where a drawn layer (police, school) holds the only
 * lead, whether it covers everything cannot be told from codes, and that is said instead. Costs a routing for each kind and
 * each place above which nobody leads; a lead on a place spares everything below it.
 */
export function findGaps(data: RegistryData, now: Instant): Finding[] {
  const tree = makeTree(data.places ?? [], data.layers[0]?.code);
  const catalogue = buildCatalogue({ ...data, kindRules: [] });
  const kinds = [...new Set(data.kinds ?? [])].sort();
  const gaps = kinds.flatMap((kind) =>
    tree.roots.flatMap((root) => gapsUnder({ catalogue, tree, kind, now }, root, {})),
  );
  const inTree = gaps.filter((gap) => gap.layers === '');
  const outside = gaps.filter((gap) => gap.layers !== '');
  return [
    ...tell(inTree, (gap) => `${gap.place}\n${gap.fallback ?? ''}`),
    ...tell(outside, (gap) => gap.layers),
  ];
}

type Tree = {
  readonly roots: readonly PlaceNode[];
  readonly parts: ReadonlyMap<string, readonly PlaceNode[]>;
  readonly layers: ReadonlySet<string>;
};

/** Where no place has parts, the places of the first layer stand alone. */
function makeTree(places: readonly PlaceNode[], firstLayer: string | undefined): Tree {
  const parts = Map.groupBy(places, (place) => place.parent ?? '');
  const roots = (parts.get('') ?? []).filter((place) => parts.has(place.code));
  const lonely = places.filter((place) => place.layer === firstLayer);
  const layers = new Set(
    [...(roots.length > 0 ? roots : lonely), ...places.filter((p) => p.parent)].map((p) => p.layer),
  );
  return { roots: roots.length > 0 ? roots : lonely, parts, layers };
}

type Search = {
  readonly catalogue: Catalogue;
  readonly tree: Tree;
  readonly kind: string;
  readonly now: Instant;
};

type Gap = {
  readonly kind: string;
  readonly place: string;
  readonly fallback?: string;
  readonly layers: string;
};
type Chain = Readonly<Record<string, readonly string[]>>;

function gapsUnder(search: Search, place: PlaceNode, above: Chain): readonly Gap[] {
  const { catalogue, kind, now, tree } = search;
  if (above[place.layer]?.includes(place.code)) return [];
  const places = { ...above, [place.layer]: [...(above[place.layer] ?? []), place.code] };
  const answer = route(catalogue, { kind, places, at: now, knownAt: now });
  const isLed =
    answer.outcome === 'routed' ? answer.as !== 'fallback' : answer.why === 'tie' && !isFallbackTie(answer);
  if (isLed) return [];
  const fallback = answer.outcome === 'routed' ? answer.lead.unit : undefined;
  const whole = { kind, place: place.code, fallback, layers: drawnLayers(search) };
  const parts = tree.parts.get(place.code) ?? [];
  if (parts.length === 0) return [whole];
  const found = parts.map((part) => ({ part, gaps: gapsUnder(search, part, places) }));
  const isWhole = found.every(
    ({ part, gaps }) => gaps[0]?.place === part.code && gaps[0].fallback === fallback,
  );
  return isWhole ? [whole] : found.flatMap(({ gaps }) => gaps);
}

function isFallbackTie(answer: ReturnType<typeof route>): boolean {
  return answer.because.some((reason) => reason.code === 'nobody-leads');
}

/** The layers outside the tree in which this kind has a lead. */
function drawnLayers({ catalogue, kind, tree }: Search): string {
  const layers = planFor(catalogue, kind).lead.flatMap((table) => [...table.layers.keys()]);
  return [...new Set(layers)].filter((layer) => !tree.layers.has(layer)).join('、');
}

function tell(gaps: readonly Gap[], keyOf: (gap: Gap) => string): Finding[] {
  const grouped = [...Map.groupBy(gaps, keyOf)].sort(([a], [b]) => compareText(a, b));
  return grouped.map(([, some]) => {
    const { place, fallback, layers } = some[0]!;
    const kinds = [...new Set(some.map((gap) => gap.kind))].join('、');
    if (layers !== '') {
      return finding('gap-outside-tree', { table: 'duties', key: layers }, { layers, kinds });
    }
    const where = { table: 'duties', key: place } as const;
    return fallback === undefined
      ? finding('gap', where, { place, kinds })
      : finding('only-last-resort', where, { place, kinds, unit: fallback });
  });
}
