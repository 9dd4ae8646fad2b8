import type { TopicPolicy } from './topic-policy.ts';
import type { Vector } from './vectors.ts';

/** What is compared with a centre: a message, or another centre. */
type Point = Pick<Vector, 'terms' | 'weights'>;

/** Messages that belong together, by their numbers, the sum of their points, and the square of that sum's length. */
export type Cluster = { readonly members: number[]; readonly sum: Map<number, number>; squares: number };

const ROUNDS = 2;

/**
 * Groups points in the order in which they come: each joins the nearest centre that is near enough, or begins a group; then groups whose centres are near become one, and each point
 * goes once more to the centre nearest to it. Centres are found by lists from terms, so that a point is compared only with groups that share a term.
 *
 * Costs about points × terms a point × groups a term; some thousands of messages take a second or two.
 */
export function clusterVectors(vectors: readonly Vector[], policy: TopicPolicy): readonly Cluster[] {
  let clusters = assign(vectors, [], policy);
  for (let round = 0; round < ROUNDS; round += 1) {
    clusters = mergeNear(clusters, policy);
    clusters = assign(vectors, clusters, policy);
  }
  return absorb(vectors, mergeNear(clusters, policy), policy);
}

const CORE_TERMS = 20;
/** A group with fewer members has no core to speak of. */
const CORE_MEMBERS = 5;

/**
 * A long message says much beside, and so is far from every centre: what stands in a small group goes to one three times as large of whose core (the twenty weightiest
 * terms) it says the share `coreMin` by weight.
 */
function absorb(
  vectors: readonly Vector[],
  clusters: readonly Cluster[],
  { coreMin }: TopicPolicy,
): Cluster[] {
  const cores = clusters.map((cluster) => (cluster.members.length < CORE_MEMBERS ? [] : coreOf(cluster)));
  const lists = new Map<number, [c: number, share: number][]>();
  for (const [c, core] of cores.entries()) {
    const whole = core.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [term, weight] of core) {
      const list = lists.get(term) ?? [];
      if (list.push([c, weight / whole]) === 1) lists.set(term, list);
    }
  }
  const result = clusters.map(() => emptyCluster());
  for (const [from, { members }] of clusters.entries()) {
    for (const i of members) {
      const home = coveredCore(
        vectors[i]!,
        lists,
        coreMin,
        (c) => clusters[c]!.members.length >= 3 * members.length,
      );
      result[home < 0 ? from : home]!.members.push(i);
      addTo(result[home < 0 ? from : home]!, vectors[i]!);
    }
  }
  return result.filter(({ members }) => members.length > 0);
}

function coreOf({ sum }: Cluster): (readonly [number, number])[] {
  return [...sum].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, CORE_TERMS);
}

function coveredCore(
  { all }: Vector,
  lists: Map<number, [c: number, share: number][]>,
  least: number,
  mayTake: (c: number) => boolean,
): number {
  const covered = new Map<number, number>();
  for (const term of all) {
    for (const [c, share] of lists.get(term) ?? []) covered.set(c, (covered.get(c) ?? 0) + share);
  }
  let found = -1;
  let highest = least;
  for (const [c, share] of covered) {
    if (share < highest || !mayTake(c)) continue;
    found = c;
    highest = share;
  }
  return found;
}

/** Each point to the nearest of the given centres, which stay as they are, or to a group that began in this pass and is led by its own growing sum. */
function assign(vectors: readonly Vector[], centres: readonly Cluster[], policy: TopicPolicy): Cluster[] {
  const clusters: Cluster[] = centres.map(() => emptyCluster());
  const guides = [...centres];
  const finder = makeFinder(vectors.length + centres.length);
  for (const [c, { sum }] of guides.entries()) for (const term of sum.keys()) enlist(finder, term, c);
  for (const [i, vector] of vectors.entries()) {
    if (vector.terms.length === 0) continue;
    const found = nearest(vector, 1, guides, finder, policy.joinMin);
    const home = found < 0 ? clusters.push(emptyCluster()) - 1 : found;
    const cluster = clusters[home]!;
    guides[home] ??= cluster;
    if (guides[home] === cluster) {
      for (const term of vector.terms) if (!cluster.sum.has(term)) enlist(finder, term, home);
    }
    cluster.members.push(i);
    addTo(cluster, vector);
  }
  return clusters.filter(({ members }) => members.length > 0);
}

