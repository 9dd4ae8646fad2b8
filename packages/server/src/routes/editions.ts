import { type Instant, isoInstant, isRefusal, parseInstant, type Refusal, refuse } from '@gezhi/basis';
import type { Actor } from '@gezhi/cases';
import type { Edition, EditionState } from '@gezhi/measures';
import {
  EDITION_WORDS,
  type EditionOrder,
  type EditionSummary,
  editionCsv,
  editionFile,
  editionId,
  explainRow,
  findEdition,
  hashFor,
  helpPlanFor,
  listFor,
  namesIn,
  orderEdition,
  partOf,
  listEditions as readEditions,
  readInput,
  readsAll,
  readText,
  revisionsOf,
  sayHelpPlan,
  type Town,
} from '@gezhi/town';
import type { RouteAnswer, Turn } from '../mount-route.ts';

/** The editions that the caller may see, the newest first. */
export async function listEditions({ town, actor }: Turn<'listEditions'>): Promise<RouteAnswer> {
  const all = await readEditions(town);
  const seen = all.filter((summary) => hashFor(town, summary, actor) !== undefined);
  return { status: 200, body: { editions: seen.map(({ state }) => sayState(state)) } };
}

export async function draftEdition({
  town,
  actor,
  body,
  now,
}: Turn<'draftEdition'>): Promise<RouteAnswer | Refusal> {
  const done = await orderEdition(
    town,
    editionId(body.month, body.by),
    { do: 'draft', ...body },
    actor!,
    now,
  );
  return isRefusal(done) ? done : { status: 201, body: sayState(done) };
}

/** An edition as published (or as shown, to staff), with names, acts, appeals and what each revision changed. */
export async function getEdition({
  town,
  actor,
  params,
  query,
}: Turn<'getEdition'>): Promise<RouteAnswer | Refusal> {
  const found = await find(town, params.edition, actor, query.revision);
  if (isRefusal(found)) return found;
  const { summary, edition } = found;
  const nameOf = namesIn(town, edition, 'zh');
  const revisions = await revisionsOf(town, summary);
  return {
    status: 200,
    body: {
      ...sayState(summary.state),
      edition,
      names: Object.fromEntries(edition.rows.map(({ subject }) => [subject, nameOf('subject', subject)])),
      acts: summary.acts.map(({ type, at, post }) => ({ type, at: isoInstant(at), post })),
      revisions: revisions.map((one) => ({ ...one, at: isoInstant(one.at) })),
      appeals: actor ? appealsFor(town, summary, actor) : [],
    },
  };
}

/** How each request counts: the hotline sees all, a unit its own. */
export async function listEditionCases({
  town,
  actor,
  params,
  query,
}: Turn<'listEditionCases'>): Promise<RouteAnswer | Refusal> {
  const found = await find(town, params.edition, actor, query.revision);
  if (isRefusal(found)) return found;
  const list = await listFor(town, params.edition, found.edition.hash, actor!);
  const { subject, counts } = query;
  const requests = list.filter(
    (one) =>
      (subject === undefined || one.subject === subject) && (counts === undefined || one.counts === counts),
  );
  return { status: 200, body: { requests } };
}

export async function explainEdition({
  town,
  actor,
  params,
  query,
  language,
}: Turn<'explainEdition'>): Promise<RouteAnswer | Refusal> {
  const found = await find(town, params.edition, actor, query.revision);
  if (isRefusal(found)) return found;
  const row = found.edition.rows.find(({ subject }) => subject === query.subject);
  if (!row) return refuse('not-in-edition', `The edition has no row "${query.subject}".`);
  const lines = explainRow(found.edition, row, namesIn(town, found.edition, language), language);
  return { status: 200, body: { lines } };
}

