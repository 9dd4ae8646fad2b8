import { type Row, readCsv } from '../town/csv.ts';
import type { TownFiles } from '../town/make-town.ts';
import { ESTATE_TAILS } from '../town/words.ts';

export type Mark = { readonly name: string; readonly lon: number; readonly lat: number };
export type Asset = Mark & { readonly code: string };
/** A grid as people know it. */
export type Spot = {
  readonly index: number;
  readonly code: string;
  readonly community: string;
  readonly township: string;
  readonly townshipCode: string;
  readonly county: string;
  readonly rural: boolean;
  readonly centre: Mark;
  readonly estates: readonly Mark[];
  readonly groups: readonly Mark[];
  readonly marks: readonly Mark[];
  readonly crossings: readonly Mark[];
  readonly roads: readonly string[];
  readonly lamps: readonly Asset[];
  readonly drains: readonly Asset[];
  readonly lifts: readonly Asset[];
  readonly shops: readonly Asset[];
  readonly gridWorker: string;
};
export type Ground = { readonly spots: readonly Spot[]; readonly urban: readonly Spot[] };

/** Reads from a town's files what its people know of it. Costs about 50 ms for the demo town. */
export function readGround(files: TownFiles): Ground {
  const rows = (name: string): Row[] => readCsv(files.get(name) ?? '');
  const places = rows('places.csv');
  const byCode = new Map(places.map((row) => [row.code!, row]));
  const assets = Map.groupBy(rows('assets.csv'), (row) => row.place!);
  const workers = workersByGrid(rows('posts.csv'), rows('staff.csv'));
  const spots = places
    .filter((row) => row.layer === 'grid')
    .map((row, index) => spotOf(row, index, byCode, assets.get(row.code!) ?? [], workers));
  return { spots, urban: spots.filter((spot) => spot.estates.length > 0) };
}

function workersByGrid(posts: readonly Row[], staff: readonly Row[]): Map<string, string> {
  const sitting = new Map(staff.filter((row) => row.to === '').map((row) => [row.post!, row.name!]));
  return new Map(
    posts.filter((row) => row.kind === 'gridWorker').map((row) => [row.place!, sitting.get(row.code!) ?? '']),
  );
}

const ESTATE = new RegExp(`(${ESTATE_TAILS.join('|')})$`);
const CROSSING = /^(.+?[路街])(.+?)路口$/;

function spotOf(
  row: Row,
  index: number,
  byCode: ReadonlyMap<string, Row>,
  assets: readonly Row[],
  workers: ReadonlyMap<string, string>,
): Spot {
  const community = byCode.get(row.parent!)!;
  const township = byCode.get(community.parent!)!;
  const names = row.names!.split(';').map(markOf);
  const crossings = names.filter((mark) => CROSSING.test(mark.name));
  const groups = names.filter((mark) => /^[一二三四五六七八九十]+组$/.test(mark.name));
  const estates = names.filter((mark) => ESTATE.test(mark.name) && community.level === 'community');
  const named = new Set([...crossings, ...groups, ...estates]);
  const ofKind = (kind: string): Asset[] => assets.filter((asset) => asset.kind === kind).map(assetOf);
  return {
    index,
    code: row.code!,
    community: community.name!,
    township: township.name!,
    townshipCode: township.code!,
    county: township.parent!,
    rural: community.level === 'village',
    centre: { name: community.name!, lon: Number(row.lon), lat: Number(row.lat) },
    estates,
    groups,
    marks: names.filter((mark) => !named.has(mark)),
    crossings,
    roads: crossings.flatMap((mark) => CROSSING.exec(mark.name)!.slice(1)),
    lamps: ofKind('lamp'),
    drains: ofKind('drain'),
    lifts: ofKind('lift'),
    shops: ofKind('shop'),
    gridWorker: workers.get(row.code!) ?? '',
  };
}

function markOf(text: string): Mark {
  const [name = '', at = ''] = text.split('@');
  const [lon, lat] = at.split(',').map(Number);
  return { name, lon: lon!, lat: lat! };
}

function assetOf(row: Row): Asset {
  return { code: row.code!, name: row.name!, lon: Number(row.lon), lat: Number(row.lat) };
}
