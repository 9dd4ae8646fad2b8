import { DAY, HOUR, type Instant } from '@gezhi/basis';
import { confirmedPlaces, headOf, learnedNames, writeLearnedNames } from '@gezhi/storage';
import { type LearnedName, maskText } from '@gezhi/text';
import { adoptNames, learnedNamesOf, placeId, secretKinds, type Town, unknownNamesIn } from '@gezhi/town';

/** So many of the newest facts are looked through. */
const FACTS_MAX = 1_000_000;
const CASES_MAX = 20_000;
/** A name that fewer cases brought is nobody's yet: it may be one family's word for their own house. */
const CASES_MIN = 3;

/**
 * Collects what people call places: of each case whose place a person set, the one name in its words that the town does not know means that place.
 * Counts only, of at least three cases, and nothing that would be masked. Answers how many names are known then.
 */
export async function learnTownNames(town: Town): Promise<number> {
  const { pool } = town.db;
  const head = await headOf(pool, town.district);
  // What was learned before is no unknown name any more, and must be counted again to stay.
  adoptNames(town, []);
  const rows = await confirmedPlaces(pool, town.district, head - FACTS_MAX, secretKinds(town), CASES_MAX);
  const counts = new Map<string, LearnedName>();
  for (const { said, layer, code } of rows) {
    const names = [...new Set(unknownNamesIn(town, said))];
    const [name] = names;
    if (name === undefined || names.length > 1 || maskText(name).masked !== name) continue;
    const place = placeId(layer, code);
    const key = `${name}\n${place}`;
    counts.set(key, { name, place, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  const names = withLonger([...counts.values()]).filter(({ count }) => count >= CASES_MIN);
  await writeLearnedNames(pool, town.district, names);
  adoptNames(town, names);
  return names.length;
}

/** Where an unknown name begins is a guess: 昨晚幸福小区 speaks for 幸福小区 too, where both mean the same place. */
function withLonger(names: readonly LearnedName[]): readonly LearnedName[] {
  const byPlace = Map.groupBy(names, ({ place }) => place);
  return names.map((one) => {
    const longer = byPlace.get(one.place)!.filter(({ name }) => name.endsWith(one.name));
    return { ...one, count: longer.reduce((sum, { count }) => sum + count, 0) };
  });
}

/** Takes up the names that were collected before, where this process knows none. */
export async function takeUpNames(town: Town): Promise<void> {
  if (learnedNamesOf(town).length > 0) return;
  const names = await learnedNames(town.db.pool, town.district);
  if (names.length > 0) adoptNames(town, names);
}

const LAST = new WeakMap<Town['db']['pool'], Map<string, number>>();
const NIGHT_FROM = 2;
const NIGHT_TO = 5;

/** Takes up what was learned, and learns anew once in each night of the town. */
export async function learnNamesAtNight(town: Town, now: Instant): Promise<void> {
  await takeUpNames(town);
  const { zone } = town.calendar;
  const hour = ((now + zone.offsetAt(now)) % DAY) / HOUR;
  const days = LAST.get(town.db.pool) ?? new Map<string, number>();
  LAST.set(town.db.pool, days);
  const day = zone.dayOf(now);
  if (hour < NIGHT_FROM || hour >= NIGHT_TO || days.get(town.district) === day) return;
  await learnTownNames(town);
  days.set(town.district, day);
}
