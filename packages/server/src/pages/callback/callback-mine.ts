import { randomUUID } from 'node:crypto';
import { isRefusal, type RequestNumber, sayRequestNumber } from '@gezhi/basis';
import { answerSelf, isAsked, openAnswerLink } from '@gezhi/town';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type CaseView, findCaseView } from '../case/case-view.ts';
import { NOTHING_SENT, type Sent, sentOf } from '../kit/fields.ts';
import { type Child, html } from '../kit/html.ts';
import type { Page } from '../kit/layout.ts';
import type { Pages } from '../kit/pages.ts';
import { sayRefusal } from '../kit/refusal-words.ts';
import type { Visit } from '../kit/visit.ts';
import { callbackQuestions, readCallback } from './callback-questions.ts';

/** The three questions on one's own request's page, where they are asked now. */
export function mySurvey(
  visit: Visit,
  number: RequestNumber,
  view: CaseView,
  how: { readonly formToken: string; readonly unanswered?: boolean; readonly answered?: boolean },
): Child {
  const { mine } = visit.w.callback;
  if (how.answered) return html`<p class="good" role="status">${mine.done}</p>`;
  if (!isAsked(visit.town, view.c, number, visit.now)) return undefined;
  return html`<section class="sheet" aria-labelledby="survey"><h2 id="survey">${mine.title}</h2>
${surveyForm(visit, '/my/survey', how.formToken, how.unanswered === true, NOTHING_SENT)}</section>`;
}

function surveyForm(visit: Visit, action: string, token: string, unanswered: boolean, sent: Sent): Child {
  const { callback } = visit.w;
  return html`<p>${callback.mine.lead}</p>${unanswered && html`<p class="error" role="alert">${callback.missing}</p>`}
<form method="post" action="${action}"><input type="hidden" name="form" value="${token}"><input type="hidden" name="commandId" value="${randomUUID()}">
${callbackQuestions(visit, sent)}<p><button class="go">${callback.mine.send}</button></p></form>`;
}

/** Writes one's own answer down, by the web; answers why not. The number comes from whoever opened it, never from the form. */
export async function answerMine(
  visit: Visit,
  number: RequestNumber,
  sent: Sent,
): Promise<'answered' | 'unanswered' | { readonly refused: string }> {
  const answer = readCallback(sent);
  if (!answer) return 'unanswered';
  const commandId = `my/${number}/${sent.get('commandId').slice(0, 36)}`;
  const done = await answerSelf(visit.town, { number, answer, way: 'web' }, commandId, visit.now);
  if (!isRefusal(done)) return 'answered';
  const asked = done.code === 'nothing-asked';
  return { refused: asked ? visit.w.callback.nothingAsked : sayRefusal(visit, done) };
}

/** `/my/answer/<link>`: the three questions of one request, from a message; nothing else of it is opened. */
export function mountAnswerLink(pages: Pages): void {
  pages.app.get('/my/answer/:link', (request, reply) => byLink(pages, request, reply, undefined));
  pages.app.post('/my/answer/:link', (request, reply) => byLink(pages, request, reply, sentOf(request.body)));
}

async function byLink(
  pages: Pages,
  request: FastifyRequest,
  reply: FastifyReply,
  sent: Sent | undefined,
): Promise<FastifyReply> {
  const { link } = request.params as { link: string };
  const visit = { ...pages.visit(request, reply), here: `/my/answer/${encodeURIComponent(link)}` };
  const { mine } = visit.w.callback;
  const opened = await openAnswerLink(visit.town, link, visit.now);
  if (isRefusal(opened)) {
    const said = { 'link-over': mine.linkOver, 'link-spent': mine.linkSpent }[opened.code] ?? mine.badLink;
    return pages.show(reply, visit, linkPage(visit, undefined, html`<p class="note">${said}</p>`), 410);
  }
  const { number } = opened;
  const outcome = sent && (await answerMine(visit, number, sent));
  const inside =
    outcome === 'answered'
      ? html`<p class="good" role="status">${mine.done}</p>`
      : typeof outcome === 'object'
        ? html`<p class="note">${outcome.refused}</p>`
        : await askedOf(visit, link, opened.number, outcome === 'unanswered', sent);
  return pages.show(
    reply,
    visit,
    linkPage(visit, number, inside),
    outcome && outcome !== 'answered' ? 422 : 200,
  );
}

async function askedOf(
  visit: Visit,
  link: string,
  number: RequestNumber,
  unanswered: boolean,
  sent: Sent | undefined,
): Promise<Child> {
  const { callback, my } = visit.w;
  const opened = await openAnswerLink(visit.town, link, visit.now);
  const view = isRefusal(opened) ? undefined : await findCaseView(visit.town, opened.c.caseId);
  if (!view || !isAsked(visit.town, view.c, number, visit.now))
    return html`<p class="note">${callback.nothingAsked}</p>`;
  const done = view.facts.findLast((fact) => fact.type === 'done');
  const said =
    done?.type === 'done' ? (view.said.get(done.data.words.id) ?? my.erased) : callback.unitSaidNothing;
  return html`<h2>${callback.unitSaid}</h2><blockquote class="said"><p>${said}</p></blockquote>
${surveyForm(visit, `/my/answer/${encodeURIComponent(link)}`, '', unanswered, sent ?? NOTHING_SENT)}`;
}

function linkPage(visit: Visit, number: RequestNumber | undefined, inside: Child): Page {
  const { mine } = visit.w.callback;
  const title = number ? mine.linkTitle(sayRequestNumber(number)) : mine.title;
  const body = html`<div class="wrap narrow"><h1>${title}</h1>${inside}<p><a href="/my">${visit.w.my.title}</a></p></div>`;
  return { title, body, active: 'my' };
}