/** Groups by the terms of their centres, and room to add up what each shares with a point. */
type Finder = {
  readonly lists: Map<number, number[]>;
  readonly shared: Float32Array;
  readonly touched: number[];
};

/** So many groups, which share most terms, are looked at closely. */
const CLOSER_LOOKS = 16;

function makeFinder(groups: number): Finder {
  return { lists: new Map(), shared: new Float32Array(groups), touched: [] };
}

/** The group with the highest cosine above `least`, the lower number of two alike; -1 where there is none. */
function nearest(
  vector: Point,
  length: number,
  guides: readonly Cluster[],
  { lists, shared, touched }: Finder,
  least: number,
): number {
  const { terms, weights } = vector;
  touched.length = 0;
  for (let k = 0; k < terms.length; k += 1) {
    const weight = weights[k]!;
    for (const c of lists.get(terms[k]!) ?? []) {
      if (shared[c] === 0) touched.push(c);
      shared[c]! += weight;
    }
  }
  const close = touched.filter((c) => shared[c]! >= least * length);
  if (close.length > CLOSER_LOOKS)
    close.sort((a, b) => shared[b]! - shared[a]! || a - b).length = CLOSER_LOOKS;
  for (const c of touched) shared[c] = 0;
  let found = -1;
  let highest = least;
  for (const c of close) {
    const cosine = closeness(vector, guides[c]!) / length;
    if (cosine < highest || (cosine === highest && (found < 0 || c > found))) continue;
    found = c;
    highest = cosine;
  }
  return found;
}

/** Groups of two and more whose centres are near become one, the larger first. */
function mergeNear(clusters: readonly Cluster[], { mergeMin }: TopicPolicy): Cluster[] {
  const ordered = [...clusters].sort((a, b) => b.members.length - a.members.length);
  const merged: Cluster[] = [];
  const finder = makeFinder(clusters.length);
  for (const cluster of ordered) {
    if (cluster.members.length < 2) {
      merged.push(cluster);
      continue;
    }
    const { sum, squares } = cluster;
    const centre = { terms: Uint32Array.from(sum.keys()), weights: Float32Array.from(sum.values()) };
    const found = nearest(centre, Math.sqrt(squares), merged, finder, mergeMin);
    const home = found < 0 ? merged.push(emptyCluster()) - 1 : found;
    for (const term of sum.keys()) if (!merged[home]!.sum.has(term)) enlist(finder, term, home);
    join(merged[home]!, cluster);
  }
  return merged;
}

function join(into: Cluster, cluster: Cluster): void {
  into.members.push(...cluster.members);
  for (const [term, weight] of cluster.sum) addWeight(into, term, weight);
}

/** Cosine of a point and a group's centre. */
export function closeness({ terms, weights }: Point, { sum, squares }: Cluster): number {
  let dot = 0;
  for (let k = 0; k < terms.length; k += 1) dot += weights[k]! * (sum.get(terms[k]!) ?? 0);
  return squares > 0 ? dot / Math.sqrt(squares) : 0;
}

function emptyCluster(): Cluster {
  return { members: [], sum: new Map(), squares: 0 };
}

function addTo(cluster: Cluster, { terms, weights }: Vector): void {
  for (let k = 0; k < terms.length; k += 1) addWeight(cluster, terms[k]!, weights[k]!);
}

function addWeight(cluster: Cluster, term: number, weight: number): void {
  const before = cluster.sum.get(term) ?? 0;
  cluster.sum.set(term, before + weight);
  cluster.squares += weight * (2 * before + weight);
}

function enlist({ lists }: Finder, term: number, c: number): void {
  const list = lists.get(term);
  if (list) list.push(c);
  else lists.set(term, [c]);
}
