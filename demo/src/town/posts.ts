import { createRandom, type Random } from '../random.ts';
import type { Row } from './csv.ts';
import type { Segment } from './lines.ts';
import { above, type Places } from './places.ts';
import { officeOf, type Unit } from './units.ts';
import { GIVEN_NAMES, SURNAMES } from './words.ts';

export type PostKind =
  | 'gridWorker'
  | 'gridLead'
  | 'desk'
  | 'head'
  | 'dispatcher'
  | 'seat'
  | 'checker'
  | 'lineChief'
  | 'dutyPost'
  | 'dataSteward';
export type Post = {
  readonly code: string;
  readonly unit: string;
  readonly kind: PostKind;
  readonly name: string;
  readonly place: string;
  readonly deputyOf?: string;
  /** Who sits on it at the same time or in turn: one shift each. */
  readonly shifts: readonly string[];
};

const OFFICE = 'mon-fri 08:30-12:00;mon-fri 13:30-17:30';
const FIELD = 'mon-fri 08:00-17:30;sat 08:30-12:00';
const ROUND_THE_CLOCK = ['mon-sun 08:00-16:00', 'mon-sun 16:00-00:00', 'mon-sun 00:00-08:00'];

export function postCode(unit: string, kind: PostKind, serial = 1): string {
  return `${unit}-${kind}${serial}`;
}

/** All posts: those of each unit by its kind, a worker for each grid, a chief for each line segment. */
export function makePosts(places: Places, units: readonly Unit[], segments: readonly Segment[]): Post[] {
  return [
    ...units.flatMap((unit) => postsOf(unit)),
    ...places.grids.map((grid): Post => {
      const unit = officeOf(above(grid.community, 'street', 'town', 'township'));
      const serial = Number(grid.code.slice(9));
      return {
        code: postCode(unit, 'gridWorker', serial),
        unit,
        kind: 'gridWorker',
        place: grid.code,
        name: `${grid.name}网格员`,
        shifts: [FIELD],
      };
    }),
    ...segments.map((segment): Post => {
      const unit = officeOf(segment.township);
      return {
        code: `${unit}-${segment.code}`,
        unit,
        kind: 'lineChief',
        place: segment.township.code,
        name: `${segment.name}${segment.kind === 'river' ? '河长' : '路长'}`,
        shifts: [''],
      };
    }),
    ...units.filter(({ kind }) => kind === 'hotline').map(stewardOf),
  ];
}

/** Last of all, so that the staff numbers of the others stay. */
function stewardOf({ code, name, place }: Unit): Post {
  const kind = 'dataSteward' as const;
  return {
    code: postCode(code, kind),
    unit: code,
    kind,
    place: place.code,
    name: `${name}${NAMES[kind]}`,
    shifts: [OFFICE],
  };
}

const NAMES: Readonly<Record<PostKind, string>> = {
  gridWorker: '网格员',
  gridLead: '网格长',
  desk: '承办岗',
  head: '负责人',
  dispatcher: '派单岗',
  seat: '话务席',
  checker: '核查员',
  lineChief: '线长',
  dutyPost: '值班岗',
  dataSteward: '数据管理岗',
};

function postsOf(unit: Unit): Post[] {
  const post = (kind: PostKind, shifts: readonly string[], serial = 1, deputyOf?: string): Post => ({
    code: postCode(unit.code, kind, serial),
    unit: unit.code,
    kind,
    place: unit.place.code,
    deputyOf,
    shifts,
    name: `${unit.name}${NAMES[kind]}${deputyOf ? '（副）' : serial > 1 ? String(serial) : ''}`,
  });
  const withDeputy = (kind: PostKind, shifts: readonly string[]): Post[] => [
    post(kind, shifts),
    post(kind, shifts, 2, postCode(unit.code, kind)),
  ];
  const always = post('dutyPost', ROUND_THE_CLOCK);
  const office = [post('head', [OFFICE]), ...withDeputy('desk', [OFFICE])];
  switch (unit.kind) {
    case 'hotline':
      return [
        post('head', [OFFICE]),
        ...Array.from({ length: 6 }, (_, i) => post('seat', ROUND_THE_CLOCK, i + 1)),
        ...withDeputy('dispatcher', ROUND_THE_CLOCK),
        ...Array.from({ length: 4 }, (_, i) => post('checker', [OFFICE], i + 1)),
      ];
    case 'centre':
      return [post('head', [OFFICE]), ...withDeputy('dispatcher', ROUND_THE_CLOCK), post('checker', [FIELD])];
    case 'street':
    case 'town':
    case 'township':
      return [...office, ...withDeputy('dispatcher', [FIELD]), post('checker', [FIELD]), always];
    case 'residentsCommittee':
    case 'villagersCommittee':
      return [...withDeputy('gridLead', [FIELD]), post('desk', [FIELD])];
    case 'utility':
    case 'police':
      return [...office, always];
    case 'department':
    case 'government':
    case 'civilAffairs':
    case 'emergency':
      return [...office, always];
    case 'propertyFirm':
    case 'contractor':
      return [post('head', [OFFICE]), post('desk', [FIELD]), always];
  }
}

export const POST_COLUMNS = ['code', 'unit', 'kind', 'name', 'place', 'deputyOf'];
export const STAFF_COLUMNS = ['person', 'name', 'post', 'from', 'to', 'shift'];

export function postRows(posts: readonly Post[]): Row[] {
  return posts.map(({ code, unit, kind, name, place, deputyOf }) => ({
    code,
    unit,
    kind,
    name,
    place,
    deputyOf: deputyOf ?? '',
  }));
}

/** One person for each shift of each post; about one grid worker in twelve took over from another. */
export function staffRows(posts: readonly Post[], seed: number): Row[] {
  const random = createRandom(`${seed}/staff`);
  let number = 0;
  const person = (): Row => ({ person: `Q${String(++number).padStart(5, '0')}`, name: personName(random) });
  return posts.flatMap((post) =>
    post.shifts.flatMap((shift) => {
      const change = post.kind === 'gridWorker' && random.chance(0.08) ? `2025-${monthOf(random)}-01` : '';
      const now = { ...person(), post: post.code, from: change, shift };
      return change ? [{ ...person(), post: post.code, to: change, shift }, now] : [now];
    }),
  );
}

function monthOf(random: Random): string {
  return String(2 + random.int(10)).padStart(2, '0');
}

export function personName(random: Random): string {
  return `${SURNAMES[random.int(SURNAMES.length)]!}${random.pick(GIVEN_NAMES)}`;
}
