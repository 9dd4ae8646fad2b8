import { type CaseId, isoInstant, isRefusal, parseRequestNumber, type Refusal } from '@gezhi/basis';
import { type Fact, LABELS, replay } from '@gezhi/cases';
import { loadFacts, looksAt, wordsOfCases } from '@gezhi/storage';
import { sameMatter, signText } from '@gezhi/text';
import {
  areaOf,
  dutyLines,
  hiddenFrom,
  processOf,
  RULING_WORDS,
  sameIndexOf,
  samePolicyOf,
} from '@gezhi/town';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import type { CaseView } from '../pages/case/case-view.ts';
import { kindName, placeName, unitName } from '../pages/kit/say.ts';
import { pastRulings } from '../pages/rulings/rulings-page.ts';
import { rulingView } from '../views/ruling-view.ts';
import { type StaffVisit, seenCase } from './visit-of-turn.ts';

/** As many as somebody reads before they decide. */
const SIMILAR_MAX = 5;
const CHANCE_MIN = 0.05;

/** What was decided before in matters like this one: lines of duty, rulings, similar cases and how they ended. */
export async function getPrecedents(turn: Turn<'getPrecedents'>): Promise<RouteAnswer | Refusal> {
  const seen = await seenCase(turn);
  if (isRefusal(seen)) return seen;
  const { visit, view } = seen;
  const { town, now } = visit;
  const [rulings, similar] = await Promise.all([pastRulings(visit, view.c), similarTo(visit, view)]);
  const objections = (view.c.applications ?? []).filter(({ about }) => about === 'objection').length;
  const words = RULING_WORDS[visit.lang];
  const lines = dutyLines(town, view.c, now).map(({ unit, role, kind, place, basis }) => ({
    unit: { code: unit, name: unitName(unit, visit) },
    role: words.roles[role],
    kind: kind === '*' ? '*' : kindName(kind, visit),
    place: place === '*' ? words.anywhere : placeName(place, visit),
    basis,
  }));
  const told = rulings.map((ruling) => rulingView(town, ruling));
  return { status: 200, body: { lines, rulings: told, isFinal: objections >= 2, similar } };
}

/** What was said first in a case. */
export function firstWords({ facts, said }: CaseView): string | undefined {
  const opened = facts.find((fact) => fact.type === 'opened');
  const ref = opened?.type === 'opened' ? (opened.data.voice?.words ?? opened.data.words) : undefined;
  return ref && said.get(ref.id);
}

/** Cases that may be of the same matter, best first, with how they ended. Two round trips beside the index. */
async function similarTo(visit: StaffVisit, view: CaseView): Promise<readonly object[]> {
  const { c } = view;
  const { town, now, staff } = visit;
  const text = firstWords(view);
  if (!text) return [];
  const [lon, lat] = c.place.point ?? [];
  const query = {
    signature: signText(text),
    at: c.openedAt,
    kind: c.kind,
    point: lon === undefined || lat === undefined ? undefined : { lon, lat },
    place: areaOf(town, c.place.code),
    except: c.caseId,
  };
  const found = sameMatter(await sameIndexOf(town, now), query, samePolicyOf(town));
  const near = found
    .filter(({ id, chance }) => id !== c.caseId && chance >= CHANCE_MIN)
    .slice(0, SIMILAR_MAX * 2);
  const ids = near.map(({ id }) => id as CaseId);
  const hidden = await hiddenFrom(town, staff.actor, ids);
  const seen = near.filter(({ id }) => !hidden.has(id as CaseId)).slice(0, SIMILAR_MAX);
  const histories = await loadFacts(
    town.db.pool,
    town.district,
    seen.map(({ id }) => id as CaseId),
  );
  const words = await wordsOfCases(town.db.pool, town.district, [...histories.keys()]);
  const byId = new Map(words.map((row) => [row.id, row.said]));
  return seen.flatMap(({ id, chance }) => {
    const facts = histories.get(id as CaseId);
    return facts ? (similarView(visit, facts, chance, byId) ?? []) : [];
  });
}

function similarView(
  visit: StaffVisit,
  facts: readonly Fact[],
  chance: number,
  words: ReadonlyMap<string, string>,
) {
  const c = replay(facts);
  if (!c) return undefined;
  const { lang } = visit;
  const ended = facts.findLast(({ type }) => type === 'done' || type === 'answered' || type === 'referred');
  const ref = (ended?.data as { words?: { id: string } } | undefined)?.words;
  const outcome = ended?.type === 'done' ? LABELS.outcomes[ended.data.outcome][lang] : undefined;
  const answers = Object.values(c.voices).flatMap(({ callback }) =>
    callback && callback.answer !== 'unreachable' ? [callback.answer] : [],
  );
  const said = ref && words.get(ref.id);
  return [
    {
      caseId: c.caseId,
      chance,
      kind: kindName(c.kind, visit),
      place: placeName(c.place.code, visit),
      state: processOf(visit.town, c).states[c.state]?.label[lang] ?? c.state,
      openedAt: isoInstant(c.openedAt),
      requests: Object.keys(c.voices).length,
      ...(c.lead ? { unit: unitName(c.lead.unit, visit) } : {}),
      ...(outcome ? { outcome } : {}),
      ...(said === undefined ? {} : { words: said }),
      ...(answers.length > 0
        ? { solved: { yes: answers.filter(({ solved }) => solved === 'yes').length, asked: answers.length } }
        : {}),
    },
  ];
}

/** Who looked at whoever is behind the requests of a case: by post and unit, never by person; those put off by law are left out. */
export async function listLooks(turn: Turn<'listLooks'>): Promise<RouteAnswer | Refusal> {
  const seen = await seenCase(turn);
  if (isRefusal(seen)) return seen;
  const { visit, view } = seen;
  const { town, now, lang } = visit;
  const numbers = Object.keys(view.c.voices).flatMap((number) => parseRequestNumber(number) ?? []);
  const rows = await Promise.all(
    numbers.slice(0, LOOKED_AT_MAX).map((number) => looksAt(town.db.pool, town.district, number, now)),
  );
  const looks = rows.flat().map(({ at, number, post, unit, purpose }) => ({
    at: isoInstant(at),
    number,
    post: town.posts.get(post)?.name ?? post,
    unit: unitName(unit, visit),
    purpose: town.purposes.get(purpose)?.name[lang] ?? purpose,
  }));
  return { status: 200, body: { looks: looks.toSorted((a, b) => (a.at < b.at ? 1 : -1)) } };
}

/** Of a case with more voices than these, the first ones are shown. */
const LOOKED_AT_MAX = 20;
