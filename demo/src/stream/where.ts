import type { Random } from '../random.ts';
import type { Mark, Spot } from './ground.ts';
import type { Channel, KindCode } from './happening.ts';

export type Where = {
  /** As it is said in the sentence; empty where the place is left out. */
  readonly said: string;
  /** Whether it is where somebody lives. */
  readonly home: boolean;
  readonly text?: string;
  readonly point?: { readonly lon: number; readonly lat: number };
  /** What it is named after, for the next who tells of the same matter. */
  readonly anchor: Anchor;
};
export type Anchor = {
  readonly mark: Mark;
  readonly sort: 'estate' | 'group' | 'mark' | 'crossing' | 'object';
};

/**
 * How somebody names a place in a grid: by estate, group, landmark, crossing, the object's own code, or hardly at all.
 *
 * @param earlier what an earlier report of the same matter was named after: two in three name the same thing
 */
export function placeIn(
  random: Random,
  spot: Spot,
  kind: KindCode,
  channel: Channel,
  earlier?: Anchor,
): Where {
  const anchor = earlier && random.chance(0.67) ? earlier : anchorIn(random, spot, kind);
  const digital = channel === 'app' || channel === 'web' || channel === 'open311' || channel === 'grid';
  const point = random.chance(digital ? 0.8 : 0.04) ? jitter(random, anchor.mark) : undefined;
  const home = anchor.sort === 'estate' || anchor.sort === 'group';
  if (channel !== 'grid' && random.chance(VAGUE_SHARE)) return { said: '', home, point, anchor };
  const name = wording(random, spot, kind, anchor);
  const said = random.chance(0.1) ? `${widerName(random, spot, name)}${name}` : name;
  return { said, home, text: random.chance(digital ? 0.85 : 0.7) ? said : undefined, point, anchor };
}

/** The street, or the community where the name does not begin with it already. */
function widerName(random: Random, spot: Spot, name: string): string {
  const short = spot.community.replace(/社区$|村$/, '');
  return name.startsWith(short) || random.chance(0.5) ? spot.township : spot.community;
}

const VAGUE_SHARE = 0.06;
const JITTER_DEGREES = 0.00012;

function jitter(random: Random, { lon, lat }: Mark): { lon: number; lat: number } {
  const shift = (x: number): number => Math.round((x + random.normal(0, JITTER_DEGREES)) * 1e6) / 1e6;
  return { lon: shift(lon), lat: shift(lat) };
}

const ON_ROADS: ReadonlySet<KindCode> = new Set(['road.damage', 'lamp.fault', 'illegal.parking']);
const AT_HOME: ReadonlySet<KindCode> = new Set([
  'property.lift',
  'water.supply',
  'gas.smell',
  'power.outage',
  'noise.night',
]);
const SIDES = ['旁边', '对面', '门口', '后面', '边上', '斜对面', '往东一点', '往里走五十米', '拐角', '附近'];

function anchorIn(random: Random, spot: Spot, kind: KindCode): Anchor {
  const object = objectIn(random, spot, kind);
  if (object) return { mark: object, sort: 'object' };
  if (kind === 'property.lift' && spot.estates.length > 0)
    return { mark: random.pick(spot.estates), sort: 'estate' };
  const mark = spot.marks.length > 0 ? random.pick(spot.marks) : spot.centre;
  const roll = random.next();
  if (spot.rural) {
    return spot.groups.length > 0 && roll < 0.53
      ? { mark: random.pick(spot.groups), sort: 'group' }
      : { mark, sort: 'mark' };
  }
  if (spot.estates.length > 0 && roll < (AT_HOME.has(kind) ? 0.7 : ON_ROADS.has(kind) ? 0.22 : 0.42)) {
    return { mark: random.pick(spot.estates), sort: 'estate' };
  }
  const crossing = spot.crossings[0];
  return crossing && roll > (ON_ROADS.has(kind) ? 0.55 : 0.88)
    ? { mark: crossing, sort: 'crossing' }
    : { mark, sort: 'mark' };
}

function objectIn(random: Random, spot: Spot, kind: KindCode): Mark | undefined {
  const [list, share] =
    kind === 'lamp.fault'
      ? [spot.lamps, 0.3]
      : kind === 'property.lift'
        ? [spot.lifts, 0.4]
        : [spot.drains, 0.12];
  const fits = kind === 'lamp.fault' || kind === 'property.lift' || kind === 'road.damage';
  if (!fits || list.length === 0 || !random.chance(share)) return undefined;
  const asset = random.pick(list);
  const coded = random.chance(0.4) ? `${asset.name}（${asset.code}）` : asset.name;
  return { ...asset, name: coded };
}

const DOORS = ['东门', '北门口', '门口', '围墙外面', '南门', '地面停车位'];

function wording(random: Random, spot: Spot, kind: KindCode, { mark, sort }: Anchor): string {
  switch (sort) {
    case 'object':
      return kind === 'property.lift' ? mark.name.replace(/电梯/, '') : mark.name;
    case 'crossing':
      return random.chance(0.6) ? mark.name : alongStreet(random, spot);
    case 'group':
      return groupWording(random, spot, mark);
    case 'estate':
      return `${mark.name}${AT_HOME.has(kind) ? house(random) : random.pick(DOORS)}`;
    case 'mark':
      return `${villageBefore(random, spot, mark.name)}${mark.name}${random.pick(SIDES)}`;
  }
}

function house(random: Random): string {
  const building = 1 + random.int(18);
  return random.pick(['', `${building}幢`, `${building}幢${1 + random.int(3)}单元`, `${building}号楼`]);
}

function alongStreet(random: Random, spot: Spot): string {
  const near = spot.marks.length > 0 ? random.pick(spot.marks).name : spot.community;
  return `${random.pick(spot.roads)}${random.pick(['靠近', '上，过', '，就在'])}${near}${random.pick(['那里', '的地方', '那一段', ''])}`;
}

/** Villagers may leave their village out, for whom there is only one third group. */
function groupWording(random: Random, spot: Spot, mark: Mark): string {
  if (random.chance(0.15)) return `${mark.name}${random.pick(['这里', '村口'])}`;
  return `${spot.community}${mark.name}${random.pick(['', '村道上', '中间', '进来那条路', '靠山脚'])}`;
}

function villageBefore(random: Random, spot: Spot, name: string): string {
  return /^[一二三四五六七八九十]+组/.test(name) && random.chance(0.7) ? spot.community : '';
}
