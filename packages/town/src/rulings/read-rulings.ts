import { type Case, evolve, type Fact, replay } from '@gezhi/cases';
import { findPlace } from '@gezhi/place';
import type { NewRuling } from '@gezhi/storage';
import type { Town } from '../town.ts';
import { rulingNumber } from './ruling-book.ts';

/** The rulings that a history makes after a position, and how often live ones were applied in it, by number. Pure. */
export type RulingsRead = {
  readonly made: readonly NewRuling[];
  readonly applied: ReadonlyMap<number, number>;
};

/** A ruling is an objection that was granted and by which the matter went to another unit at once (`docs/objections.md`). */
export function readRulings(town: Town, history: readonly Fact[], after: number): RulingsRead {
  const made: NewRuling[] = [];
  const applied = new Map<number, number>();
  let c: Case | undefined;
  let ruled: Fact<'ruled'> | undefined;
  for (const fact of history) {
    if (fact.type === 'ruled') ruled = fact as Fact<'ruled'>;
    if (fact.type === 'dispatched' && fact.position > after) {
      if (c && ruled && fact.data.catalogue === ruled.data.application)
        made.push(rulingOf(town, c, ruled, fact as Fact<'dispatched'>));
      for (const number of appliedIn(fact.data.because)) applied.set(number, (applied.get(number) ?? 0) + 1);
    }
    c = c ? evolve(c, fact) : replay([fact]);
  }
  return { made, applied };
}

function rulingOf(town: Town, c: Case, ruled: Fact<'ruled'>, sent: Fact<'dispatched'>): NewRuling {
  const { lead, basis } = sent.data;
  return {
    position: sent.position,
    caseId: sent.caseId,
    application: ruled.data.application,
    kind: c.kind,
    ...streetOf(town, c),
    fromUnit: c.lead?.unit ?? null,
    toUnit: lead.unit,
    toPost: lead.post ?? null,
    basis,
    at: sent.occurredAt,
    byPost: ruled.by.post,
    final: ruled.data.final === true,
  };
}

const STREETS: readonly (string | undefined)[] = ['street', 'town', 'township'];

/** The street or township that a case lies in; its own place where its layers have none. */
export function streetOf(
  town: Town,
  { place }: Pick<Case, 'place'>,
): { readonly layer: string; readonly place: string } {
  for (const [layer, codes] of Object.entries(place.layers)) {
    const street = codes.find((code) => STREETS.includes(findPlace(town.places, layer, code)?.level));
    if (street !== undefined) return { layer, place: street };
  }
  const own = Object.entries(place.layers).find(([, codes]) => codes.includes(place.code));
  return { layer: own?.[0] ?? '', place: place.code };
}

function appliedIn(because: Fact<'dispatched'>['data']['because']): readonly number[] {
  return because.flatMap(({ code, ruling }) => {
    const number = code === 'ruling-applied' ? rulingNumber(String(ruling)) : undefined;
    return number === undefined ? [] : [number];
  });
}
