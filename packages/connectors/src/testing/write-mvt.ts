import { PbfWriter } from 'pbf';

export type MadeFeature = {
  readonly type: 'line' | 'area';
  readonly tags: Readonly<Record<string, string>>;
  /** Points in units of the tile, 4096 a side; an area is closed by itself, and clockwise as seen. */
  readonly points: readonly (readonly [x: number, y: number])[];
};

/** A vector tile (Mapbox Vector Tile 2.1) of a few simple shapes. */
export function writeMvt(layers: Readonly<Record<string, readonly MadeFeature[]>>): Buffer {
  const tile = new PbfWriter();
  for (const [name, features] of Object.entries(layers)) tile.writeMessage(3, writeLayer, { name, features });
  return Buffer.from(tile.finish());
}

type Layer = { readonly name: string; readonly features: readonly MadeFeature[] };

function writeLayer({ name, features }: Layer, pbf: PbfWriter): void {
  const keys = [...new Set(features.flatMap(({ tags }) => Object.keys(tags)))];
  const values = [...new Set(features.flatMap(({ tags }) => Object.values(tags)))];
  pbf.writeVarintField(15, 2);
  pbf.writeStringField(1, name);
  for (const { type, tags, points } of features) {
    const tagged = Object.entries(tags).flatMap(([key, value]) => [keys.indexOf(key), values.indexOf(value)]);
    const feature = {
      type: type === 'line' ? 2 : 3,
      tags: tagged,
      geometry: commandsOf(points, type === 'area'),
    };
    pbf.writeMessage(2, writeFeature, feature);
  }
  for (const key of keys) pbf.writeStringField(3, key);
  for (const value of values)
    pbf.writeMessage(4, (text: string, one) => one.writeStringField(1, text), value);
  pbf.writeVarintField(5, 4096);
}

type Feature = Readonly<Record<'tags' | 'geometry', number[]>> & { readonly type: number };

function writeFeature({ type, tags, geometry }: Feature, pbf: PbfWriter): void {
  pbf.writePackedVarint(2, tags);
  pbf.writeVarintField(3, type);
  pbf.writePackedVarint(4, geometry);
}

const [MOVE, LINE, CLOSE] = [1, 2, 7];

/** Moves, lines and an end, as differences in zigzag. */
function commandsOf(points: MadeFeature['points'], isArea: boolean): number[] {
  const steps = points.map(([x, y], i) => {
    const [fromX, fromY] = points[i - 1] ?? [0, 0];
    return [zigzag(x - fromX), zigzag(y - fromY)];
  });
  const [first = [], ...rest] = steps;
  const end = isArea ? [command(CLOSE, 1)] : [];
  return [command(MOVE, 1), ...first, command(LINE, rest.length), ...rest.flat(), ...end];
}

function command(id: number, count: number): number {
  return id | (count << 3);
}

function zigzag(n: number): number {
  return (n << 1) ^ (n >> 31);
}
