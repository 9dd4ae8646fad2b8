/** The words of the page of a town's catalogue: what can be asked for, in which parts of the town, by which address. */
const zh = {
  title: '事项目录与辖区',
  lead: '这里受理哪些事、有哪些辖区、别的系统怎么接。',
  kinds: '事项',
  kind: '事项',
  code: '编码',
  seen: '公开',
  isPublic: '公共空间的事，可公开',
  isPrivate: '不公开',
  places: '辖区',
  layer: (name: string, n: string) => `${name}（${n} 个）`,
  noPlaces: '还没有登记辖区。',
  address: '接入',
  open311: 'Open311 GeoReport v2 地址',
  services: '同一份目录（JSON）',
};

const en: typeof zh = {
  title: 'Catalogue and areas',
  lead: 'What can be reported here, which areas there are, and how other systems connect.',
  kinds: 'Kinds',
  kind: 'Kind',
  code: 'Code',
  seen: 'Public',
  isPublic: 'in public space, may be shown',
  isPrivate: 'not shown',
  places: 'Areas',
  layer: (name, n) => `${name} (${n})`,
  noPlaces: 'No area is registered yet.',
  address: 'Connect',
  open311: 'Open311 GeoReport v2 address',
  services: 'The same catalogue (JSON)',
};

export const CATALOGUE_WORDS = { zh, en } as const;
