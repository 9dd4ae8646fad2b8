import type { CaseId, Instant } from '@gezhi/basis';
import type { Process } from '@gezhi/cases';
import type { Calendar } from '@gezhi/clock';
import {
  buildRegistry,
  buildRoster,
  type Duty,
  dutyWeek,
  type Post,
  type Registry,
  type Roster,
  type RosterEntry,
  type Staffing,
  type Unit,
  weekMinuteIn,
} from '@gezhi/duty';
import {
  buildLineIndex,
  buildPlaceIndex,
  type Layer,
  type LineIndex,
  type LineSegment,
  type Place,
  type PlaceIndex,
} from '@gezhi/place';
import type { KindSource, Pack, PurposeSource } from '@gezhi/scene';
import type { Db, DistrictRow, RegistryRow, Sort } from '@gezhi/storage';
import type { Vault } from '@gezhi/vault';
import { type Keeping, purposesIn, townVault } from './contacts/town-vault.ts';
import { type EmergencyBook, emergencyBook } from './emergency/emergency-book.ts';
import { type NumberDesk, numberDesk } from './numbers.ts';
import { calendarKnownAt, type KindRecord, packWith, urgencyKnownAt } from './registry/known-at.ts';
import { type ListRecord, withLists } from './registry/own-lists.ts';
import { type RulingBook, rulingBook } from './rulings/ruling-book.ts';

/** What a district says of itself (`town.yaml`). */
export type TownProfile = {
  readonly district: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly zone: string;
  readonly calendar: string;
  readonly desk: number;
  readonly codes: 'cn' | 'free';
  readonly layers: readonly Layer[];
  /** Who is called back: every dispatched request (left out), or those drawn by a seed that was promised before. */
  readonly callbacks?: 'all' | 'sample' | undefined;
};

/** A thing with a place and people who answer for it. */
export type Asset = {
  readonly code: string;
  readonly kind: string;
  readonly name: string;
  readonly place?: string;
  readonly point?: { readonly lon: number; readonly lat: number };
  readonly owner?: string;
  readonly keeper?: string;
  readonly supervisor?: string;
};

/** A kind of matter; `traits` is empty where its scene says none, or no scene knows it. */
export type Kind = Pick<KindSource, 'code' | 'name' | 'traits'> & Partial<KindSource>;

/**
 * One district that runs: everything a decision needs, in memory, built from the registry's rows. Immutable but for the numbers;
 * an import makes a new one.
 */
export type Town = {
  readonly db: Db;
  readonly secret: Buffer;
  readonly district: string;
  readonly profile: TownProfile;
  readonly calendar: Calendar;
  /** The calendar as it was known then, for clocks that began then. */
  readonly calendarAt: (at: Instant) => Calendar;
  /** The class of terms of a kind as it was known then. */
  readonly urgencyAt: (kind: string, at: Instant) => string | undefined;
  readonly places: PlaceIndex;
  readonly lines: LineIndex;
  readonly duties: Registry;
  /** Who is on duty, by the roster of the day and the calendar. */
  readonly roster: Roster;
  readonly units: ReadonlyMap<string, Unit>;
  readonly posts: ReadonlyMap<string, Post>;
  readonly staff: readonly Staffing[];
  readonly assets: ReadonlyMap<string, Asset>;
  readonly kinds: ReadonlyMap<string, Kind>;
  /** The scene in which cases of this town are opened now, and the packs under which older ones go on. */
  readonly pack: Pack;
  readonly packs: ReadonlyMap<string, Pack>;
  /** The packs as they were installed, before the town worded a kind or wrote a power list for itself. */
  readonly installed: ReadonlyMap<string, Pack>;
  readonly numbers: NumberDesk;
  readonly rulings: RulingBook;
  /** The emergencies that were declared here: which rows of power lists hold hangs on them. */
  readonly emergencies: EmergencyBook;
  /** Who is behind the numbers, sealed; read through `readContact` alone. */
  readonly vault: Vault;
  readonly purposes: ReadonlyMap<string, PurposeSource>;
  readonly keeping: Keeping;
  readonly builtAt: Instant;
};

