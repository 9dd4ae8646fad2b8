import type { Instant } from '@gezhi/basis';
import type { Actor, Case, Context, Due, Reason, Route } from '@gezhi/cases';
import { deadline, parseTerm, type Term } from '@gezhi/clock';
import { route } from '@gezhi/duty';
import type { ClocksSource } from '@gezhi/scene';
import { mayIn, unitsAbove } from './may.ts';
import { applyRuling } from './rulings/apply-ruling.ts';
import type { Town } from './town.ts';

/** Binds the town's calendar, catalogue and powers to what a decision asks. */
export function contextOf(town: Town, now: Instant): Context {
  return {
    now,
    may: (power: string, c: Case, by: Actor) => mayIn(town, power, c, by),
    due: (stage, c, startedAt, pauses) => dueIn(town, stage, c, startedAt, pauses),
    route: (c) => routeIn(town, c, now),
    kind: (code) => town.kinds.get(code) ?? PLAIN_KIND,
    above: (unit) => unitsAbove(town, unit),
    unitOf: ({ post }) => town.posts.get(post)?.unit,
  };
}

/** A kind that a scene does not know (imported ones) has no traits. */
const PLAIN_KIND = { traits: [] };

const terms = new WeakMap<ClocksSource, Map<string, Term | undefined>>();

/** When a stage that began at `startedAt` is due, by the scene's clock profile and the town's calendar. */
export function dueIn(
  town: Town,
  stage: string,
  c: Case,
  startedAt: Instant,
  pauses: Parameters<Context['due']>[3] = [],
): Due | undefined {
  const { clocks } = town.packs.get(c.scene) ?? town.pack;
  const text = termText(clocks, stage, town.urgencyAt(c.kind, startedAt));
  if (!text) return undefined;
  const { dueAt, provisional, calendarVersion } = deadline({
    start: startedAt,
    term: termOf(clocks, text),
    calendar: town.calendarAt(startedAt),
    ...(pauses.length ? { pauses: pauses.map((pause) => ({ ...pause, reason: 'suspended' })) } : {}),
  });
  if (dueAt === null) return undefined;
  return {
    dueAt,
    term: text,
    profile: clocks.profile,
    calendar: calendarVersion,
    ...(provisional ? { provisional: true as const } : {}),
  };
}

/** The class of kinds that a scene does not know (imported ones). */
const PLAIN = 'ordinary';

export function termText(
  clocks: ClocksSource,
  stage: string,
  urgency: string | undefined,
): string | undefined {
  const terms = clocks.stages[stage];
  return typeof terms === 'string' ? terms : (terms?.[urgency ?? PLAIN] ?? terms?.[PLAIN]);
}

function termOf(clocks: ClocksSource, text: string): Term {
  let parsed = terms.get(clocks);
  if (!parsed) {
    parsed = new Map();
    terms.set(clocks, parsed);
  }
  let term = parsed.get(text);
  if (!term) {
    term = parseTerm(text);
    parsed.set(text, term);
  }
  return term;
}

/** Whom the catalogue, or a ruling that it does not hold yet, names for a case as it stands, by what was known at that moment. */
export function routeIn(town: Town, c: Case, now: Instant): Route {
  const requestKind = Object.values(c.voices)[0]?.requestKind;
  const answer = route(town.duties.catalogue, {
    kind: c.kind,
    ...(requestKind ? { requestKind } : {}),
    places: c.place.layers,
    at: c.openedAt,
    knownAt: now,
  });
  const because = answer.because as readonly unknown[] as readonly Reason[];
  if (answer.outcome === 'unclear') {
    const listed = answer.candidates.map(({ unit }) => unit);
    return applyRuling(town, c, { unclear: true, because, reads: answer.reads }, listed);
  }
  const byCatalogue = {
    lead: answer.lead,
    coUnits: answer.coUnits.map((co) => co.unit),
    ...(answer.cc ? { cc: [answer.cc] } : {}),
    basis: answer.basis,
    because,
    reads: answer.reads,
    catalogue: answer.catalogueVersion,
  };
  return applyRuling(town, c, byCatalogue, []);
}
