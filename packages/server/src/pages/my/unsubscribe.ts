import { isRefusal } from '@gezhi/basis';
import { endSubscriptions, openEndToken } from '@gezhi/town';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { html } from '../kit/html.ts';
import type { Page } from '../kit/layout.ts';
import type { Pages } from '../kit/pages.ts';
import type { Visit } from '../kit/visit.ts';

const WORDS = {
  zh: {
    title: '退订',
    ask: '按一下就不再给您发消息，留下的号码或邮箱同时销毁。',
    go: '退订',
    done: '已退订，您的号码或邮箱已销毁。',
    bad: '这个链接不是我们发出的。请从消息里完整复制。',
  },
  en: {
    title: 'Unsubscribe',
    ask: 'One press, and no more messages are sent; the number or mail address you left is destroyed.',
    go: 'Unsubscribe',
    done: 'You are told no more, and your address is destroyed.',
    bad: 'This link is none of ours. Copy all of it from the message.',
  },
} as const;

/** `/unsubscribe/<token>`, from a message: one press, without any sign-in. A look at the link alone ends nothing: machines look at links too. */
export function mountUnsubscribe(pages: Pages): void {
  pages.app.get('/unsubscribe/:token', (request, reply) => byToken(pages, request, reply, false));
  pages.app.post('/unsubscribe/:token', (request, reply) => byToken(pages, request, reply, true));
}

async function byToken(
  pages: Pages,
  request: FastifyRequest,
  reply: FastifyReply,
  ends: boolean,
): Promise<FastifyReply> {
  const { token } = request.params as { token: string };
  const visit = { ...pages.visit(request, reply), here: '/portal/near' };
  const opened = await openEndToken(visit.town, token);
  if (isRefusal(opened)) return pages.show(reply, visit, unsubscribePage(visit, 'bad'), 410);
  if (opened !== 'ended' && ends) await endSubscriptions(visit.town, [opened.id], visit.now);
  return pages.show(reply, visit, unsubscribePage(visit, ends || opened === 'ended' ? 'done' : 'ask'));
}

function unsubscribePage({ lang }: Visit, stands: 'ask' | 'done' | 'bad'): Page {
  const w = WORDS[lang];
  const body = html`<div class="wrap narrow"><h1>${w.title}</h1><p${stands === 'done' && html` class="good" role="status"`}>${w[stands]}</p>
${stands === 'ask' && html`<form method="post"><button class="go">${w.go}</button></form>`}</div>`;
  return { title: w.title, body, active: 'my' };
}
