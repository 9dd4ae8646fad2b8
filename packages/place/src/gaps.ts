import type { EdgeMeets } from './edge-meets.ts';
import type { FlatPolygons } from './flat-polygons.ts';

/** A gap: rings around it (the first the outer one, further ones islands in it), and the owners whose edges bound it. */
export type Gap = { readonly rings: readonly (readonly Corner[])[]; readonly owners: ReadonlySet<number> };

export type Corner = readonly [number, number];

/**
 * The regions that places leave between themselves, or between themselves and the parents that frame them.
 *
 * Every edge is cut where another meets it, and turned so that what may be a gap lies on its left: places' edges run backward, parents'
 * forward. Pieces that run both ways have no gap on either side and go; so do pieces inside another place or outside the
 * parents. What stays bounds the gaps and is traced, turning left as sharply as possible at each corner.
 *
 * @param isFrame is this owner a parent?
 * @param covered does another place than these owners hold the point, or does it lie outside all parents?
 */
export function findGaps(
  flat: FlatPolygons,
  edges: Int32Array,
  ownerOf: Int32Array,
  directions: Int8Array,
  meets: EdgeMeets,
  isFrame: (owner: number) => boolean,
  covered: (x: number, y: number, owners: ReadonlySet<number>) => boolean,
): readonly Gap[] {
  const net: Net = { corners: [], ids: new Map(), pieces: new Map() };
  for (const e of edges) {
    if (meets.twin[e] === 1 && !meets.cuts.has(e)) continue;
    const forward = (directions[e] === 1) === isFrame(ownerOf[e]!);
    const path = cutPath(flat.xy, e, meets);
    if (!forward) path.reverse();
    for (let k = 0; k + 1 < path.length; k += 1) addPiece(net, path[k]!, path[k + 1]!, ownerOf[e]!);
  }
  dropBothWays(net);
  for (const [key, { from, to, owners }] of net.pieces) {
    const [a, b] = [net.corners[from]!, net.corners[to]!];
    if (covered(a[0] + (b[0] - a[0]) / 2, a[1] + (b[1] - a[1]) / 2, owners)) net.pieces.delete(key);
  }
  return gapsOf(trace(net));
}

type Piece = { readonly from: number; readonly to: number; readonly owners: Set<number> };

type Net = {
  readonly corners: Corner[];
  readonly ids: Map<string, number>;
  readonly pieces: Map<string, Piece>;
};

type Loop = { readonly ring: readonly Corner[]; readonly owners: Set<number>; readonly area: number };

function cutPath(xy: Float64Array, e: number, meets: EdgeMeets): Corner[] {
  const a: Corner = [xy[e * 2]!, xy[e * 2 + 1]!];
  const b: Corner = [xy[e * 2 + 2]!, xy[e * 2 + 3]!];
  const cuts = meets.cuts.get(e);
  if (!cuts) return [a, b];
  const along = ({ x, y }: { x: number; y: number }): number =>
    (x - a[0]) * (b[0] - a[0]) + (y - a[1]) * (b[1] - a[1]);
  const inner = [...cuts].sort((p, q) => along(p) - along(q)).map(({ x, y }): Corner => [x, y]);
  return [a, ...inner, b];
}

function addPiece(net: Net, a: Corner, b: Corner, owner: number): void {
  const [from, to] = [cornerId(net, a), cornerId(net, b)];
  if (from === to) return;
  const key = `${from} ${to}`;
  const piece = net.pieces.get(key);
  if (piece) piece.owners.add(owner);
  else net.pieces.set(key, { from, to, owners: new Set([owner]) });
}

function cornerId(net: Net, corner: Corner): number {
  const key = `${corner[0]} ${corner[1]}`;
  const known = net.ids.get(key);
  if (known !== undefined) return known;
  net.ids.set(key, net.corners.length);
  net.corners.push(corner);
  return net.corners.length - 1;
}

function dropBothWays(net: Net): void {
  for (const [key, { from, to }] of net.pieces) {
    const back = `${to} ${from}`;
    if (!net.pieces.has(back)) continue;
    net.pieces.delete(key);
    net.pieces.delete(back);
  }
}

