import { parseRequestNumber } from '@gezhi/basis';
import { findRequest } from '@gezhi/storage';
import { refuseSightOf } from '@gezhi/town';
import type { Pages } from '../kit/pages.ts';
import { queuePage, readQueue } from './queue-page.ts';

export function mountQueue(pages: Pages): void {
  const { app } = pages;
  app.get('/queue', async (request, reply) => {
    const visit = pages.visit(request, reply);
    const { staff } = visit;
    if (!staff) return reply.redirect('/staff', 303);
    const query = request.query as Readonly<Record<string, unknown>>;
    return pages.show(reply, visit, queuePage(visit, staff, await readQueue(visit, staff, query), query));
  });
  app.get('/queue/find', async (request, reply) => {
    const { staff, town } = pages.visit(request, reply);
    if (!staff) return reply.redirect('/staff', 303);
    const number = parseRequestNumber(String((request.query as { number?: unknown }).number ?? ''));
    const caseId = number && (await findRequest(town.db.pool, town.district, number));
    const seen = caseId && (await refuseSightOf(town, caseId, staff.actor))?.code !== 'no-such-case';
    return reply.redirect(seen ? `/cases/${caseId}` : '/queue?missed=1', 303);
  });
}
