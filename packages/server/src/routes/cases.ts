import { type CaseId, isRefusal, parseInstant, parseRequestNumber, type Refusal, refuse } from '@gezhi/basis';
import type { Actor } from '@gezhi/cases';
import type { CaseQuery } from '@gezhi/contract';
import { ancestors, descendants } from '@gezhi/place';
import {
  type CaseFilter,
  type CaseListRow,
  findRequest,
  listCases as readCases,
  searchSubjects,
} from '@gezhi/storage';
import { plainText, queryTerms } from '@gezhi/text';
import { heldBy, type Town } from '@gezhi/town';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { caseView } from '../views/case-view.ts';
import { explainView } from '../views/explain-view.ts';
import { loadCaseFor } from '../views/load-case.ts';
import { kindLabel, placeNamed, placeOf, unitNamed } from '../views/names.ts';
import { wireRow } from '../views/wire.ts';

/** A page of cases, newest first. */
export async function listCases(turn: Turn<'listCases'>): Promise<RouteAnswer | Refusal> {
  const { town, query, now } = turn;
  const { limit } = query;
  const rows = await findCases(town, query, limit + 1, turn.actor!);
  if (isRefusal(rows)) return rows;
  const page = rows.slice(0, limit);
  const next = rows.length > limit ? page.at(-1)?.case_id : undefined;
  return {
    status: 200,
    body: {
      cases: page.map((row) => wireRow(town, row, now)),
      ...(next ? { next, nextLink: nextLink(query, next) } : {}),
    },
  };
}

function nextLink(query: CaseQuery, next: string): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...query, after: next })) {
    if (value !== undefined) search.set(name, String(value));
  }
  return `/api/cases?${search}`;
}

/** The rows of a query that somebody sees, at most `limit`, newest first. */
async function findCases(
  town: Town,
  query: Omit<CaseQuery, 'limit'>,
  limit: number,
  by: Actor,
): Promise<readonly CaseListRow[] | Refusal> {
  const filter = { ...filterOf(town, query), held: heldBy(town, by, 'see') };
  const { pool } = town.db;
  const number = query.number ?? (query.q && parseRequestNumber(query.q));
  if (number) return await casesOfNumber(town, number, filter);
  if (!query.q) return await readCases(pool, town.district, filter, limit);
  const terms = queryTerms(query.q);
  if (terms.length === 0) return refuse('nothing-said', 'The query holds no letter and no digit.');
  return await search(town, { ...filter, terms }, query.q, limit);
}

async function casesOfNumber(
  town: Town,
  text: string,
  filter: CaseFilter,
): Promise<readonly CaseListRow[] | Refusal> {
  const number = parseRequestNumber(text);
  if (!number) return refuse('bad-number', `"${text}" has a wrong digit.`);
  const { pool } = town.db;
  const caseId = await findRequest(pool, town.district, number);
  if (!caseId) return [];
  const only = await readCases(pool, town.district, { ...filter, after: nextId(caseId) }, 1);
  return only.filter((row) => row.case_id === caseId);
}

/** The id right above this one, so that a page "after" it begins with it. */
function nextId(caseId: CaseId): CaseId {
  const hex = (BigInt(`0x${caseId.replaceAll('-', '')}`) + 1n).toString(16).padStart(32, '0');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') as CaseId;
}

/** How many pages of candidates are looked through before a page of finds is given as it is. */
const SEARCH_ROUNDS_MAX = 20;

/** Terms narrow the candidates; each wording of the query must then stand in what makes the case found. */
async function search(
  town: Town,
  filter: CaseFilter,
  text: string,
  limit: number,
): Promise<readonly CaseListRow[]> {
  const wordings = plainText(text).split(/\s+/).filter(Boolean);
  const found: CaseListRow[] = [];
  let { after } = filter;
  for (let round = 0; round < SEARCH_ROUNDS_MAX && found.length < limit; round += 1) {
    const page = { ...filter, ...(after ? { after } : {}) };
    const candidates = await readCases(town.db.pool, town.district, page, limit);
    found.push(...(await thatHold(town, candidates, wordings)));
    if (candidates.length < limit) break;
    after = candidates.at(-1)!.case_id;
  }
  return found.slice(0, limit);
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
  const { phase, state, kind, unit, place, flag, from, to, after } = query;
  return {
    ...(phase ? { phase } : {}),
    ...(state ? { state } : {}),
    ...(kind ? { kinds: [kind] } : {}),
    ...(unit ? { unit } : {}),
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

/** One case. The ETag is its last fact and who asks, because what may be done depends on that. */
export async function getCase(turn: Turn<'getCase'>): Promise<RouteAnswer | Refusal> {
  const { town, params, actor, now, request } = turn;
  if (!actor) return refuse('no-token', 'This is for staff.');
  const loaded = await loadCaseFor(town, params.id as CaseId, actor);
  if (isRefusal(loaded)) return loaded;
  const etag = `"${loaded.now.seq}-${actor.post}"`;
  const headers = { etag, 'cache-control': 'private, no-cache', vary: 'Authorization' };
  if (request.headers['if-none-match']?.split(/\s*,\s*/).includes(etag)) return { status: 304, headers };
  return { status: 200, body: await caseView(town, loaded, actor, now), headers };
}

export async function explainCase(turn: Turn<'explainCase'>): Promise<RouteAnswer | Refusal> {
  if (!turn.actor) return refuse('no-token', 'This is for staff.');
  const loaded = await loadCaseFor(turn.town, turn.params.id as CaseId, turn.actor);
  if (isRefusal(loaded)) return loaded;
  return { status: 200, body: explainView(turn.town, loaded) };
}
