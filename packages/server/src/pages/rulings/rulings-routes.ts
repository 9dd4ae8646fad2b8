import { isRefusal } from '@gezhi/basis';
import { listRulings } from '@gezhi/storage';
import { mayEdition, orderRuling, RULING_WORDS, rulingNumber } from '@gezhi/town';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemOfRefusal } from '../../problems/problems.ts';
import { isTold } from '../../views/ruling-view.ts';
import { sentOf } from '../kit/fields.ts';
import type { Pages } from '../kit/pages.ts';
import { sameText } from '../kit/seals.ts';
import type { Visit } from '../kit/visit.ts';
import { type RulingsShown, rulingsPage } from './rulings-page.ts';

const PAGE_SIZE = 50;

/** `/rulings`: the public list, and the word of the catalogue's owner. */
export function mountRulings(pages: Pages): void {
  pages.app.get('/rulings', async (request, reply) => {
    const visit = pages.visit(request, reply);
    const query = request.query as { readonly before?: string; readonly done?: string };
    const before = /^\d{1,9}$/.test(query.before ?? '') ? Number(query.before) : undefined;
    const news = query.done === '1' ? ({ done: true } as const) : undefined;
    return pages.show(reply, visit, rulingsPage(visit, await readShown(visit, before, news)));
  });
  pages.app.post('/rulings/:ruling', (request, reply) => decide(pages, request, reply));
}

async function readShown(
  visit: Visit,
  before: number | undefined,
  news: RulingsShown['news'],
): Promise<RulingsShown> {
  const { town, staff } = visit;
  const filter = before === undefined ? {} : { before };
  const rows = await listRulings(town.db.pool, town.district, filter, PAGE_SIZE + 1);
  const page = rows.slice(0, PAGE_SIZE);
  return {
    rulings: page.filter((row) => isTold(town, row)),
    next: rows.length > PAGE_SIZE ? page.at(-1)!.number : undefined,
    decides: staff !== undefined && !isRefusal(mayEdition(town, 'ruling.decide', staff.actor)),
    ...(news ? { news } : {}),
  };
}

async function decide(pages: Pages, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const visit = { ...pages.visit(request, reply), here: '/rulings' };
  const { staff, town, now, lang } = visit;
  const sent = sentOf(request.body);
  if (!staff) return reply.redirect('/staff', 303);
  if (!sameText(sent.get('form'), staff.formToken)) return pages.trouble(reply, visit, 'badRequest');
  const number = rulingNumber((request.params as { ruling: string }).ruling);
  const act = (['adopted', 'withdrawn'] as const).find((one) => one === sent.get('act'));
  if (number === undefined || !act) return pages.trouble(reply, visit, 'notFound');
  const done = await orderRuling(town, { number, act, basis: sent.get('basis') }, staff.actor, now);
  if (!isRefusal(done)) return reply.redirect('/rulings?done=1', 303);
  const { status, body } = problemOfRefusal(done, lang);
  const refused = done.code === 'missing-field' ? RULING_WORDS[lang].missing : body.title;
  return pages.show(reply, visit, rulingsPage(visit, await readShown(visit, undefined, { refused })), status);
}
