import { isRefusal, type Refusal } from '@gezhi/basis';
import { isLocalDay, localDay, zoneOf } from '@gezhi/clock';
import { type KnowledgeStatus, knowledgeVersions } from '@gezhi/storage';
import {
  askKnowledge,
  editKnowledge,
  findKnowledgeItem,
  type KnowledgeFields,
  type KnownItem,
  knowledgeOf,
  newKnowledge,
  readsItem,
  usualKnowledge,
} from '@gezhi/town';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NOTHING_SENT, type Sent, sentOf } from '../kit/fields.ts';
import type { Pages } from '../kit/pages.ts';
import { sameText } from '../kit/seals.ts';
import type { Staff, Visit } from '../kit/visit.ts';
import { type ItemForm, knowledgeDeskPage, knowledgeFormPage } from './knowledge-desk-page.ts';
import { knowledgeItemPage, knowledgePage } from './knowledge-page.ts';

type Named = { readonly id: string };

/** `/knowledge` and its items for everybody; `/knowledge/desk` for the units that answer for them. */
export function mountKnowledge(pages: Pages): void {
  const { app } = pages;
  app.get('/knowledge', async (request, reply) => {
    const visit = pages.visit(request, reply);
    const query = request.query as Readonly<Record<string, unknown>>;
    const text = (name: string): string =>
      typeof query[name] === 'string' ? query[name].trim().slice(0, 200) : '';
    const [q, place] = [text('q'), text('place')];
    const items =
      q === ''
        ? await usualKnowledge(visit.town, visit.now)
        : await askKnowledge(visit.town, { text: q, place: place || undefined }, visit.now);
    return pages.show(reply, visit, knowledgePage(visit, { q, place, items }));
  });
  app.get('/knowledge/desk', async (request, reply) => {
    const visit = pages.visit(request, reply);
    const { staff, town, now } = visit;
    if (!staff) return reply.redirect('/staff', 303);
    const items = await knowledgeOf(town, now, { owner: staff.unit.code });
    return pages.show(reply, visit, knowledgeDeskPage(visit, staff, items));
  });
  app.get<{ Params: Named }>('/knowledge/:id', async (request, reply) => {
    const visit = pages.visit(request, reply);
    const { staff, town, now } = visit;
    const item = await findKnowledgeItem(town, request.params.id, now);
    if (!item || !readsItem(town, item, now, staff?.actor)) return pages.trouble(reply, visit, 'notFound');
    return pages.show(reply, visit, knowledgeItemPage(visit, item, staff?.unit.code === item.owner));
  });
  app.get<{ Params: Named }>('/knowledge/desk/:id', async (request, reply) => {
    const visit = pages.visit(request, reply);
    if (!visit.staff) return reply.redirect('/staff', 303);
    const { saved } = request.query as { saved?: unknown };
    return await showForm(pages, reply, visit, visit.staff, request.params.id, { saved: saved === '1' });
  });
  app.post<{ Params: Named }>('/knowledge/desk/:id', (request, reply) => save(pages, request, reply));
}

async function showForm(
  pages: Pages,
  reply: FastifyReply,
  visit: Visit,
  staff: Staff,
  id: string,
  more: Partial<ItemForm>,
  status = 200,
): Promise<FastifyReply> {
  const { town, now } = visit;
  const item = id === 'new' ? undefined : await findKnowledgeItem(town, id, now);
  if (id !== 'new' && (!item || !readsItem(town, item, now, staff.actor)))
    return pages.trouble(reply, visit, 'notFound');
  const versions = item ? await knowledgeVersions(town.db.pool, town.district, id) : [];
  const mayEdit = item === undefined || item.owner === staff.unit.code;
  const form = { item, versions, sent: NOTHING_SENT, mayEdit, ...more };
  return pages.show(reply, visit, knowledgeFormPage(visit, staff, form), status);
}

async function save(
  pages: Pages,
  request: FastifyRequest<{ Params: Named }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { id } = request.params;
  const visit = { ...pages.visit(request, reply), here: `/knowledge/desk/${id}` };
  const { staff } = visit;
  const sent = sentOf(request.body);
  if (!staff) return reply.redirect('/staff', 303);
  if (!sameText(sent.get('form'), staff.formToken)) return pages.trouble(reply, visit, 'badRequest');
  const done = await write(visit, staff, id, sent);
  if (!isRefusal(done)) return reply.redirect(`/knowledge/desk/${done.id}?saved=1`, 303);
  // Somebody else's version is shown instead of what was typed over the one before.
  const kept = done.code === 'stale' ? {} : { sent };
  return await showForm(pages, reply, visit, staff, id, { ...kept, wrong: wrongOf(visit, done) }, 409);
}

async function write(visit: Visit, staff: Staff, id: string, sent: Sent): Promise<KnownItem | Refusal> {
  const { town, now } = visit;
  const status = (['live', 'proposed', 'withdrawn'] as const).find((one) => one === sent.get('status'));
  const fields = fieldsOf(visit, staff, sent);
  if (id === 'new')
    return await newKnowledge(
      town,
      { fields, status: status === 'live' ? 'live' : 'proposed' },
      staff.actor,
      now,
    );
  const change = { version: Number(sent.get('version')), status: status ?? ('proposed' as KnowledgeStatus) };
  const withdraws = status === 'withdrawn';
  return await editKnowledge(town, id, { ...change, ...(withdraws ? {} : { fields }) }, staff.actor, now);
}

function fieldsOf({ town }: Visit, staff: Staff, sent: Sent): KnowledgeFields {
  const isProposal = sent.get('status') !== 'live';
  const day = sent.get('validUntil');
  const isDay = isLocalDay(day);
  return {
    question: sent.get('question'),
    answer: sent.get('answer').replaceAll('\r\n', '\n'),
    basis: sent.get('basis') || (isProposal ? '—' : ''),
    owner: staff.unit.code,
    validUntil: isDay ? zoneOf(town.profile.zone).instantOf(localDay(day), END_OF_DAY_MS) : 0,
    kinds: sent.get('kinds') ? [sent.get('kinds')] : [],
    places: sent
      .get('places')
      .split(/[\s,，、;；]+/)
      .filter(Boolean),
    language: sent.get('language') === 'en' ? 'en' : 'zh',
  };
}

/** What holds until a day holds on that day. */
const END_OF_DAY_MS = 86_400_000 - 60_000;

function wrongOf({ w }: Visit, { code, details }: Refusal): { field: string; text: string } {
  const k = w.knowledge;
  if (code === 'stale') return { field: '', text: k.staleNow };
  if (code === 'not-owner') return { field: '', text: k.notYours };
  const field = String(details?.field ?? 'other');
  const text = Object.hasOwn(k.bad, field) ? k.bad[field as keyof typeof k.bad] : k.bad.other;
  return { field, text };
}
