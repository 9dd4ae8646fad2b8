import { type CaseId, DAY, parseInstant, parseRequestNumber, type Refusal, refuse } from '@gezhi/basis';
import { type Actor, measuredCase, replay } from '@gezhi/cases';
import type { CaseQuery } from '@gezhi/contract';
import { type CountedAs, HUAIROU, isCountedAs, requestsIn } from '@gezhi/measures';
import { ancestors, descendants } from '@gezhi/place';
import {
  type CaseFilter,
  type CaseListRow,
  findRequest,
  listCases,
  loadFacts,
  searchSubjects,
} from '@gezhi/storage';
import { plainText, queryTerms } from '@gezhi/text';
import { heldBy, type Town } from '@gezhi/town';
import { kindLabel, placeNamed, placeOf, unitNamed } from '../views/names.ts';

/** A page of cases; `next` is the last that was looked at, where there may be more. */
export type Found = { readonly rows: readonly CaseListRow[]; readonly next?: CaseId };

/** A page of the cases of a query that somebody sees, newest first. Refuses `bad-number`, `nothing-said`. */
export async function findCases(town: Town, query: CaseQuery, by: Actor): Promise<Found | Refusal> {
  const { limit, q, counted } = query;
  const filter = { ...filterOf(town, query), held: heldBy(town, by, 'see') };
  const number = query.number ?? (q && parseRequestNumber(q));
  if (number) return await casesOfNumber(town, number, filter);
  if (counted) return await casesCounted(town, filter, counted, limit);
  if (!q) return pageOf(await listCases(town.db.pool, town.district, filter, limit + 1), limit);
  const terms = queryTerms(q);
  if (terms.length === 0) return refuse('nothing-said', 'The query holds no letter and no digit.');
  const wordings = plainText(q).split(/\s+/).filter(Boolean);
  return await sifted(
    town,
    { ...filter, terms },
    limit,
    limit + 1,
    async (rows) => await thatHold(town, rows, wordings),
  );
}

function pageOf(rows: readonly CaseListRow[], limit: number): Found {
  const page = rows.slice(0, limit);
  return rows.length > limit ? { rows: page, next: page.at(-1)!.case_id } : { rows: page };
}

async function casesOfNumber(town: Town, text: string, filter: CaseFilter): Promise<Found | Refusal> {
  const number = parseRequestNumber(text);
  if (!number) return refuse('bad-number', `"${text}" has a wrong digit.`);
  const { pool } = town.db;
  const caseId = await findRequest(pool, town.district, number);
  if (!caseId) return { rows: [] };
  const only = await listCases(pool, town.district, { ...filter, after: nextId(caseId) }, 1);
  return { rows: only.filter((row) => row.case_id === caseId) };
}

/** The id right above this one, so that a page "after" it begins with it. */
function nextId(caseId: CaseId): CaseId {
  const hex = (BigInt(`0x${caseId.replaceAll('-', '')}`) + 1n).toString(16).padStart(32, '0');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') as CaseId;
}

/** How many lots of candidates are looked through before a page of finds is given as it is. */
const ROUNDS_MAX = 20;

/** Looks through candidates, newest first, a lot at a time, for a page of those that are looked for. */
async function sifted(
  town: Town,
  filter: CaseFilter,
  limit: number,
  lot: number,
  those: (rows: readonly CaseListRow[]) => Promise<readonly CaseListRow[]>,
): Promise<Found> {
  const found: CaseListRow[] = [];
  let { after } = filter;
  for (let round = 0; round < ROUNDS_MAX && found.length <= limit; round += 1) {
    const page = { ...filter, ...(after ? { after } : {}) };
    const candidates = await listCases(town.db.pool, town.district, page, lot);
    found.push(...(await those(candidates)));
    if (candidates.length < lot) return pageOf(found, limit);
    after = candidates.at(-1)!.case_id;
  }
  return found.length > limit ? pageOf(found, limit) : { rows: found, ...(after ? { next: after } : {}) };
}

