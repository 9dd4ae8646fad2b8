import { DAY, HOUR, type Instant, MINUTE } from '@gezhi/basis';
import { sayMoment } from '@gezhi/clock';
import type { PlaceIndex } from '@gezhi/place';
import type { Town } from '@gezhi/town';
import type { Visit } from './visit.ts';
import type { Words } from './words/words.ts';

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

export function sayAge(at: Instant, { now, w }: Visit): string {
  return now - at < MINUTE ? w.time.justNow : w.time.ago(sayLength(now - at, w));
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

/** The name of a place with those above it up to the street: “望溪街道秋实社区”. Codes are looked for in every layer. */
export function placeName(code: string, { town, w }: Visit): string {
  if (code === 'unknown') return w.placeUnknown;
  return namesOf(town).get(code) ?? code;
}

const NAMES = new WeakMap<PlaceIndex, ReadonlyMap<string, string>>();

function namesOf(town: Town): ReadonlyMap<string, string> {
  let names = NAMES.get(town.places);
  if (!names) {
    names = nameAll(town);
    NAMES.set(town.places, names);
  }
  return names;
}

/** Two levels are enough to know where one is; a grid or cell says its community and its own name. */
function nameAll(town: Town): ReadonlyMap<string, string> {
  const plain = new Map(town.places.places.map((place) => [place.code, place.name]));
  const named = new Map<string, string>();
  for (const { code, name, parent } of town.places.places) {
    const above = parent === undefined ? undefined : plain.get(parent);
    named.set(code, above && !name.startsWith(above) ? `${above}${name}` : name);
  }
  return named;
}
