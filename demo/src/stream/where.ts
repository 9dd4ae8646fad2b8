import type { Random } from '../random.ts';
import type { Mark, Spot } from './ground.ts';
import type { Channel, KindCode } from './happening.ts';

export type Where = {
  /** As it is said in the sentence; empty where the place is left out. */
  readonly said: string;
  readonly text?: string;
  readonly point?: { readonly lon: number; readonly lat: number };
};

/** How somebody names a place in a grid: by estate, group, landmark, crossing, the object's own code, or hardly at all. */
export function placeIn(random: Random, spot: Spot, kind: KindCode, channel: Channel): Where {
  const vague = random.chance(channel === 'grid' ? 0 : VAGUE_SHARE);
  const { name, mark } = wording(random, spot, kind);
  const digital = channel === 'app' || channel === 'web' || channel === 'open311' || channel === 'grid';
  const point = random.chance(digital ? 0.8 : 0.04) ? jitter(random, mark) : undefined;
  if (vague) return { said: '', point };
  const said = random.chance(0.1) ? `${random.pick([spot.township, spot.community])}${name}` : name;
  const given = random.chance(digital ? 0.85 : 0.7);
  return { said, text: given ? said : undefined, point };
}

const VAGUE_SHARE = 0.06;
const JITTER_DEGREES = 0.00025;

function jitter(random: Random, { lon, lat }: Mark): { lon: number; lat: number } {
  const shift = (x: number): number => Math.round((x + random.normal(0, JITTER_DEGREES / 2)) * 1e6) / 1e6;
  return { lon: shift(lon), lat: shift(lat) };
}

type Wording = { readonly name: string; readonly mark: Mark };

function wording(random: Random, spot: Spot, kind: KindCode): Wording {
  if (kind === 'lamp.fault' && spot.lamps.length > 0 && random.chance(0.3)) {
    const lamp = random.pick(spot.lamps);
    return {
      name: random.chance(0.5) ? `${street(random, spot)}编号${lamp.code}的灯杆` : lamp.name,
      mark: lamp,
    };
  }
  if (kind === 'property.lift' && spot.lifts.length > 0 && random.chance(0.4)) {
    const lift = random.pick(spot.lifts);
    return {
      name: random.chance(0.3) ? `${lift.name}（码${lift.code}）` : lift.name.replace(/电梯$/, ''),
      mark: lift,
    };
  }
  if (kind === 'road.damage' && spot.drains.length > 0 && random.chance(0.12)) {
    const drain = random.pick(spot.drains);
    return { name: drain.name, mark: drain };
  }
  return spot.rural ? ruralWording(random, spot) : urbanWording(random, spot, kind);
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

function urbanWording(random: Random, spot: Spot, kind: KindCode): Wording {
  const estate = spot.estates.length > 0 ? random.pick(spot.estates) : undefined;
  const mark = spot.marks.length > 0 ? random.pick(spot.marks) : spot.centre;
  const crossing = spot.crossings[0];
  const roll = random.next();
  if (estate && roll < (AT_HOME.has(kind) ? 0.7 : ON_ROADS.has(kind) ? 0.22 : 0.42)) {
    const tail = AT_HOME.has(kind)
      ? random.pick([
          '',
          `${1 + random.int(18)}幢`,
          `${1 + random.int(18)}幢${1 + random.int(3)}单元`,
          `${1 + random.int(18)}号楼`,
        ])
      : random.pick(['东门', '北门口', '门口', '围墙外面', '南门', '地面停车位']);
    return { name: `${estate.name}${tail}`, mark: estate };
  }
  if (crossing && roll > (ON_ROADS.has(kind) ? 0.55 : 0.88)) {
    const name = random.chance(0.5)
      ? crossing.name
      : `${street(random, spot)}${random.pick(['靠近', '上，过', '，就在'])}${mark.name}${random.pick(['那里', '的地方', '那一段', ''])}`;
    return { name, mark: random.chance(0.5) ? crossing : mark };
  }
  return { name: `${mark.name}${random.pick(SIDES)}`, mark };
}

function ruralWording(random: Random, spot: Spot): Wording {
  const mark = spot.marks.length > 0 ? random.pick(spot.marks) : spot.centre;
  const group = spot.groups.length > 0 ? random.pick(spot.groups) : undefined;
  const village = spot.community;
  const roll = random.next();
  if (group && roll < 0.45)
    return {
      name: `${village}${group.name}${random.pick(['', '村道上', '中间', '进来那条路', '靠山脚'])}`,
      mark: group,
    };
  if (group && roll < 0.53) return { name: `${group.name}${random.pick(['这里', '村口'])}`, mark: group };
  const name =
    /^[一二三四五六七八九十]+组/.test(mark.name) && random.chance(0.7) ? `${village}${mark.name}` : mark.name;
  return { name: `${name}${random.pick(SIDES)}`, mark };
}

function street(random: Random, spot: Spot): string {
  return spot.roads.length > 0 ? random.pick(spot.roads) : spot.community;
}
