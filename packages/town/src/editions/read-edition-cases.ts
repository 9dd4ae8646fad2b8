import type { CaseId } from '@gezhi/basis';
import type { EditionBy, EditionCase, Subject, ThreeRatesPolicy, Window } from '@gezhi/measures';
import { casesOfWindow, historiesUpTo } from '@gezhi/storage';
import type { Town } from '../town.ts';
import { type EditionNames, editionCasesOf } from './edition-case-of.ts';
import { streetSubjects, streetsOf } from './streets-of.ts';

const CASES_A_PAGE = 1_000;

/** The cases that may count in a window, as the facts up to `position` tell them. One look through the log, then a page of cases a time. */
export async function readEditionCases(
  town: Town,
  by: EditionBy,
  policy: ThreeRatesPolicy,
  window: Window,
  position: number,
): Promise<EditionCase[]> {
  const { pool } = town.db;
  const ids = await casesOfWindow(pool, town.district, policy.dateBasis, window, position);
  const names = namesFor(town, by);
  const cases: EditionCase[] = [];
  for (let at = 0; at < ids.length; at += CASES_A_PAGE) {
    const page: readonly CaseId[] = ids.slice(at, at + CASES_A_PAGE);
    const histories = await historiesUpTo(pool, town.district, page, position);
    cases.push(...editionCasesOf(histories.values(), names));
  }
  return cases;
}

/** Whom a request counts for: the street its place lies in, or the unit that leads it. */
export function namesFor(town: Town, by: EditionBy): EditionNames {
  const unitOfPost = (post: string): string | undefined => town.posts.get(post)?.unit;
  if (by === 'unit') return { unitOfPost, subjectOf: ({ unit }) => (unit === 'none' ? undefined : unit) };
  const streets = streetsOf(town);
  return { unitOfPost, subjectOf: ({ place }) => streets.get(place) };
}

/** Who is measured: all streets, or the units that lead something (units know no urban or rural). */
export function subjectsFor(town: Town, by: EditionBy): readonly Subject[] {
  return by === 'street' ? streetSubjects(town) : [];
}