/** Follows pieces into loops with the gap on the left. Pieces that rounding left without a successor belong to slivers and go. */
function trace(net: Net): readonly Loop[] {
  const leaving = new Map<number, Piece[]>();
  for (const piece of net.pieces.values()) {
    const list = leaving.get(piece.from);
    if (list) list.push(piece);
    else leaving.set(piece.from, [piece]);
  }
  pruneDeadEnds(net, leaving);
  const left = new Set(net.pieces.values());
  const loops: Loop[] = [];
  for (const start of net.pieces.values()) {
    if (!left.has(start)) continue;
    const path: Piece[] = [];
    let piece: Piece | undefined = start;
    while (piece && left.has(piece)) {
      left.delete(piece);
      path.push(piece);
      piece = sharpestLeft(net, piece, leaving.get(piece.to) ?? []);
    }
    const begin = piece ? path.indexOf(piece) : -1;
    if (begin < 0) continue;
    const loop = path.slice(begin);
    const ring = loop.map(({ from }) => net.corners[from]!);
    loops.push({ ring, owners: new Set(loop.flatMap(({ owners }) => [...owners])), area: signedArea(ring) });
  }
  return loops;
}

function pruneDeadEnds(net: Net, leaving: Map<number, Piece[]>): void {
  const arriving = Map.groupBy(net.pieces.values(), ({ to }) => to);
  const without = (of: Map<number, Piece[]>, corner: number, piece: Piece): Piece[] => {
    const rest = (of.get(corner) ?? []).filter((other) => other !== piece);
    of.set(corner, rest);
    return rest;
  };
  const queue = [...net.pieces.values()];
  while (queue.length > 0) {
    const piece = queue.pop()!;
    const { from, to } = piece;
    if (net.pieces.get(`${from} ${to}`) !== piece) continue;
    if ((leaving.get(to) ?? []).length > 0 && (arriving.get(from) ?? []).length > 0) continue;
    net.pieces.delete(`${from} ${to}`);
    if (without(leaving, from, piece).length === 0) queue.push(...(arriving.get(from) ?? []));
    if (without(arriving, to, piece).length === 0) queue.push(...(leaving.get(to) ?? []));
  }
}

/** The piece that turns left most: the first one clockwise from the way back. */
function sharpestLeft(net: Net, piece: Piece, choices: readonly Piece[]): Piece | undefined {
  if (choices.length < 2) return choices[0];
  const here = net.corners[piece.to]!;
  const angle = (corner: Corner): number => Math.atan2(corner[1] - here[1], corner[0] - here[0]);
  const back = angle(net.corners[piece.from]!);
  const clockwise = ({ to }: Piece): number => {
    const turn = (back - angle(net.corners[to]!)) % (2 * Math.PI);
    return turn <= 0 ? turn + 2 * Math.PI : turn;
  };
  return choices.reduce((best, choice) => (clockwise(choice) < clockwise(best) ? choice : best));
}

/** Loops to the left are gaps; loops to the right that lie in one are islands in it; others surround everything. */
function gapsOf(loops: readonly Loop[]): readonly Gap[] {
  const outer = loops.filter(({ area }) => area > 0).sort((a, b) => a.area - b.area);
  const gaps = outer.map(({ ring, owners }) => ({ rings: [ring], owners: new Set(owners) }));
  for (const island of loops.filter(({ area }) => area < 0)) {
    const k = outer.findIndex((loop) => loop.area > -island.area && ringHolds(loop.ring, island.ring));
    if (k < 0) continue;
    gaps[k]!.rings.push(island.ring);
    for (const owner of island.owners) gaps[k]!.owners.add(owner);
  }
  return gaps;
}

/** Does the ring hold the other, judged by a corner of the other that is none of its own? */
function ringHolds(ring: readonly Corner[], other: readonly Corner[]): boolean {
  const corner = other.find(([x, y]) => !ring.some(([u, v]) => u === x && v === y));
  if (!corner) return false;
  const [x, y] = corner;
  let inside = false;
  ring.forEach(([ax, ay], k) => {
    const [bx, by] = ring[(k + 1) % ring.length]!;
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  });
  return inside;
}

function signedArea(ring: readonly Corner[]): number {
  const [x0, y0] = ring[0]!;
  return ring.reduce((sum, [ax, ay], k) => {
    const [bx, by] = ring[(k + 1) % ring.length]!;
    return sum + ((ax - x0) * (by - y0) - (bx - x0) * (ay - y0)) / 2;
  }, 0);
}