/** Candidates of a figure are replayed, some 0.1 ms each. */
const COUNTED_LOT = 200;
/** A request may join a case long after it was opened. */
const JOINS_WITHIN = 90 * DAY;
/** What stands in the roll-ups for cases that no unit leads yet. */
const NOBODY = 'none';

/** The cases behind a figure of the three rates, by their facts: the figure itself is a sum. */
async function casesCounted(
  town: Town,
  { from = 0, to = Number.MAX_SAFE_INTEGER, unit, ...others }: CaseFilter,
  as: CountedAs,
  limit: number,
): Promise<Found> {
  const opened = {
    ...(from > JOINS_WITHIN ? { from: from - JOINS_WITHIN } : {}),
    ...(to < Number.MAX_SAFE_INTEGER ? { to } : {}),
  };
  const candidates = { ...others, ...opened, ...(unit === undefined ? {} : { unit }) };
  return await sifted(town, candidates, limit, COUNTED_LOT, async (rows) => {
    const ids = rows.map(({ case_id }) => case_id);
    const histories = await loadFacts(town.db.pool, town.district, ids);
    return rows.filter(({ case_id }) => {
      const c = replay(histories.get(case_id) ?? []);
      if (!c) return false;
      const measured = measuredCase(c, undefined);
      if (unit !== undefined && measured.unit !== (unit ?? NOBODY)) return false;
      const requests = requestsIn(measured.requests, HUAIROU, { from, to });
      return requests.some((request) => isCountedAs(request, as, HUAIROU));
    });
  });
}

async function thatHold(
  town: Town,
  rows: readonly CaseListRow[],
  wordings: readonly string[],
): Promise<readonly CaseListRow[]> {
  const ids = rows.map((row) => row.case_id);
  const subjects = await searchSubjects(town.db.pool, town.district, ids);
  const held = new Set(
    subjects
      .filter(({ kind, place, unit, numbers, said }) => {
        const name = kindLabel(town, kind);
        const names = [
          kind,
          name.zh,
          name.en,
          place,
          placeNamed(town, place).name,
          ...aboveNames(town, place),
        ];
        const unitNames = unit === null ? [] : [unit, unitNamed(town, unit).name];
        const text = plainText([...said, ...numbers, ...names, ...unitNames].join('\n'));
        return wordings.every((wording) => text.includes(wording));
      })
      .map(({ caseId }) => caseId),
  );
  return rows.filter((row) => held.has(row.case_id));
}

/** The names of all places above: a case is found by its street too. */
function aboveNames(town: Town, code: string): readonly string[] {
  const place = placeOf(town, code);
  if (!place) return [];
  return ancestors(town.places, place.layer, code).map((above) => placeNamed(town, above.code).name);
}

function filterOf(town: Town, query: Omit<CaseQuery, 'limit'>): CaseFilter {
  const { phase, state, kind, unit, place, flag, from, to, after, dueAfter, dueBy } = query;
  const due = {
    ...(dueAfter ? { after: parseInstant(dueAfter)! } : {}),
    ...(dueBy ? { by: parseInstant(dueBy)! } : {}),
  };
  return {
    ...(query.due ? { due: query.due } : dueAfter || dueBy ? { due } : {}),
    ...(query.point ? { pointless: true } : {}),
    ...(phase ? { phase } : {}),
    ...(state ? { state } : {}),
    ...(kind ? { kinds: [kind] } : {}),
    ...(unit ? { unit: unit === NOBODY ? null : unit } : {}),
    ...(place ? { places: placesBelow(town, place) } : {}),
    ...(flag ? { flag } : {}),
    ...(query.open ? { isOpen: query.open === 'true' } : {}),
    ...(from ? { from: parseInstant(from)! } : {}),
    ...(to ? { to: parseInstant(to)! } : {}),
    ...(after ? { after: after as CaseId } : {}),
  };
}

/** The place and all places below it, in whatever layer. */
function placesBelow(town: Town, code: string): readonly string[] {
  const place = placeOf(town, code);
  if (!place) return [code];
  return [code, ...descendants(town.places, place.layer, code).map((below) => below.code)];
}
