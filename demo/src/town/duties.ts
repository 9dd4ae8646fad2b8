import type { Row } from './csv.ts';
import type { Division, Places } from './places.ts';
import type { PoliceArea } from './police.ts';
import { postCode } from './posts.ts';
import { committeeOf, HOTLINE, LAMP_OFFICE, officeOf, PROPERTY_FIRMS } from './units.ts';

export const DUTY_COLUMNS = [
  'unit',
  'post',
  'kind',
  'layer',
  'place',
  'role',
  'basis',
  'from',
  'to',
  'knownFrom',
];

type Line = {
  readonly kind: string;
  readonly unit: string;
  readonly post?: 'desk' | 'dutyPost' | 'seat' | 'dispatcher' | 'gridLead' | 'dataSteward';
  readonly layer?: string;
  readonly place: string;
  readonly role?: 'lead' | 'co' | 'fallback';
  readonly basis: string;
  readonly from?: string;
  readonly to?: string;
  readonly knownFrom?: string;
};

const LIST = '青溪市部门职责清单（2025年版）';

/** Who owes what where. A committee leads only what it governs itself. */
export function dutyRows(places: Places, police: readonly PoliceArea[]): Row[] {
  const { city } = places;
  const townships = city.children.flatMap((county) => county.children);
  const lines = [
    ...cityLines(city.code),
    ...lampLines(),
    ...city.children.flatMap(countyLines),
    ...townships.flatMap(townshipLines),
    ...places.divisions.filter((d) => d.children.length === 0).map(committeeLine),
    ...police.map(policeLine),
    ...propertyLines(places),
  ];
  return lines.map(({ kind, unit, post, layer, place, role, basis, from, to, knownFrom }) => ({
    unit,
    post: postCode(unit, post ?? 'desk'),
    kind,
    layer: layer ?? 'division',
    place,
    role: role ?? 'lead',
    basis,
    from: from ?? '',
    to: to ?? '',
    knownFrom: knownFrom ?? '',
  }));
}

function cityLines(place: string): Line[] {
  return [
    { kind: 'water.supply', unit: '990000-GS', post: 'dutyPost', place, basis: '《城市供水条例》' },
    { kind: 'water.supply', unit: '990000-SW', place, role: 'co', basis: `${LIST}·水务` },
    { kind: 'power.outage', unit: '990000-GD', post: 'dutyPost', place, basis: '《电力供应与使用条例》' },
    { kind: 'gas.smell', unit: '990000-RQ', post: 'dutyPost', place, basis: '《城镇燃气管理条例》' },
    { kind: 'gas.smell', unit: '990000-YJ', post: 'dutyPost', place, role: 'co', basis: `${LIST}·应急管理` },
    { kind: 'illegal.parking', unit: '990000-JJ', post: 'dutyPost', place, basis: '《道路交通安全法》' },
    { kind: 'road.damage', unit: '990000-JT', place, role: 'co', basis: `${LIST}·交通运输` },
    { kind: 'noise.night', unit: '990000-HB', place, role: 'co', basis: '《噪声污染防治法》' },
    { kind: 'other.inquiry', unit: HOTLINE, post: 'seat', place, basis: `${LIST}·政务服务热线` },
    { kind: 'data.have', unit: HOTLINE, post: 'dataSteward', place, basis: `${LIST}·数据管理` },
  ];
}

/** Lamps changed hands: in the second district the city's office took over on 1 July 2025, which the list said two weeks earlier. */
function lampLines(): Line[] {
  const basis = `${LIST}·城市照明`;
  const handover = { from: '2025-07-01', knownFrom: '2025-06-16' };
  return [
    { kind: 'lamp.fault', unit: LAMP_OFFICE, post: 'desk', place: '990101', basis },
    {
      kind: 'lamp.fault',
      unit: '990102-CG',
      place: '990102',
      basis: '青溪市部门职责清单（2022年版）·城市照明',
      to: '2025-07-01',
    },
    { kind: 'lamp.fault', unit: LAMP_OFFICE, place: '990102', basis, ...handover },
    { kind: 'lamp.fault', unit: '990121-ZJ', place: '990121', basis: '松隐县部门职责清单·城市照明' },
  ];
}

function countyLines(county: Division): Line[] {
  const { code: place } = county;
  const unit = (letters: string): string => `${place}-${letters}`;
  return [
    { kind: 'road.damage', unit: unit('CG'), place, basis: '《城市道路管理条例》' },
    { kind: 'road.damage', unit: unit('SZ'), post: 'dutyPost', place, role: 'co', basis: '市政设施养护合同' },
    { kind: 'waste.dump', unit: unit('HW'), place, role: 'co', basis: '环卫作业服务合同' },
    { kind: 'property.lift', unit: unit('SC'), place, basis: '《特种设备安全法》' },
    { kind: 'property.lift', unit: unit('ZJ'), place, role: 'co', basis: '《物业管理条例》' },
    {
      kind: 'property.lift',
      unit: unit('DT'),
      post: 'dutyPost',
      place,
      role: 'co',
      basis: '电梯维护保养合同',
    },
    { kind: 'illegal.parking', unit: unit('CG'), place, role: 'co', basis: `${LIST}·综合行政执法` },
    {
      kind: 'noise.night',
      unit: unit('GA'),
      post: 'dutyPost',
      place,
      role: 'fallback',
      basis: '《治安管理处罚法》',
    },
    { kind: 'wages.unpaid', unit: unit('RS'), place, basis: '《保障农民工工资支付条例》' },
    { kind: 'wages.unpaid', unit: unit('ZJ'), place, role: 'co', basis: `${LIST}·住房城乡建设` },
  ];
}

function townshipLines(township: Division): Line[] {
  const unit = officeOf(township);
  const { code: place } = township;
  return [
    { kind: 'waste.dump', unit, place, basis: '《固体废物污染环境防治法》' },
    { kind: 'property.lift', unit, place, role: 'co', basis: '《物业管理条例》' },
    {
      kind: '*',
      unit,
      post: 'dispatcher',
      place,
      role: 'fallback',
      basis: '青溪市接诉即办工作办法（属地兜底）',
    },
  ];
}

function committeeLine(community: Division): Line {
  const law = community.level === 'community' ? '《城市居民委员会组织法》' : '《村民委员会组织法》';
  return { kind: 'community.affairs', unit: committeeOf(community), place: community.code, basis: law };
}

/** Night noise is the station's whose area it is in; between the areas the county's police answer. */
function policeLine(area: PoliceArea): Line {
  return {
    kind: 'noise.night',
    unit: area.station,
    post: 'dutyPost',
    layer: 'police',
    place: area.code,
    basis: '《噪声污染防治法》',
  };
}

/** The firm that keeps the estates of a grid. */
export function firmOf(gridId: number): string {
  return PROPERTY_FIRMS[gridId % PROPERTY_FIRMS.length]!.code;
}

function propertyLines(places: Places): Line[] {
  return places.grids
    .filter((grid) => grid.estates.length > 0)
    .map((grid) => ({
      kind: 'property.lift',
      unit: firmOf(grid.id),
      layer: 'grid',
      place: grid.code,
      role: 'co',
      basis: '物业服务合同',
    }));
}