/** The edition as JSON to the byte, as CSV, or as a file with its input, from which it is computed again. */
export async function exportEdition({
  town,
  actor,
  params,
  query,
  language,
}: Turn<'exportEdition'>): Promise<RouteAnswer | Refusal> {
  const found = await find(town, params.edition, actor, query.revision);
  if (isRefusal(found)) return found;
  const { edition } = found;
  const file = (ending: string, type: string, body: string): RouteAnswer => ({
    status: 200,
    body,
    headers: {
      'content-type': `${type}; charset=utf-8`,
      'content-disposition': `attachment; filename="${edition.district}-${edition.id}.${ending}"`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  });
  if (query.format === 'csv') {
    return file('csv', 'text/csv', editionCsv(edition, namesIn(town, edition, language), language));
  }
  if (query.format === 'json') {
    return file('json', 'application/json', await partOf(town, edition.id, edition.hash, 'content'));
  }
  if (!actor || !readsAll(town, actor)) {
    return refuse('no-power', 'The input of an edition holds single requests; only the hotline reads it.');
  }
  const input = await readInput(town, edition.id, edition.hash);
  return file('edition.json', 'application/json', editionFile(edition, input));
}

export async function getHelpPlan({
  town,
  actor,
  params,
  query,
}: Turn<'getHelpPlan'>): Promise<RouteAnswer | Refusal> {
  const found = await find(town, params.edition, actor, query.revision);
  if (isRefusal(found)) return found;
  const { edition } = found;
  if (!edition.rows.some(({ subject }) => subject === query.subject)) {
    return refuse('not-in-edition', `The edition has no row "${query.subject}".`);
  }
  const plan = await helpPlanFor(town, edition, query.subject);
  const text = {
    zh: sayHelpPlan(plan, namesIn(town, edition, 'zh'), 'zh'),
    en: sayHelpPlan(plan, namesIn(town, edition, 'en'), 'en'),
  };
  return { status: 200, body: { plan, text } };
}

export async function actOnEdition({
  town,
  actor,
  params,
  body,
  now,
}: Turn<'actOnEdition'>): Promise<RouteAnswer | Refusal> {
  const order: EditionOrder = body.do === 'show' ? { ...body, until: parseInstant(body.until)! } : body;
  const done = await orderEdition(town, params.edition, order, actor!, now);
  return isRefusal(done) ? done : { status: 200, body: sayState(done) };
}

type Found = { readonly summary: EditionSummary; readonly edition: Edition };

async function find(
  town: Town,
  id: string,
  actor: Actor | undefined,
  revision: number | undefined,
): Promise<Found | Refusal> {
  const summary = await findEdition(town, id);
  const hash = summary && hashFor(town, summary, actor, revision);
  if (!summary || !hash) return refuse('no-such-edition', `There is no edition ${id} here for you to see.`);
  return { summary, edition: await readText(town, id, hash) };
}

function sayState({ shownUntil, appeals: _, ...state }: EditionState): Record<string, unknown> {
  const at = `/api/editions/${state.id}`;
  return {
    ...state,
    ...(shownUntil === undefined ? {} : { shownUntil: isoInstant(shownUntil as Instant) }),
    label: { zh: EDITION_WORDS.zh.phases[state.phase], en: EDITION_WORDS.en.phases[state.phase] },
    links: {
      edition: at,
      cases: `${at}/cases`,
      csv: `${at}/export?format=csv`,
      page: `/editions/${state.id}`,
    },
  };
}

/** Appeals with who decided by post, never by person: the hotline sees all, a unit its own. */
function appealsFor(town: Town, { state }: EditionSummary, actor: Actor): object[] {
  const unit = town.posts.get(actor.post)?.unit;
  const all = readsAll(town, actor);
  return Object.values(state.appeals)
    .filter((appeal) => all || appeal.unit === unit)
    .map(({ words: _, votes, at, ...appeal }) => ({
      ...appeal,
      at: isoInstant(at),
      votes: votes.map(({ post, verdict }) => ({ post, verdict })),
    }));
}
