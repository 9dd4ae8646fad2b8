import Flatbush from 'flatbush';
import { mustBePoint } from './coordinates.ts';
import { metresPerDegree } from './metres.ts';
import type { Point, Position } from './places.ts';

/** A segment of a chief line (river, road, forest edge); a point within `withinMetres` of it is the segment's matter. */
export type LineSegment = {
  readonly line: string;
  readonly lineName: string;
  readonly kind: string;
  readonly segment: string;
  readonly segmentName: string;
  readonly withinMetres: number;
  readonly coordinates: readonly Position[];
};

export type NearSegment = { readonly line: string; readonly segment: string; readonly metres: number };

export type LineIndex = {
  readonly segments: readonly LineSegment[];
  /** Boxes of pieces: piece k lies on segment pieceSegment[k] from its position pieceStart[k] on. Absent where there is no line. */
  readonly boxes: Flatbush | undefined;
  readonly pieceSegment: Int32Array;
  readonly pieceStart: Int32Array;
};

/** Builds the index. Lines are not bound to any grid: a segment answers on both sides of every border. */
export function buildLineIndex(segments: readonly LineSegment[]): LineIndex {
  const pieces = segments.reduce((sum, { coordinates }) => sum + Math.max(0, coordinates.length - 1), 0);
  const pieceSegment = new Int32Array(pieces);
  const pieceStart = new Int32Array(pieces);
  if (pieces === 0) return { segments, boxes: undefined, pieceSegment, pieceStart };
  const boxes = new Flatbush(pieces);
  let k = 0;
  segments.forEach(({ coordinates, withinMetres }, s) => {
    for (let i = 0; i + 1 < coordinates.length; i += 1) {
      const [ax, ay, bx, by] = [
        coordinates[i]![0]!,
        coordinates[i]![1]!,
        coordinates[i + 1]![0]!,
        coordinates[i + 1]![1]!,
      ];
      const degree = metresPerDegree(Math.min(89, Math.max(Math.abs(ay), Math.abs(by)) + 0.1));
      // One per cent wider than needed: the exact distance decides.
      const padX = (withinMetres / degree.lon) * 1.01;
      const padY = (withinMetres / 110_574) * 1.01;
      boxes.add(
        Math.min(ax, bx) - padX,
        Math.min(ay, by) - padY,
        Math.max(ax, bx) + padX,
        Math.max(ay, by) + padY,
      );
      pieceSegment[k] = s;
      pieceStart[k] = i;
      k += 1;
    }
  });
  boxes.finish();
  return { segments, boxes, pieceSegment, pieceStart };
}

/**
 * The segments within whose own `withinMetres` the point lies, nearest first. Distances on a plane around the point with WGS-84
 * scales: right to 0.1 % within 20 km.
 *
 * @throws Fault where the point is not in WGS-84 degrees
 */
export function segmentsNear(index: LineIndex, point: Point): readonly NearSegment[] {
  const { lon, lat } = mustBePoint(point);
  if (!index.boxes) return [];
  const scale = metresPerDegree(lat);
  const nearest = new Map<number, number>();
  for (const piece of index.boxes.search(lon, lat, lon, lat)) {
    const s = index.pieceSegment[piece]!;
    const segment = index.segments[s]!;
    const a = segment.coordinates[index.pieceStart[piece]!]!;
    const b = segment.coordinates[index.pieceStart[piece]! + 1]!;
    const metres = distanceToPiece(
      (a[0]! - lon) * scale.lon,
      (a[1]! - lat) * scale.lat,
      (b[0]! - lon) * scale.lon,
      (b[1]! - lat) * scale.lat,
    );
    if (metres <= segment.withinMetres && metres < (nearest.get(s) ?? Infinity)) nearest.set(s, metres);
  }
  return [...nearest]
    .map(([s, metres]) => ({ line: index.segments[s]!.line, segment: index.segments[s]!.segment, metres }))
    .sort((a, b) => a.metres - b.metres || compare(a.line, b.line) || compare(a.segment, b.segment));
}

/** From the origin to the piece a–b. */
function distanceToPiece(ax: number, ay: number, bx: number, by: number): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / length));
  return Math.hypot(ax + t * dx, ay + t * dy);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
