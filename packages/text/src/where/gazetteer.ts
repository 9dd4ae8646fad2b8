import { foldPlace } from './fold-place.ts';
import { buildMatcher, type WordMatcher } from './match-words.ts';

/** What sort of thing a name names. */
export type PlaceSort = 'division' | 'road' | 'estate' | 'landmark' | 'asset' | 'area';

/** A place with the names by which people say it. `id` is unique; `parent` is the id of the place it lies in. */
export type GazetteerPlace = {
  readonly id: string;
  readonly sort: PlaceSort;
  readonly name: string;
  readonly parent?: string;
  readonly aliases?: readonly string[];
};

/** A name that confirmed cases taught: so many of them said it and meant this place. */
export type LearnedName = { readonly name: string; readonly place: string; readonly count: number };

/** `short`: the name without its last word (青溪 for 青溪街道), which is a common word at times. */
export type GazetteerEntry = {
  readonly place: GazetteerPlace;
  readonly short: boolean;
  readonly inner: boolean;
  readonly learned: number;
};

type Layer = { readonly matcher: WordMatcher; readonly entries: readonly (readonly GazetteerEntry[])[] };

/** Names to look for; immutable. `layers`: what was built, and what was learned since. */
export type Gazetteer = {
  readonly places: ReadonlyMap<string, GazetteerPlace>;
  readonly layers: readonly Layer[];
  readonly learned: readonly LearnedName[];
};

/**
 * Builds a gazetteer of places and all the ways to say them. Costs one step a character of every name; fifty thousand names take
 * a second or two and some tens of megabytes. Names of one character name nothing.
 */
export function buildGazetteer(
  places: readonly GazetteerPlace[],
  learned: readonly LearnedName[] = [],
): Gazetteer {
  const byId = new Map(places.map((place) => [place.id, place]));
  const names = places.flatMap((place) => [
    ...[...waysToSay(place)].map(([name, short]) => ({ name, place, short, inner: false, learned: 0 })),
    ...(place.aliases ?? []).map((name) => ({
      name,
      place,
      short: false,
      inner: name !== place.name,
      learned: 0,
    })),
  ]);
  return learnNames({ places: byId, layers: [layerOf(names)], learned: [] }, learned);
}

/** The gazetteer with further names from confirmed cases; counts of the same name and place add up. Costs only what was learned. */
export function learnNames(gazetteer: Gazetteer, further: readonly LearnedName[]): Gazetteer {
  const counts = new Map<string, LearnedName>();
  for (const one of [...gazetteer.learned, ...further]) {
    if (!gazetteer.places.has(one.place)) continue;
    const key = JSON.stringify([one.name, one.place]);
    counts.set(key, { ...one, count: one.count + (counts.get(key)?.count ?? 0) });
  }
  const learned = [...counts.values()];
  const base = gazetteer.layers[0]!;
  if (learned.length === 0) return { ...gazetteer, layers: [base], learned };
  const names = learned.map(({ name, place, count }) => ({
    name,
    place: gazetteer.places.get(place)!,
    short: false,
    inner: true,
    learned: count,
  }));
  return { ...gazetteer, layers: [base, layerOf(names)], learned };
}

function layerOf(names: readonly (GazetteerEntry & { readonly name: string })[]): Layer {
  const lists = new Map<string, GazetteerEntry[]>();
  for (const { name, ...entry } of names) {
    const { plain } = foldPlace(name);
    if (plain.length < 2 || plain.length > NAME_MAX) continue;
    const list = lists.get(plain);
    if (!list) lists.set(plain, [entry]);
    else if (!list.some(({ place }) => place === entry.place)) list.push(entry);
  }
  return { matcher: buildMatcher([...lists.keys()]), entries: [...lists.values()] };
}

const NAME_MAX = 40;

/** 桑园村村民委员会, 桑园村委会, 桑园村, 桑园: a committee's name means its area, and people leave the last word out. */
function waysToSay({ sort, name }: GazetteerPlace): ReadonlyMap<string, boolean> {
  const ways = new Map([[name, sort === 'division' && isCommon(name)]]);
  if (sort !== 'division') return ways;
  const area = name
    .replace(/村(村民委员会|村委会|委会)$/, '村')
    .replace(/社区(居民委员会|居委会)$/, '社区')
    .replace(/街道办事处$/, '街道');
  if (!ways.has(area)) ways.set(area, isCommon(area));
  const stem = area.replace(
    /(?:特别行政区|[\u4e00-\u9fff]{1,3}族自治[区州县旗乡]|自治[区州县旗]|地区|社区|街道|[省村镇乡县区市盟旗])$/,
    '',
  );
  if (stem.length >= 2 && stem !== area) ways.set(stem, true);
  return ways;
}

/** Two characters, or what many places have: a common word, which names a place only where something says so. */
function isCommon(name: string): boolean {
  return (name.length <= 2 && !/[^全该本各]县$/.test(name)) || GENERIC.test(name);
}

/** What so many places have that it names none by itself. */
export const GENERIC =
  /^(?:经济|高新|技术|工业|农业|科技)*(?:开发区|园区|工业园|工业区|科技园|良种场|原种场|农场|林场|牧场|渔场|种畜场|水泥路|火车站|汽车站)$/;
