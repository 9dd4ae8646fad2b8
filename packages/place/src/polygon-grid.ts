import { type FlatPolygons, flattenPolygons, partHolds } from './flat-polygons.ts';
import type { Outline } from './places.ts';

/**
 * A raster over the polygons' box. The value of a cell:
 *   ≥ 0  no edge comes near the cell and this owner alone holds it
 *   −1   no edge comes near the cell and nobody holds it
 *   ≤ −2 ask the record at −2 − value of `records`
 *
 * A record is one of
 *   crossing: head = side << 1 | edge count << 3, even owner, odd owner, edges…
 *     No edge reaches the given side of the cell (or the strip beyond it); there the even owner holds. Each listed edge crossed on
 *     the way from the point to that side swaps even and odd. Sides: 0 right, 1 left, 2 up, 3 down.
 *   candidates: head = 1 | count << 3, then (part << 1 | holds the whole cell)… in the order of owners.
 *
 * "Near" is a margin of MARGIN cells, thousands of times wider than what rounding can move a point or an edge by.
 */
export type PolygonGrid = {
  readonly flat: FlatPolygons;
  readonly minX: number;
  readonly minY: number;
  /** Cells per unit of x and y. */
  readonly scaleX: number;
  readonly scaleY: number;
  readonly columns: number;
  readonly rows: number;
  readonly cells: Int32Array;
  readonly records: Int32Array;
};

export const NONE = -1;
const EMPTY = -1;
const MARGIN = 1 / 1024;
/** Raster cells per edge; 10,000 outlines of 70 vertices come to the greatest raster. */
const CELLS_PER_EDGE = 6;
const CELLS_MIN = 1024;
const CELLS_MAX = 2 ** 22;
/** No cell is narrower than this share of the largest coordinate, so that rounding (2⁻⁵²) stays far below MARGIN. */
const CELL_MIN_SHARE = 2 ** -30;
/** Beyond this many edges a cell's own list is no faster than the slabs. */
const CROSSING_EDGES_MAX = 12;

/** Builds the raster. Cost: about a second for 700,000 edges; see `buildPolygonIndex`. */
export function buildPolygonGrid(outlines: readonly (Outline | undefined)[]): PolygonGrid {
  const flat = flattenPolygons(outlines);
  const frame = frameOf(flat);
  const build: Build = {
    ...frame,
    flat,
    cells: new Int32Array(frame.columns * frame.rows).fill(EMPTY),
    near: new Uint8Array(frame.columns * frame.rows),
    nearCells: new Numbers(flat.edges * 3 + 16),
    nearEdges: new Numbers(flat.edges * 3 + 16),
    overCells: new Numbers(16),
    overParts: new Numbers(16),
    window: new Uint8Array(64),
    rowCrossings: [],
  };
  for (let part = 0; part < flat.parts; part += 1) paintPart(build, part);
  const records = writeRecords(build);
  return { ...frame, flat, cells: build.cells, records };
}

type Frame = Pick<PolygonGrid, 'minX' | 'minY' | 'scaleX' | 'scaleY' | 'columns' | 'rows'>;

type Build = Frame & {
  readonly flat: FlatPolygons;
  /** While building: EMPTY or the first part that holds the whole cell. */
  readonly cells: Int32Array;
  readonly near: Uint8Array;
  /** Pairs: edge near cell. */
  readonly nearCells: Numbers;
  readonly nearEdges: Numbers;
  /** Pairs: a second, third… part that holds the whole cell. */
  readonly overCells: Numbers;
  readonly overParts: Numbers;
  /** The cells of the part's box that one of its edges comes near. */
  window: Uint8Array;
  /** Where the part's edges cross the middle line of each of its rows. */
  readonly rowCrossings: number[][];
};

/** A growing list of 32-bit whole numbers. */
class Numbers {
  items: Int32Array;
  length = 0;

  constructor(capacity: number) {
    this.items = new Int32Array(capacity);
  }

  push(value: number): void {
    if (this.length === this.items.length) {
      const wider = new Int32Array(this.length * 2);
      wider.set(this.items);
      this.items = wider;
    }
    this.items[this.length] = value;
    this.length += 1;
  }
}

