import type { Instant } from '@gezhi/basis';
import { type Calendar, calendarOf, changeCalendar } from '@gezhi/clock';
import type { KindSource, Pack } from '@gezhi/scene';
import type { RegistryRow } from '@gezhi/storage';

/** A day that the town lives otherwise than its calendar says (壮族三月三, a Saturday that is worked), and by what order. */
export type CalendarDay = {
  /** `2027-04-02`. */
  readonly day: string;
  readonly kind: 'holiday' | 'workday';
  readonly name: { readonly zh: string; readonly en: string };
  readonly basis: string;
};

/** A kind as the town itself words it: what stands here holds, all else is the scene's. */
export type KindRecord = Partial<Omit<KindSource, 'code'>> & Pick<KindSource, 'code' | 'name'>;

/**
 * The calendar as it was known at a moment: a day changed today moves no clock that runs already, so that no promise moves.
 *
 * @param rows the registry in the order of the database
 */
export function calendarKnownAt(
  id: string,
  zone: string,
  rows: readonly RegistryRow[],
): (at: Instant) => Calendar {
  const plain = calendarOf(id, zone);
  const days = rows.filter(({ sort }) => sort === 'day').toSorted((a, b) => a.knownFrom - b.knownFrom);
  const steps = [...new Set(days.map(({ knownFrom }) => knownFrom))].map((from) => ({
    from,
    calendar: withDays(
      plain,
      days.filter((row) => row.knownFrom <= from),
      from,
    ),
  }));
  if (steps.length === 0) return () => plain;
  return (at) => steps.findLast(({ from }) => from <= at)?.calendar ?? plain;
}

function withDays(plain: Calendar, rows: readonly RegistryRow[], from: Instant): Calendar {
  const latest = new Map(rows.map(({ code, record }) => [code, record as CalendarDay | null]));
  const days = [...latest.values()].filter((day) => day !== null);
  if (days.length === 0) return plain;
  const of = (sort: CalendarDay['kind']): Record<string, CalendarDay['name']> =>
    Object.fromEntries(days.filter(({ kind }) => kind === sort).map(({ day, name }) => [day, name]));
  const version = `${new Date(from).toISOString().slice(0, 16)}Z`;
  return changeCalendar(plain, { version, holidays: of('holiday'), makeUpWorkdays: of('workday') });
}

/** A scene with its kinds as the town words them, and the town's own behind them; the same scene where the town says nothing. */
export function packWith(pack: Pack, packs: ReadonlyMap<string, Pack>, own: readonly KindRecord[]): Pack {
  if (own.length === 0) return pack;
  const said = new Map(own.map((kind) => [kind.code, kind]));
  const known = new Set([...packs.values()].flatMap(({ kinds }) => kinds.map(({ code }) => code)));
  return {
    ...pack,
    kinds: [
      ...pack.kinds.map((kind) => ({ ...kind, ...said.get(kind.code) })),
      ...own.filter(({ code }) => !known.has(code)).map((kind) => ({ ...PLAIN_KIND, ...kind })),
    ],
  };
}

const PLAIN_KIND = {
  words: [],
  requestKind: 'help',
  urgency: 'ordinary',
  public: false,
  traits: [],
} as const satisfies Omit<KindSource, 'code' | 'name'>;

/** The class of terms of a kind as it was known at a moment: what the town said, else what its scene says. */
export function urgencyKnownAt(
  rows: readonly RegistryRow[],
  packs: ReadonlyMap<string, Pack>,
): (kind: string, at: Instant) => string | undefined {
  const said = Map.groupBy(
    rows.filter(({ sort }) => sort === 'kind'),
    ({ code }) => code,
  );
  const scenes = new Map([...packs.values()].flatMap(({ kinds }) => kinds.map((k) => [k.code, k.urgency])));
  return (kind, at) => {
    const row = said.get(kind)?.findLast(({ knownFrom }) => knownFrom <= at);
    return (row?.record as KindRecord | null | undefined)?.urgency ?? scenes.get(kind);
  };
}
