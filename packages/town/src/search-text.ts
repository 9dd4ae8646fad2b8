import { parseRequestNumber } from '@gezhi/basis';
import { ancestors, findPlace } from '@gezhi/place';
import type { SearchRow, SearchSubject } from '@gezhi/storage';
import { searchTerms } from '@gezhi/text';
import type { Town } from './town.ts';

/**
 * The terms under which a case is found: the numbers that speak in it, its kind, place and unit by code and name (the places above it
 * too), and all that was said, the earliest first.
 */
export function searchRowOf(
  town: Town,
  { caseId, kind, place, unit, numbers, said }: SearchSubject,
): SearchRow {
  const terms = new Set(nameTerms(town, kind, place, unit));
  for (const number of numbers) for (const term of numberTerms(number)) terms.add(term);
  for (const term of searchTerms(said.join('\n'))) terms.add(term);
  return { caseId, terms: [...terms] };
}

/** A number of ours is one term: its beginnings would be the beginnings of ten thousand others. */
function numberTerms(number: string): readonly string[] {
  return parseRequestNumber(number) ? [number] : searchTerms(number);
}

const known = new WeakMap<Town, Map<string, readonly string[]>>();

/** How many combinations of kind, place and unit are kept for a town, which is more than most towns have. */
const COMBINATIONS_MAX = 50_000;

function nameTerms(town: Town, kind: string, place: string, unit: string | null): readonly string[] {
  let ofTown = known.get(town);
  if (!ofTown || ofTown.size > COMBINATIONS_MAX) {
    ofTown = new Map();
    known.set(town, ofTown);
  }
  const key = `${kind}\n${place}\n${unit ?? ''}`;
  let terms = ofTown.get(key);
  if (!terms) {
    const { zh = '', en = '' } = town.kinds.get(kind)?.name ?? {};
    const names = [kind, zh, en, ...placeNames(town, place)];
    if (unit) names.push(unit, town.units.get(unit)?.name ?? '');
    terms = searchTerms(names.join('\n'));
    ofTown.set(key, terms);
  }
  return terms;
}

/** The code, and the names of the place and of all above it. Landmarks in it are not: they are said in the words where they are meant. */
function placeNames(town: Town, code: string): readonly string[] {
  const layer = town.profile.layers.findLast((l) => findPlace(town.places, l.code, code));
  if (!layer) return [code];
  const above = ancestors(town.places, layer.code, code);
  return [
    code,
    ...[{ layer: layer.code, code }, ...above].flatMap((ref) => {
      const place = findPlace(town.places, ref.layer, ref.code);
      return place ? [place.name] : [];
    }),
  ];
}