function frameOf(flat: FlatPolygons): Frame {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let b = 0; b < flat.boxes.length; b += 4) {
    minX = Math.min(minX, flat.boxes[b]!);
    minY = Math.min(minY, flat.boxes[b + 1]!);
    maxX = Math.max(maxX, flat.boxes[b + 2]!);
    maxY = Math.max(maxY, flat.boxes[b + 3]!);
  }
  if (!(maxX >= minX)) return { minX: 0, minY: 0, scaleX: 1, scaleY: 1, columns: 1, rows: 1 };
  const smallest =
    Math.max(Math.abs(minX), Math.abs(maxX), Math.abs(minY), Math.abs(maxY), 1e-6) * CELL_MIN_SHARE;
  // A rim keeps every vertex strictly inside the raster.
  const rimX = Math.max((maxX - minX) * 1e-5, smallest);
  const rimY = Math.max((maxY - minY) * 1e-5, smallest);
  const width = maxX - minX + 2 * rimX;
  const height = maxY - minY + 2 * rimY;
  const wanted = Math.min(Math.max(flat.edges * CELLS_PER_EDGE, CELLS_MIN), CELLS_MAX);
  const fit = (count: number, length: number): number =>
    Math.max(1, Math.min(Math.floor(count), Math.floor(length / smallest), 2 ** 15));
  const columns = fit(Math.sqrt((wanted * width) / height), width);
  const rows = fit(wanted / columns, height);
  return {
    minX: minX - rimX,
    minY: minY - rimY,
    scaleX: columns / width,
    scaleY: rows / height,
    columns,
    rows,
  };
}

function paintPart(build: Build, part: number): void {
  const { flat, columns, rows, near, cells } = build;
  const box = part * 4;
  const c0 = clamp((flat.boxes[box]! - build.minX) * build.scaleX - MARGIN, columns);
  const c1 = clamp((flat.boxes[box + 2]! - build.minX) * build.scaleX + MARGIN, columns);
  const r0 = clamp((flat.boxes[box + 1]! - build.minY) * build.scaleY - MARGIN, rows);
  const r1 = clamp((flat.boxes[box + 3]! - build.minY) * build.scaleY + MARGIN, rows);
  const wide = c1 - c0 + 1;
  const size = wide * (r1 - r0 + 1);
  if (build.window.length < size) build.window = new Uint8Array(size * 2);
  else build.window.fill(0, 0, size);
  while (build.rowCrossings.length < r1 - r0 + 1) build.rowCrossings.push([]);
  const window = build.window;
  for (let ring = flat.partRings[part]!; ring < flat.partRings[part + 1]!; ring += 1) {
    const end = flat.ringVertices[ring + 1]! - 1;
    for (let edge = flat.ringVertices[ring]!; edge < end; edge += 1) paintEdge(build, edge, c0, r0, wide);
  }
  for (let r = r0; r <= r1; r += 1) {
    const crossings = build.rowCrossings[r - r0]!;
    crossings.sort((a, b) => a - b);
    for (let k = 0; k + 1 < crossings.length; k += 2) {
      const to = Math.floor(crossings[k + 1]! - 0.5);
      for (let c = Math.ceil(crossings[k]! - 0.5); c <= to; c += 1) {
        if (window[(r - r0) * wide + c - c0] === 1) continue;
        const cell = r * columns + c;
        if (cells[cell] === EMPTY) cells[cell] = part;
        else {
          build.overCells.push(cell);
          build.overParts.push(part);
          near[cell] = 1;
        }
      }
    }
    crossings.length = 0;
  }
}