/** Builds the town of a district. @throws Fault of the place and duty rooms where its data do not hold together */
export function makeTown(
  db: Db,
  secret: Buffer,
  installed: ReadonlyMap<string, Pack>,
  row: DistrictRow,
  before: Town | undefined,
  keeping: Keeping,
  clock: () => Instant = Date.now,
): Town {
  const profile = row.town as TownProfile;
  const read = <T>(sort: Sort): readonly Timed<T>[] => timed<T>(row.registry, sort);
  const listed = withLists(installed, current(read<ListRecord>('policy')));
  const scene = listed.get('hotline') ?? [...listed.values()][0];
  if (!scene) throw new Error('an installation has at least one scene');
  const now = Date.now();
  const units = read<Unit>('unit');
  const posts = read<Post>('post');
  const staff = read<Staffing>('staff');
  const own = current(read<KindRecord>('kind')).map(({ knownFrom, ...kind }) => kind);
  const pack = packWith(scene, listed, own);
  const packs = pack === scene ? listed : new Map(listed).set(scene.scene.id, pack);
  const kinds = [pack, ...packs.values()].toReversed().flatMap((one) => one.kinds);
  const calendarAt = calendarKnownAt(profile.calendar, profile.zone, row.registry);
  const calendar = calendarAt(now);
  const weekMinute = weekMinuteIn(profile.zone);
  const duties = buildRegistry({
    layers: profile.layers,
    units,
    posts,
    duties: read<Duty>('duty'),
    staffings: staff,
    weekMinute,
  });
  const purposes = purposesIn([pack, ...packs.values()]);
  const postsNow = byCode(current(posts));
  const week = dutyWeek(weekMinute, (at) => calendar.isWorkday(calendar.zone.dayOf(at)));
  return {
    db,
    secret,
    district: row.district,
    profile,
    calendar,
    calendarAt,
    urgencyAt: urgencyKnownAt(row.registry, installed),
    places: buildPlaceIndex(profile.layers, current(read<Place>('place')), { at: now }),
    lines: buildLineIndex(current(read<LineSegment>('line'))),
    duties,
    roster: buildRoster({ ...duties, weekMinute: week }, read<RosterEntry>('roster')),
    units: byCode(current(units)),
    posts: postsNow,
    staff: current(staff),
    assets: byCode(current(read<Asset>('asset'))),
    kinds: byCode(kinds),
    pack,
    packs,
    installed,
    numbers: before?.numbers ?? numberDesk(db, row.district, profile.desk),
    rulings: before?.rulings ?? rulingBook(db, row.district),
    emergencies: before?.emergencies ?? emergencyBook(db, row.district, clock),
    vault: townVault(keeping, [...purposes.values()], (post) => postsNow.get(post)?.unit),
    purposes,
    keeping,
    builtAt: now,
  };
}

type Timed<T> = T & { readonly knownFrom: Instant; readonly knownTo?: Instant };

/** Records of a sort with the time in which each was known; gone ones end the time of the one before and are left out. */
function timed<T>(rows: readonly RegistryRow[], sort: Sort): readonly Timed<T>[] {
  const own = rows.filter((row) => row.sort === sort);
  return own.flatMap((row, i) => {
    const next = own[i + 1];
    const knownTo = next?.code === row.code ? next.knownFrom : undefined;
    if (row.record === null) return [];
    return [
      { ...(row.record as T), knownFrom: row.knownFrom, ...(knownTo === undefined ? {} : { knownTo }) },
    ];
  });
}

function current<T extends { readonly knownTo?: Instant }>(records: readonly T[]): readonly T[] {
  return records.filter((record) => record.knownTo === undefined);
}

function byCode<T extends { readonly code: string }>(records: readonly T[]): ReadonlyMap<string, T> {
  return new Map(records.map((record) => [record.code, record]));
}

/** The process that a case runs under, by the scene and version it was opened with. */
export function processOf(town: Town, c: { readonly scene: string; readonly caseId: CaseId }): Process {
  const pack = town.packs.get(c.scene);
  if (!pack) throw new Error(`case ${c.caseId} belongs to the scene "${c.scene}", which is not installed`);
  return pack.process;
}

/** The scene that a kind belongs to, and under which a case of it is opened: the town's main scene for kinds that none names. */
export function packOfKind(town: Town, kind: string): Pack {
  if (town.pack.kinds.some(({ code }) => code === kind)) return town.pack;
  return [...town.packs.values()].find((pack) => pack.kinds.some(({ code }) => code === kind)) ?? town.pack;
}
