import { HOUR } from '@gezhi/basis';
import { compareTexts } from '../contributions.ts';
import { type Share, share } from '../share.ts';
import type { EditionCase, EditionRequest } from './edition-case.ts';

/**
 * What stands beside the rates of a street or unit, so that whatever could prop them up is seen: all over its requests of the period.
 * Shares are null where there is nothing to share.
 */
export type Beside = {
  /** Left the rates, of all received. */
  readonly excluded: Share | null;
  /** Typed in by the very unit that leads them, of all received. */
  readonly selfEntered: Share | null;
  /** Reported done within the last hour of their term, of all that were done inside it. */
  readonly lastHour: Share | null;
  /** Voices beyond the first of their case: merging hides none. */
  readonly mergedVoices: number;
  /** Cases of these requests that some unit objected to. */
  readonly objectedCases: number;
};

/** One request with its case, as the functions here take them. */
export type Told = { readonly request: EditionRequest; readonly of: EditionCase };

export function besideOf(told: readonly Told[], z: number): Beside {
  const inTime = told.filter(isInTime);
  const count = (is: (one: Told) => boolean): number => told.filter(is).length;
  return {
    excluded: share(
      count(({ request }) => request.excluded !== undefined),
      told.length,
      z,
    ),
    selfEntered: share(count(isSelfEntered), told.length, z),
    lastHour: share(inTime.filter(isLastHour).length, inTime.length, z),
    mergedVoices: told.length - new Set(told.map(({ of }) => of.caseId)).size,
    objectedCases: new Set(told.filter(({ of }) => of.objections?.length).map(({ of }) => of.caseId)).size,
  };
}

export function isSelfEntered({ request }: Told): boolean {
  return request.enteredBy !== undefined && request.enteredBy === request.unit;
}

function isInTime({ request, of }: Told): boolean {
  return of.doneAt !== undefined && request.termEndAt !== undefined && of.doneAt <= request.termEndAt;
}

function isLastHour({ request, of }: Told): boolean {
  return request.termEndAt! - of.doneAt! < HOUR;
}

/** What one unit did to the way of cases: how often it objected, and how long cases lay with it before they were taken away. */
export type UnitConduct = {
  readonly unit: string;
  readonly objections: number;
  readonly casesLost: number;
  readonly minutesLost: number;
  readonly meanMinutesLost: number | null;
};

/** By unit, in the order of codes; only units with something to tell. The mean is over the cases that lay there in vain. */
export function conductOf(cases: readonly EditionCase[]): UnitConduct[] {
  const units = new Map<string, { objections: number; lost: Map<string, number> }>();
  const of = (unit: string): { objections: number; lost: Map<string, number> } => {
    const found = units.get(unit) ?? { objections: 0, lost: new Map<string, number>() };
    units.set(unit, found);
    return found;
  };
  for (const { caseId, objections = [], lost = [] } of cases) {
    for (const unit of objections) of(unit).objections += 1;
    for (const { unit, minutes } of lost)
      of(unit).lost.set(caseId, (of(unit).lost.get(caseId) ?? 0) + minutes);
  }
  return [...units]
    .sort(([a], [b]) => compareTexts(a, b))
    .map(([unit, { objections, lost }]) => {
      const minutesLost = [...lost.values()].reduce((sum, minutes) => sum + minutes, 0);
      const meanMinutesLost = lost.size === 0 ? null : Math.round(minutesLost / lost.size);
      return { unit, objections, casesLost: lost.size, minutesLost, meanMinutesLost };
    });
}
