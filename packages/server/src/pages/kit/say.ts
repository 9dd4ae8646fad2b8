import { DAY, HOUR, type Instant, MINUTE } from '@gezhi/basis';
import { clockLabel, type Process } from '@gezhi/cases';
import { sayMoment } from '@gezhi/clock';
import type { PlaceIndex } from '@gezhi/place';
import type { Town } from '@gezhi/town';
import type { Words } from '../words/words.ts';
import type { Visit } from './visit.ts';

/** How long, in the two greatest units: “2 天 3 小时”, “2 days 3 hours”; at least a minute. */
export function sayLength(ms: number, w: Words): string {
  const { days, hours, minutes, gap } = w.time;
  const whole = Math.max(ms, MINUTE);
  const [d, h, m] = [
    Math.floor(whole / DAY),
    Math.floor((whole % DAY) / HOUR),
    Math.floor((whole % HOUR) / MINUTE),
  ];
  const parts =
    d > 0 ? [days(d), h > 0 && d < 10 && hours(h)] : h > 0 ? [hours(h), m > 0 && minutes(m)] : [minutes(m)];
  return parts.filter((part) => part !== false).join(gap || ' ');
}

/** “还剩 2 天”, “已超期 3 小时”. */
export function sayRemaining(dueAt: Instant, { now, w }: Visit): string {
  return dueAt > now ? w.time.left(sayLength(dueAt - now, w)) : w.time.over(sayLength(now - dueAt, w));
}

/** How long ago, in the greatest unit only. */
export function sayAge(at: Instant, { now, w }: Visit): string {
  const age = now - at;
  if (age < MINUTE) return w.time.justNow;
  const unit = [DAY, HOUR, MINUTE].find((length) => age >= length) ?? MINUTE;
  return w.time.ago(sayLength(age - (age % unit), w));
}

export function momentOf(at: Instant, { town, lang }: Visit): string {
  return sayMoment(at, town.profile.zone, lang);
}

export function kindName(code: string, { town, lang, w }: Visit): string {
  if (code === 'unknown') return w.kindUnknown;
  return town.kinds.get(code)?.name[lang] ?? code;
}

export function unitName(code: string | null | undefined, { town, w }: Visit): string {
  return code ? (town.units.get(code)?.name ?? code) : w.nobody;
}

/** The name of a place with that of the place above it, “望溪街道秋实社区”. Codes are looked for in every layer. */
export function placeName(code: string, { town, w }: Visit): string {
  if (code === 'unknown') return w.placeUnknown;
  return namesOf(town).full.get(code) ?? code;
}

/** The same for everybody's eyes: no nearer than a place of the division tree, as a community, never a service grid or cell. */
export function publicPlaceName(code: string, { town, w }: Visit): string {
  return namesOf(town).public.get(code) ?? w.placeUnknown;
}

type Names = { readonly full: ReadonlyMap<string, string>; readonly public: ReadonlyMap<string, string> };

const NAMES = new WeakMap<PlaceIndex, Names>();

function namesOf(town: Town): Names {
  let names = NAMES.get(town.places);
  if (!names) {
    names = nameAll(town);
    NAMES.set(town.places, names);
  }
  return names;
}

/** The first layer that a town lists is its division tree; the others lie within it or beside it. */
function nameAll({ places: { places }, profile }: Town): Names {
  const division = profile.layers[0]?.code;
  const byCode = new Map(places.map((place) => [place.code, place]));
  const full = new Map<string, string>();
  for (const { code, name, parent } of places) {
    const above = parent === undefined ? undefined : byCode.get(parent)?.name;
    full.set(code, above && !name.startsWith(above) ? `${above}${name}` : name);
  }
  const known = new Map<string, string>();
  for (const place of places) {
    const near = place.layer === division ? place : byCode.get(place.parent ?? '');
    if (near && near.layer === division) known.set(place.code, full.get(near.code) ?? near.name);
  }
  return { full, public: known };
}

/** What people call a clock of a process; of a task's clock (`sign/pipes-1`) the task is left to who shows it. */
export function clockName({ lang }: Visit, process: Process, clock: string): string {
  return clockLabel(process, clock)[lang];
}
