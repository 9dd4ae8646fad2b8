import { isCaseId, parseInstant } from '@gezhi/basis';
import { listNotices, NOTICE_STATES, type NoticeFilter } from '@gezhi/storage';
import { hiddenFrom } from '@gezhi/town';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemOfRefusal } from '../../problems/problems.ts';
import { retryFor } from '../../routes/notices.ts';
import { noticeViews } from '../../views/notice-view.ts';
import { sentOf } from '../kit/fields.ts';
import type { Pages } from '../kit/pages.ts';
import { sameText } from '../kit/seals.ts';
import type { Visit } from '../kit/visit.ts';
import { type NoticesShown, noticesPage } from './notices-page.ts';

const PAGE_SIZE = 25;

/** `/notices`: the delivery ledger for staff, and a button to send again. */
export function mountNotices(pages: Pages): void {
  pages.app.get('/notices', async (request, reply) => {
    const visit = pages.visit(request, reply);
    const { staff } = visit;
    if (!staff) return reply.redirect('/staff', 303);
    const query = request.query as Readonly<Record<string, unknown>>;
    return pages.show(reply, visit, noticesPage(visit, staff, await readShown(visit, query)));
  });
  pages.app.post('/notices/retry', (request, reply) => retry(pages, request, reply));
}

async function readShown(visit: Visit, query: Readonly<Record<string, unknown>>): Promise<NoticesShown> {
  const text = (name: string): string => (typeof query[name] === 'string' ? query[name].trim() : '');
  const state = NOTICE_STATES.find((name) => name === text('state'));
  const caseId = text('case');
  const [at = '', id = ''] = text('after').split(' ');
  const madeAt = parseInstant(at);
  const after = madeAt !== undefined && id ? { madeAt, id } : undefined;
  const filter: NoticeFilter = {
    ...(state ? { state } : {}),
    ...(text('target') ? { target: text('target').replaceAll(' ', '') } : {}),
    ...(isCaseId(caseId) ? { caseId } : {}),
    ...(after ? { after } : {}),
  };
  const rows = await listNotices(visit.town.db.pool, visit.town.district, filter, PAGE_SIZE + 1);
  const page = rows.slice(0, PAGE_SIZE);
  const last = rows.length > PAGE_SIZE ? page.at(-1) : undefined;
  const hidden = await hiddenFrom(
    visit.town,
    visit.staff?.actor,
    page.map((row) => row.caseId),
  );
  return {
    notices: await noticeViews(
      visit.town,
      page.filter((row) => !hidden.has(row.caseId)),
    ),
    next: last && `${new Date(last.madeAt).toISOString()} ${last.id}`,
    state: state ?? '',
    target: text('target'),
    isFirst: after === undefined,
    retried: query.again === '1',
  };
}

async function retry(pages: Pages, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const visit = { ...pages.visit(request, reply), here: '/notices' };
  const { staff, town, now, lang } = visit;
  const sent = sentOf(request.body);
  if (!staff) return reply.redirect('/staff', 303);
  if (!sameText(sent.get('form'), staff.formToken)) return pages.trouble(reply, visit, 'badRequest');
  const refusal = await retryFor(town, sent.get('id'), staff.actor, now);
  if (!refusal) return reply.redirect('/notices?again=1', 303);
  const { status, body } = problemOfRefusal(refusal, lang);
  const shown = { ...(await readShown(visit, {})), refused: body.title };
  return pages.show(reply, visit, noticesPage(visit, staff, shown), status);
}
