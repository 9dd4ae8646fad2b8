import { isRefusal } from '@gezhi/basis';
import {
  editionCsv,
  editionId,
  findEdition,
  hashFor,
  listEditions,
  listFor,
  listSamples,
  listThemes,
  namesIn,
  orderEdition,
  partOf,
  readText,
  revisionsOf,
} from '@gezhi/town';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Sent, sentOf } from '../kit/fields.ts';
import type { Pages } from '../kit/pages.ts';
import { sameText } from '../kit/seals.ts';
import type { Visit } from '../kit/visit.ts';
import { draftForm, editionActs, sentOrder } from './edition-acts.ts';
import { editionCasesPage } from './edition-cases-page.ts';
import { editionListPage } from './edition-list-page.ts';
import { editionPage, type ShownEdition } from './edition-page.ts';

type Named = { readonly id: string };

/** `/editions`, `/editions/<id>` (and `.csv`, `.json`), `/editions/<id>/cases`. */
export function mountEditions(pages: Pages): void {
  const { app } = pages;
  app.get('/editions', (request, reply) => showList(pages, request, reply));
  app.post('/editions', (request, reply) => takeDraft(pages, request, reply));
  app.get<{ Params: Named }>('/editions/:id', async (request, reply) => {
    const visit = pages.visit(request, reply);
    const [, id, ending] = /^(.*?)(?:\.(csv|json))?$/s.exec(request.params.id)!;
    const shown = await readShown(visit, id!, request);
    if (!shown) return pages.trouble(reply, visit, 'notFound');
    if (ending) return await giveFile(reply, visit, shown, ending);
    return await showEdition(pages, visit, reply, shown);
  });
  app.post<{ Params: Named }>('/editions/:id/acts', (request, reply) => takeAct(pages, request, reply));
  app.get<{ Params: Named }>('/editions/:id/cases', (request, reply) => showCases(pages, request, reply));
  app.post<{ Params: Named }>('/editions/:id/cases', (request, reply) => takeAppeal(pages, request, reply));
}

async function showList(
  pages: Pages,
  request: FastifyRequest,
  reply: FastifyReply,
  refused?: string,
): Promise<FastifyReply> {
  const visit = pages.visit(request, reply);
  const { town, staff } = visit;
  const all = (await listEditions(town)).filter((one) => hashFor(town, one, staff?.actor) !== undefined);
  const lists = [await listSamples(town), await listThemes(town)] as const;
  const page = editionListPage(visit, all, ...lists, draftForm(visit, refused));
  return pages.show(reply, visit, page, statusOf(refused));
}

async function showEdition(
  pages: Pages,
  visit: Visit,
  reply: FastifyReply,
  shown: ShownEdition,
  refused?: string,
): Promise<FastifyReply> {
  const acts = await editionActs(visit, shown.summary, shown.edition.policy.appealDays, refused);
  return pages.show(reply, visit, editionPage(visit, shown, acts), statusOf(refused));
}

function statusOf(refused: string | undefined): number {
  if (refused === undefined) return 200;
  return refused === 'no-power' ? 403 : 409;
}

/** A month's edition is begun. */
async function takeDraft(pages: Pages, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const visit = pages.visit(request, reply);
  const sent = sentBy(visit, request.body);
  if (!sent || !visit.staff) return pages.trouble(reply, visit, 'badRequest');
  const by = sent.get('by') === 'unit' ? 'unit' : 'street';
  const id = editionId(sent.get('month'), by);
  const order = { do: 'draft', month: sent.get('month'), by } as const;
  const done = await orderEdition(visit.town, id, order, visit.staff.actor, visit.now);
  if (isRefusal(done)) return await showList(pages, request, reply, done.code);
  return reply.redirect(`/editions/${id}`, 303);
}

