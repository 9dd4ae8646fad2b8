import { isRefusal, type RequestNumber } from '@gezhi/basis';
import { findRequest } from '@gezhi/storage';
import { act, processOf } from '@gezhi/town';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { openRequest } from '../../code-lock.ts';
import { answerMine } from '../callback/callback-mine.ts';
import { type CaseView, findCaseView } from '../case/case-view.ts';
import { setCookie } from '../kit/cookies.ts';
import { NOTHING_SENT, type Sent, sentOf } from '../kit/fields.ts';
import type { Pages } from '../kit/pages.ts';
import { sayRefusal } from '../kit/refusal-words.ts';
import { momentOf } from '../kit/say.ts';
import { sameText, sealNumber } from '../kit/seals.ts';
import { COOKIES, type Visit } from '../kit/visit.ts';
import { findMyPage, myRequestPage } from './my-pages.ts';

/** How long a browser that gave the right code goes on seeing the request, in seconds. */
const OPEN_S = 60 * 60;

export function mountMine(pages: Pages): void {
  const { app } = pages;
  app.get('/my', (request, reply) => {
    const visit = pages.visit(request, reply);
    if (visit.mine) return reply.redirect('/my/request', 303);
    return pages.show(reply, visit, findMyPage(visit, NOTHING_SENT, []));
  });
  app.post('/my', (request, reply) => open(pages, request, reply));
  app.get('/my/request', async (request, reply) => {
    const visit = pages.visit(request, reply);
    const mine = await findMine(visit);
    if (!mine) return reply.redirect('/my', 303);
    const query = request.query as { added?: unknown; answered?: unknown };
    const how = { added: query.added === '1', answered: query.answered === '1', formToken: mine.formToken };
    return pages.show(reply, visit, myRequestPage(visit, mine.number, mine.view, how));
  });
  app.post('/my/survey', (request, reply) => survey(pages, request, reply));
  app.post('/my/words', (request, reply) => addWords(pages, request, reply));
  app.post('/my/leave', (request, reply) => {
    setCookie(request, reply, COOKIES.mine, '', 0);
    return reply.redirect('/my', 303);
  });
}

async function open(pages: Pages, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const visit = { ...pages.visit(request, reply), here: '/my' };
  const sent = sentOf(request.body);
  const { town, now } = visit;
  const code = sent.get('code').replace(/\s/g, '');
  const opened = await openRequest(town, sent.get('number'), code, { actor: undefined, now });
  if (isRefusal(opened)) {
    const [status, error] = noEntry(visit, opened.code, opened.details?.retryAfterSeconds);
    return pages.show(reply, visit, findMyPage(visit, sent, [error]), status);
  }
  const sealed = sealNumber(town.secret, `my:${town.district}`, opened.number, now + OPEN_S * 1000);
  setCookie(request, reply, COOKIES.mine, sealed, OPEN_S);
  return reply.redirect('/my/request', 303);
}

function noEntry(
  visit: Visit,
  code: string,
  retryAfterSeconds: unknown,
): readonly [number, { field: string; text: string }] {
  const { my } = visit.w;
  if (code === 'bad-number') return [422, { field: 'number', text: my.numberWrong }];
  if (code === 'locked' && typeof retryAfterSeconds === 'number') {
    return [429, { field: 'number', text: my.locked(momentOf(visit.now + retryAfterSeconds * 1000, visit)) }];
  }
  return [403, { field: 'code', text: code === 'not-entered-yet' ? my.notEntered : my.codeWrong }];
}

type Mine = { readonly number: RequestNumber; readonly formToken: string; readonly view: CaseView };

async function findMine({ town, mine }: Visit): Promise<Mine | undefined> {
  const caseId = mine && (await findRequest(town.db.pool, town.district, mine.number));
  const view = caseId && (await findCaseView(town, caseId));
  return mine && view ? { ...mine, view } : undefined;
}

async function addWords(pages: Pages, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const visit = { ...pages.visit(request, reply), here: '/my/request' };
  const sent = sentOf(request.body);
  const mine = await findMine(visit);
  if (!mine || !sameText(sent.get('form'), mine.formToken)) return pages.trouble(reply, visit, 'badRequest');
  const refused = await sayMore(visit, mine, sent);
  if (refused === undefined) return reply.redirect('/my/request?added=1', 303);
  const how = { added: false, formToken: mine.formToken, refused, words: sent.get('words') };
  return pages.show(reply, visit, myRequestPage(visit, mine.number, mine.view, how), 422);
}

/** The requester's own answers: for the number that this browser opened, whatever the form says. */
async function survey(pages: Pages, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const visit = { ...pages.visit(request, reply), here: '/my/request' };
  const sent = sentOf(request.body);
  const mine = await findMine(visit);
  if (!mine || !sameText(sent.get('form'), mine.formToken)) return pages.trouble(reply, visit, 'badRequest');
  const outcome = await answerMine(visit, mine.number, sent);
  if (outcome === 'answered') return reply.redirect('/my/request?answered=1', 303);
  const refused = outcome === 'unanswered' ? { unanswered: true } : outcome;
  const how = { added: false, formToken: mine.formToken, ...refused };
  return pages.show(reply, visit, myRequestPage(visit, mine.number, mine.view, how), 422);
}

/** Adds words as the requester; answers why not, where they were not taken. */
async function sayMore(visit: Visit, { number, view }: Mine, sent: Sent): Promise<string | undefined> {
  const { town, now, w } = visit;
  const words = sent.get('words');
  const follow = Object.values(processOf(town, view.c).actions).find((action) => action.act === 'follow');
  if (!words || !follow) return w.form.required;
  if ([...words].length > WORDS_MAX) return w.form.tooLong(WORDS_MAX);
  const done = await act(
    town,
    {
      commandId: `my/${number}/${sent.get('commandId')}`,
      caseId: view.c.caseId,
      action: follow.name,
      by: { post: 'requester' },
      input: { number, words },
    },
    now,
  );
  return isRefusal(done) ? sayRefusal(visit, done) : undefined;
}

const WORDS_MAX = 2000;