/** Notes each cell that the edge comes near, and where it crosses the middle lines of rows. In units of cells. */
function paintEdge(build: Build, edge: number, c0: number, r0: number, wide: number): void {
  const { columns, rows, near, window } = build;
  const xy = build.flat.xy;
  const ax = (xy[edge * 2]! - build.minX) * build.scaleX;
  const ay = (xy[edge * 2 + 1]! - build.minY) * build.scaleY;
  const bx = (xy[edge * 2 + 2]! - build.minX) * build.scaleX;
  const by = (xy[edge * 2 + 3]! - build.minY) * build.scaleY;
  const loX = ax < bx ? ax : bx;
  const hiX = ax < bx ? bx : ax;
  const loY = ay < by ? ay : by;
  const hiY = ay < by ? by : ay;
  const flatEdge = hiY - loY < MARGIN;
  const slope = flatEdge ? 0 : (bx - ax) / (by - ay);
  const lastRow = clamp(hiY + MARGIN, rows);
  for (let r = clamp(loY - MARGIN, rows); r <= lastRow; r += 1) {
    let from = loX;
    let to = hiX;
    if (!flatEdge) {
      const x1 = ax + (Math.max(loY, r - MARGIN) - ay) * slope;
      const x2 = ax + (Math.min(hiY, r + 1 + MARGIN) - ay) * slope;
      from = Math.max(loX, Math.min(x1, x2));
      to = Math.min(hiX, Math.max(x1, x2));
    }
    const lastColumn = clamp(to + MARGIN, columns);
    for (let c = clamp(from - MARGIN, columns); c <= lastColumn; c += 1) {
      window[(r - r0) * wide + c - c0] = 1;
      near[r * columns + c] = 1;
      build.nearCells.push(r * columns + c);
      build.nearEdges.push(edge);
    }
    const middle = r + 0.5;
    if (ay > middle !== by > middle) {
      const x = ay === by ? ax : ax + ((middle - ay) * (bx - ax)) / (by - ay);
      build.rowCrossings[r - r0]!.push(x);
    }
  }
}

function clamp(position: number, count: number): number {
  const cell = Math.floor(position);
  return cell < 0 ? 0 : cell >= count ? count - 1 : cell;
}

/** Turns the notes into records, and the cells from parts to owners and records. */
function writeRecords(build: Build): Int32Array {
  const { cells, near, flat } = build;
  const edgesOf = groupByCell(cells.length, build.nearCells, build.nearEdges);
  const oversOf =
    build.overCells.length > 0 ? groupByCell(cells.length, build.overCells, build.overParts) : undefined;
  const partOf = partOfEdges(flat);
  const records = new Numbers(build.nearCells.length * 2 + 16);
  const parts: number[] = [];
  const edges: number[] = [];
  for (let cell = 0; cell < cells.length; cell += 1) {
    const whole = cells[cell]!;
    if (near[cell] === 0) {
      if (whole !== EMPTY) cells[cell] = flat.partOwner[whole]!;
      continue;
    }
    edges.length = 0;
    parts.length = 0;
    if (whole !== EMPTY) parts.push((whole << 1) | 1);
    if (oversOf) {
      for (let k = oversOf.start[cell]!; k < oversOf.start[cell + 1]!; k += 1)
        parts.push((oversOf.items[k]! << 1) | 1);
    }
    const wholes = parts.length;
    for (let k = edgesOf.start[cell]!; k < edgesOf.start[cell + 1]!; k += 1) {
      const edge = edgesOf.items[k]!;
      edges.push(edge);
      const entry = partOf[edge]! << 1;
      if (parts.length === wholes || parts[parts.length - 1] !== entry) parts.push(entry);
    }
    cells[cell] = -2 - records.length;
    if (wholes > 0 || !writeCrossing(build, records, cell, parts, edges, partOf)) {
      parts.sort((a, b) => a - b);
      records.push(1 | (parts.length << 3));
      for (const entry of parts) records.push(entry);
    }
  }
  return records.items.slice(0, records.length);
}

/** Writes a crossing record where one part, or two parts that share all their edges here, come near; else answers false. */
function writeCrossing(
  build: Build,
  records: Numbers,
  cell: number,
  parts: readonly number[],
  edges: readonly number[],
  partOf: Int32Array,
): boolean {
  const { flat } = build;
  const half = parts.length === 2 ? edges.length / 2 : edges.length;
  if (parts.length > 2 || half > CROSSING_EDGES_MAX) return false;
  const one = parts[0]! >> 1;
  const two = parts.length === 2 ? parts[1]! >> 1 : -1;
  if (two >= 0 && !pairUp(flat.xy, edges, partOf, one)) return false;
  const side = freeSide(build, cell, edges, half);
  if (side < 0) return false;
  const column = cell % build.columns;
  const row = (cell - column) / build.columns;
  const x = build.minX + (column + [1, 0, 0.5, 0.5][side]!) / build.scaleX;
  const y = build.minY + (row + [0.5, 0.5, 1, 0][side]!) / build.scaleY;
  const inOne = partHolds(flat, one, x, y);
  if (two >= 0 && partHolds(flat, two, x, y) === inOne) return false;
  const first = flat.partOwner[one]!;
  const other = two >= 0 ? flat.partOwner[two]! : NONE;
  records.push((side << 1) | (half << 3));
  records.push(inOne ? first : other);
  records.push(inOne ? other : first);
  for (let k = 0; k < half; k += 1) records.push(edges[k]!);
  return true;
}

