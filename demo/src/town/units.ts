import type { Row } from './csv.ts';
import type { Division, Places } from './places.ts';

export type UnitKind =
  | 'department'
  | 'street'
  | 'town'
  | 'township'
  | 'residentsCommittee'
  | 'villagersCommittee'
  | 'utility'
  | 'propertyFirm'
  | 'contractor'
  | 'hotline'
  | 'centre'
  | 'police'
  | 'government'
  | 'civilAffairs'
  | 'emergency';
export type Unit = {
  readonly code: string;
  readonly name: string;
  readonly kind: UnitKind;
  readonly level: 'city' | 'district' | 'street' | 'community';
  readonly parent?: string;
  readonly place: Division;
};

export const HOTLINE = '990000-RX';
export const LAMP_OFFICE = '990000-LD';

const CITY_DEPARTMENTS: Readonly<Record<string, string>> = {
  CG: '城市管理局',
  ZJ: '住房和城乡建设局',
  GA: '公安局',
  JT: '交通运输局',
  SW: '水务局',
  HB: '生态环境局',
  SC: '市场监督管理局',
  RS: '人力资源和社会保障局',
  MZ: '民政局',
  WJ: '卫生健康委员会',
  JY: '教育局',
  YJ: '应急管理局',
};
/** What departments are that bear a kind of their own. */
const KIND_OF: Readonly<Record<string, UnitKind>> = { MZ: 'civilAffairs', YJ: 'emergency' };
const COUNTY_DEPARTMENTS = ['CG', 'ZJ', 'GA', 'SW', 'SC', 'RS', 'MZ', 'YJ'] as const;
const UTILITIES: Readonly<Record<string, string>> = {
  GS: '青溪供水有限公司',
  GD: '青溪供电公司',
  RQ: '青溪燃气有限公司',
  GR: '青溪热力有限公司',
  TX: '青溪通信公司',
};
const CONTRACTORS: Readonly<Record<string, string>> = {
  HW: '环卫服务公司',
  SZ: '市政养护公司',
  DT: '电梯维保公司',
};
export const PROPERTY_FIRMS = [
  '和邻',
  '安家',
  '绿篱',
  '守望',
  '晴窗',
  '半亩',
  '檐下',
  '四邻',
  '清巷',
  '灯火',
  '归燕',
  '满庭',
].map((name, i) => ({ code: `990000-WY${String(i + 1).padStart(2, '0')}`, name: `${name}物业服务公司` }));

/** Every unit, parents before children. Codes: place, then two letters for the trade. */
export function makeUnits(places: Places): Unit[] {
  const { city } = places;
  const hall = '990000-ZF';
  const cityUnit = (letters: string, name: string, kind: UnitKind): Unit => ({
    code: `${city.code}-${letters}`,
    name,
    kind,
    level: 'city',
    parent: letters === 'ZF' ? undefined : hall,
    place: city,
  });
  return [
    cityUnit('ZF', `${city.name}人民政府办公室`, 'government'),
    cityUnit('RX', `${city.name}12345政务服务便民热线中心`, 'hotline'),
    cityUnit('SJ', `${city.name}事件中心`, 'centre'),
    ...Object.entries(CITY_DEPARTMENTS).map(([letters, name]) =>
      cityUnit(letters, `${city.name}${name}`, KIND_OF[letters] ?? 'department'),
    ),
    cityUnit('JJ', `${city.name}公安局交通警察支队`, 'police'),
    { ...cityUnit('LD', `${city.name}路灯管理所`, 'department'), parent: '990000-CG' },
    ...Object.entries(UTILITIES).map(([letters, name]) => cityUnit(letters, name, 'utility')),
    ...PROPERTY_FIRMS.map((firm) => cityUnit(firm.code.slice(7), firm.name, 'propertyFirm')),
    ...city.children.flatMap(countyUnits),
    ...city.children.map(countyGovernment),
  ];
}

/** Who declares an emergency in a county or district. */
function countyGovernment(county: Division): Unit {
  return {
    code: `${county.code}-ZF`,
    name: `${county.name}人民政府办公室`,
    kind: 'government',
    level: 'district',
    parent: '990000-ZF',
    place: county,
  };
}

function countyUnits(county: Division): Unit[] {
  const centre = `${county.code}-ZX`;
  const unit = (letters: string, name: string, kind: UnitKind, parent: string): Unit => ({
    code: `${county.code}-${letters}`,
    name: `${county.name}${name}`,
    kind,
    level: 'district',
    parent,
    place: county,
  });
  return [
    unit('ZX', '社会治理中心', 'centre', '990000-SJ'),
    ...COUNTY_DEPARTMENTS.map((letters) =>
      letters === 'GA'
        ? unit('GA', county.level === 'county' ? '公安局' : '公安分局', 'police', '990000-GA')
        : unit(letters, CITY_DEPARTMENTS[letters]!, KIND_OF[letters] ?? 'department', `990000-${letters}`),
    ),
    ...Object.entries(CONTRACTORS).map(([letters, name]) =>
      unit(letters, name, 'contractor', `${county.code}-CG`),
    ),
    ...county.children.flatMap((township) => townshipUnits(township, centre)),
  ];
}

function townshipUnits(township: Division, parent: string): Unit[] {
  const kind = township.level as 'street' | 'town' | 'township';
  const name = kind === 'street' ? `${township.name}办事处` : `${township.name}人民政府`;
  const code = officeOf(township);
  return [
    { code, name, kind, level: 'street', parent, place: township },
    {
      code: `${township.code.slice(0, 9)}-PC`,
      name: `${township.short}派出所`,
      kind: 'police',
      level: 'street',
      parent: `${township.code.slice(0, 6)}-GA`,
      place: township,
    },
    ...township.children.map((community): Unit => {
      const urban = community.level === 'community';
      return {
        code: committeeOf(community),
        name: urban ? `${community.name}居民委员会` : `${community.name}村民委员会`,
        kind: urban ? 'residentsCommittee' : 'villagersCommittee',
        level: 'community',
        parent: code,
        place: community,
      };
    }),
  ];
}

export function officeOf(township: Division): string {
  return `${township.code.slice(0, 9)}-JD`;
}

export function committeeOf(community: Division): string {
  return `${community.code}-JW`;
}

export const UNIT_COLUMNS = ['code', 'name', 'kind', 'level', 'parent', 'place', 'phone', 'servicePhone'];

/** Numbers begin with 000-, which no exchange has. */
export function unitRows(units: readonly Unit[]): Row[] {
  return units.map((unit, i) => ({
    code: unit.code,
    name: unit.name,
    kind: unit.kind,
    level: unit.level,
    parent: unit.parent ?? '',
    place: unit.place.code,
    phone: `000-8800${String(i).padStart(4, '0')}`,
    servicePhone: unit.kind === 'hotline' ? '12345' : servicePhone(unit, i),
  }));
}

function servicePhone(unit: Unit, i: number): string {
  return unit.kind === 'utility' || unit.kind === 'propertyFirm'
    ? `000-9900${String(i).padStart(4, '0')}`
    : '';
}