/** It is shown, decided on, frozen, published. */
async function takeAct(
  pages: Pages,
  request: FastifyRequest<{ Params: Named }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const visit = pages.visit(request, reply);
  const sent = sentBy(visit, request.body);
  const order = sent && sentOrder(visit, sent);
  if (!order || !visit.staff) return pages.trouble(reply, visit, 'badRequest');
  const { id } = request.params;
  const done = await orderEdition(visit.town, id, order, visit.staff.actor, visit.now);
  if (!isRefusal(done)) return reply.redirect(`/editions/${id}`, 303);
  if (done.code === 'no-power') return pages.trouble(reply, visit, 'forbidden');
  const shown = await readShown(visit, id, request);
  if (!shown) return pages.trouble(reply, visit, 'notFound');
  return await showEdition(pages, visit, reply, shown, done.code);
}

/** What a form of the service's own pages brought; nothing from elsewhere. */
function sentBy({ staff }: Visit, body: unknown): Sent | undefined {
  const sent = sentOf(body);
  return staff && sameText(sent.get('form'), staff.formToken) ? sent : undefined;
}

async function readShown(
  visit: Visit,
  id: string,
  request: FastifyRequest,
): Promise<ShownEdition | undefined> {
  const { town, staff } = visit;
  const { revision } = request.query as { revision?: unknown };
  const asked = typeof revision === 'string' && /^\d{1,4}$/.test(revision) ? Number(revision) : undefined;
  const summary = await findEdition(town, id);
  const hash = summary && hashFor(town, summary, staff?.actor, asked);
  if (!summary || !hash) return undefined;
  const edition = await readText(town, id, hash);
  return { summary, edition, revisions: await revisionsOf(town, summary) };
}

async function giveFile(
  reply: FastifyReply,
  { town, lang }: Visit,
  { edition }: ShownEdition,
  ending: string,
): Promise<FastifyReply> {
  const isCsv = ending === 'csv';
  const body = isCsv
    ? editionCsv(edition, namesIn(town, edition, lang), lang)
    : await partOf(town, edition.id, edition.hash, 'content');
  return reply
    .headers({
      'content-type': `${isCsv ? 'text/csv' : 'application/json'}; charset=utf-8`,
      'content-disposition': `attachment; filename="${edition.district}-${edition.id}.${ending}"`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    .send(body);
}

/** The cases behind a number: for the hotline all, for a unit its own; others are told who may see them. */
async function showCases(
  pages: Pages,
  request: FastifyRequest<{ Params: Named }>,
  reply: FastifyReply,
  refused?: string,
): Promise<FastifyReply> {
  const visit = pages.visit(request, reply);
  const { town, staff } = visit;
  const shown = await readShown(visit, request.params.id, request);
  if (!shown) return pages.trouble(reply, visit, 'notFound');
  const { edition } = shown;
  const list = staff ? await listFor(town, edition.id, edition.hash, staff.actor) : [];
  const { subject, counts } = request.query as { subject?: unknown; counts?: unknown };
  const rows = list.filter(
    (one) => (!subject || one.subject === subject) && (!counts || one.counts === counts),
  );
  return pages.show(reply, visit, editionCasesPage(visit, shown, rows, refused), refused ? 409 : 200);
}

async function takeAppeal(
  pages: Pages,
  request: FastifyRequest<{ Params: Named }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const visit = pages.visit(request, reply);
  const { town, staff, now } = visit;
  if (!staff) return reply.redirect('/staff', 303);
  const sent = sentOf(request.body);
  if (!sameText(sent.get('form'), staff.formToken)) return pages.trouble(reply, visit, 'badRequest');
  const { id } = request.params;
  const order = {
    do: 'appeal',
    number: sent.get('number').replace(/[\s-]/g, ''),
    reason: sent.get('reason'),
    words: sent.get('words'),
  } as const;
  const done = await orderEdition(town, id, order, staff.actor, now);
  if (!isRefusal(done)) return reply.redirect(`/editions/${id}/cases`, 303);
  return await showCases(pages, request, reply, done.code);
}