/** Does each edge of part `one` (they come first) have exactly one counterpart among the rest, with the same ends? */
function pairUp(xy: Float64Array, edges: readonly number[], partOf: Int32Array, one: number): boolean {
  const half = edges.length / 2;
  if (!Number.isInteger(half) || partOf[edges[half]!] === one || partOf[edges[half - 1]!] !== one)
    return false;
  for (let i = 0; i < half; i += 1) {
    const a = edges[i]! * 2;
    let found = 0;
    for (let j = half; j < edges.length; j += 1) {
      const b = edges[j]! * 2;
      const same =
        xy[a] === xy[b] && xy[a + 1] === xy[b + 1] && xy[a + 2] === xy[b + 2] && xy[a + 3] === xy[b + 3];
      const back =
        xy[a] === xy[b + 2] && xy[a + 1] === xy[b + 3] && xy[a + 2] === xy[b] && xy[a + 3] === xy[b + 1];
      if (same || back) found += 1;
    }
    if (found !== 1) return false;
  }
  return true;
}

/** A side of the cell beyond which, within the cell's own row or column, none of the edges reaches; −1 where all four are reached. */
function freeSide(build: Build, cell: number, edges: readonly number[], count: number): number {
  const column = cell % build.columns;
  const row = (cell - column) / build.columns;
  const xy = build.flat.xy;
  let free = 15;
  for (let k = 0; k < count && free !== 0; k += 1) {
    const v = edges[k]! * 2;
    const ax = (xy[v]! - build.minX) * build.scaleX - column;
    const ay = (xy[v + 1]! - build.minY) * build.scaleY - row;
    const bx = (xy[v + 2]! - build.minX) * build.scaleX - column;
    const by = (xy[v + 3]! - build.minY) * build.scaleY - row;
    if (reaches(ax, ay, bx, by)) free &= ~1;
    if (reaches(1 - ax, ay, 1 - bx, by)) free &= ~2;
    if (reaches(ay, ax, by, bx)) free &= ~4;
    if (reaches(1 - ay, ax, 1 - by, bx)) free &= ~8;
  }
  for (let side = 0; side < 4; side += 1) if (free & (1 << side)) return side;
  return -1;
}

/** Does the edge come into the strip right of the unit cell: x ≥ 1, 0 ≤ y ≤ 1, with margins? Says yes when in doubt. */
function reaches(ax: number, ay: number, bx: number, by: number): boolean {
  const border = 1 - 2 * MARGIN;
  if (ax < border && bx < border) return false;
  let from = ay;
  let to = by;
  if (Math.abs(bx - ax) >= MARGIN) {
    const at = ay + ((border - ax) * (by - ay)) / (bx - ax);
    if (ax < border) from = at;
    else if (bx < border) to = at;
  }
  return Math.max(from, to) >= -2 * MARGIN && Math.min(from, to) <= 1 + 2 * MARGIN;
}

/** Counting sort of pairs by cell; within a cell the order of the pairs is kept. */
function groupByCell(count: number, of: Numbers, items: Numbers): { start: Int32Array; items: Int32Array } {
  const start = new Int32Array(count + 2);
  for (let k = 0; k < of.length; k += 1) start[of.items[k]! + 2]! += 1;
  for (let c = 2; c < start.length; c += 1) start[c]! += start[c - 1]!;
  const grouped = new Int32Array(items.length);
  for (let k = 0; k < of.length; k += 1) {
    const cell = of.items[k]! + 1;
    grouped[start[cell]!] = items.items[k]!;
    start[cell]! += 1;
  }
  return { start, items: grouped };
}

function partOfEdges(flat: FlatPolygons): Int32Array {
  const partOf = new Int32Array(flat.xy.length / 2);
  for (let part = 0; part < flat.parts; part += 1) {
    const from = flat.ringVertices[flat.partRings[part]!]!;
    partOf.fill(part, from, flat.ringVertices[flat.partRings[part + 1]!]!);
  }
  return partOf;
}
