import { isRefusal, type Refusal, sayRequestNumber } from '@gezhi/basis';
import { countPutOff } from '@gezhi/storage';
import {
  askPrivacy,
  ownData,
  PRIVACY_ASKS,
  type PrivacyAsk,
  type PrivacyAsked,
  type Receipt,
  reportRetaliation,
} from '@gezhi/town';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Sent, sentOf } from '../kit/fields.ts';
import type { Pages } from '../kit/pages.ts';
import { momentOf } from '../kit/say.ts';
import { sameText } from '../kit/seals.ts';
import type { Visit } from '../kit/visit.ts';
import { mountMyReceipt } from '../my/my-receipt.ts';
import { PRIVACY_WORDS } from '../words/privacy-words.ts';
import { nameIn } from '../words/words.ts';
import { type MyData, myDataPage } from './my-data-page.ts';

/** A person's own data, for the browser that opened a request with its code. */
export function mountMyData(pages: Pages): void {
  const { app } = pages;
  mountMyReceipt(pages);
  app.get('/my/data', async (request, reply) => {
    const visit = pages.visit(request, reply);
    const mine = await myData(visit);
    return mine ? pages.show(reply, visit, myDataPage(visit, mine)) : reply.redirect('/my', 303);
  });
  app.get('/my/data.json', async (request, reply) => {
    const visit = pages.visit(request, reply);
    const mine = await myData(visit);
    if (!mine) return reply.redirect('/my', 303);
    return reply
      .headers({
        'cache-control': 'no-store',
        'content-disposition': `attachment; filename="${mine.number}.json"`,
        'x-content-type-options': 'nosniff',
      })
      .type('application/json; charset=utf-8')
      .send(JSON.stringify(mine.data, undefined, 2));
  });
  app.post('/my/data/ask', (request, reply) => answer(pages, request, reply, ask));
  app.post('/my/data/retaliation', (request, reply) => answer(pages, request, reply, retaliation));
}

async function myData({ town, mine, now }: Visit): Promise<MyData | undefined> {
  const data = mine && (await ownData(town, mine.number, now));
  if (!mine || !data || isRefusal(data)) return undefined;
  const putOff = await countPutOff(town.db.pool, town.district, now);
  return { ...mine, data, putOff: putOff.reduce((sum, { looks }) => sum + looks, 0) };
}

type Mine = NonNullable<Visit['mine']>;
type Work = (visit: Visit, mine: Mine, sent: Sent) => Promise<readonly string[] | Refusal>;

async function answer(
  pages: Pages,
  request: FastifyRequest,
  reply: FastifyReply,
  work: Work,
): Promise<FastifyReply> {
  const visit = { ...pages.visit(request, reply), here: '/my/data' };
  const { mine } = visit;
  const sent = sentOf(request.body);
  if (!mine || !sameText(sent.get('form'), mine.formToken)) return pages.trouble(reply, visit, 'badRequest');
  const told = await work(visit, mine, sent);
  const after = await myData(visit);
  if (!after) return reply.redirect('/my', 303);
  if (!isRefusal(told)) return pages.show(reply, visit, myDataPage(visit, after, { told }));
  const refused = nameIn(PRIVACY_WORDS[visit.lang].refusals, told.code);
  return pages.show(reply, visit, myDataPage(visit, after, { refused }), 422);
}

async function ask(visit: Visit, { number }: Mine, sent: Sent): Promise<readonly string[] | Refusal> {
  const what = sent.get('what') as PrivacyAsk;
  const order = { number, what: PRIVACY_ASKS.includes(what) ? what : 'appeal', ...typed(sent) };
  const done = await askPrivacy(visit.town, order, visit.now);
  return isRefusal(done) ? done : [...taken(visit, done.receipt), ...erasure(visit, done)];
}

async function retaliation(visit: Visit, { number }: Mine, sent: Sent): Promise<readonly string[] | Refusal> {
  const done = await reportRetaliation(visit.town, { number, ...typed(sent) }, visit.now);
  return isRefusal(done) ? done : taken(visit, done);
}

const WORDS_MAX = 2000;

function typed(sent: Sent): { readonly words: string; readonly commandId: string } {
  return {
    words: [...sent.get('words')].slice(0, WORDS_MAX).join(''),
    commandId: sent.get('commandId').slice(0, 36),
  };
}

function taken(visit: Visit, { number, code = '' }: Receipt): readonly string[] {
  return number ? [PRIVACY_WORDS[visit.lang].taken(sayRequestNumber(number), code)] : [];
}

function erasure(visit: Visit, { erasure: done }: PrivacyAsked): readonly string[] {
  const words = PRIVACY_WORDS[visit.lang];
  if (done === undefined) return [];
  if (done === 'inUse') return [words.inUse];
  return ['until' in done ? words.locked(momentOf(done.until, visit)) : words.erased];
}
