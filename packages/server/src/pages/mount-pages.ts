import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import formbody from '@fastify/formbody';
import { isDatabaseAway } from '@gezhi/storage';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Unwelcome } from '../defence/unwelcome.ts';
import { isStopped } from '../problems/problems.ts';
import { isFromElsewhere } from '../session/is-from-us.ts';
import { mountAccounts } from './account/account-routes.ts';
import { mountAdmins } from './account/admin-routes.ts';
import { mountPasskeys } from './account/passkey-routes.ts';
import { mountResidents } from './account/resident-routes.ts';
import { mountSignIn } from './account/sign-in-routes.ts';
import { mountAlgorithms } from './algorithms/algorithms-routes.ts';
import { mountAnswerLink } from './callback/callback-mine.ts';
import { mountCallbacks } from './callback/callback-routes.ts';
import { mountCase } from './case/case-routes.ts';
import { mountQueue } from './case/queue-routes.ts';
import { mountDesk } from './desk/desk-routes.ts';
import { mountEditions } from './editions/edition-routes.ts';
import { mountCatalogue } from './home/catalogue-page.ts';
import { mountHome } from './home/home-routes.ts';
import { errorPage } from './kit/error-page.ts';
import { SEAL_PATH, STYLE_PATH } from './kit/layout.ts';
import { type Pages, pagesOn } from './kit/pages.ts';
import type { PageOptions } from './kit/visit.ts';
import { mountKnowledge } from './knowledge/knowledge-routes.ts';
import { mountMine } from './my/my-routes.ts';
import { mountUnsubscribe } from './my/unsubscribe.ts';
import { mountNotices } from './notices/notices-routes.ts';
import { mountEmergencyPages } from './powers/emergency-routes.ts';
import { mountPowers } from './powers/powers-routes.ts';
import { mountBreaches } from './privacy/breach-routes.ts';
import { mountContact } from './privacy/contact-routes.ts';
import { mountMyData } from './privacy/my-data-routes.ts';
import { mountNotice } from './privacy/notice-page.ts';
import { mountReport } from './report/report-routes.ts';
import { mountRounds } from './rounds/round-routes.ts';
import { mountRulings } from './rulings/rulings-routes.ts';
import { mountTaskLinks } from './task-link/task-link-routes.ts';
import { mountTopics } from './topics/topics-routes.ts';
import { mountUpstream } from './upstream/upstream-page.ts';
import { mountWhistles } from './whistles/whistle-routes.ts';

const STYLE = [
  '1-base',
  '2-lists-and-forms',
  '3-boxes-and-stories',
  '4-editions',
  '6-knowledge',
  '5-desks',
  '7-reading',
]
  .map((name) => readFileSync(new URL(`./style/${name}.css`, import.meta.url), 'utf8'))
  .join('\n');
const STYLE_VERSION = createHash('sha256').update(STYLE).digest('base64url').slice(0, 12);
const SEAL = readFileSync(new URL('./kit/seal.svg', import.meta.url), 'utf8');

/** Forms hold a few thousand characters; what is larger is none of ours. */
const FORM_MAX_BYTES = 64 * 1024;

/**
 * Mounts the pages that need no JavaScript: `/`, `/report`, `/my`, `/staff`, `/queue`, `/cases/:id`, `/notices`, `/editions`, their style sheet
 * under `/assets`,
 * and a page for every other address that a browser asks for. They keep their own form parser and error page to themselves, so that
 * the API beside them answers as it does without them.
 */
export function mountPages(app: FastifyInstance, options: PageOptions): void {
  app.register(async (own) => {
    if (!own.hasContentTypeParser('application/x-www-form-urlencoded')) await own.register(formbody);
    own.addHook('onRoute', (route) => {
      route.bodyLimit ??= FORM_MAX_BYTES;
    });
    const pages = pagesOn(own, options, STYLE_VERSION);
    own.addHook('onRequest', refuseStrangers(pages));
    own.setErrorHandler((error: FastifyError, request, reply) => failed(pages, error, request, reply));
    mountAssets(own);
    mountHome(pages);
    mountReport(pages);
    mountMine(pages);
    mountResidents(pages);
    mountMyData(pages);
    mountAnswerLink(pages);
    mountUnsubscribe(pages);
    mountCallbacks(pages);
    mountWhistles(pages);
    mountRounds(pages);
    mountSignIn(pages);
    mountAccounts(pages);
    mountPasskeys(pages);
    mountAdmins(pages);
    mountQueue(pages);
    mountCase(pages);
    mountNotice(pages);
    mountContact(pages);
    mountBreaches(pages);
    mountEditions(pages);
    mountNotices(pages);
    mountKnowledge(pages);
    mountTopics(pages);
    mountRulings(pages);
    mountEmergencyPages(pages);
    mountUpstream(pages);
    await mountTaskLinks(pages);
    mountAlgorithms(pages);
    mountCatalogue(pages);
    mountPowers(pages);
    mountDesk(pages);
    own.get('/*', (request, reply) => elsewhere(pages, request, reply));
  });
}

/** A form that another site's page sent is not taken: browsers say where a form comes from. */
function refuseStrangers(pages: Pages) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    if (request.method !== 'POST' || !isFromElsewhere(request)) return undefined;
    return pages.trouble(reply, pages.visit(request, reply), 'badRequest');
  };
}

function failed(
  pages: Pages,
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const visit = pages.visit(request, reply);
  const status = error.statusCode ?? 500;
  if (error instanceof Unwelcome && error.retryAfterSeconds !== undefined) {
    reply.header('retry-after', error.retryAfterSeconds);
    return pages.show(reply, visit, errorPage(visit, 'busy'), status);
  }
  if (status < 500) return pages.show(reply, visit, errorPage(visit, 'badRequest'), status);
  if (isStopped(error)) return pages.show(reply, visit, errorPage(visit, 'busy'), 503);
  if (isDatabaseAway(error)) return pages.trouble(reply, visit, 'away');
  pages.options.onFault?.(error, `${request.id} ${request.method} ${request.routeOptions.url ?? ''}`);
  return pages.trouble(reply, visit, 'failed', visit.w.errors.code(String(request.id)));
}

/** A browser that asks for an address nobody has gets a page; a program gets what the server says to programs. */
function elsewhere(pages: Pages, request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined {
  if (!request.headers.accept?.includes('text/html')) {
    reply.callNotFound();
    return reply;
  }
  return pages.trouble(reply, pages.visit(request, reply), 'notFound');
}

function mountAssets(app: FastifyInstance): void {
  const cache = {
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  };
  app.get(STYLE_PATH, (_request, reply) => reply.headers(cache).type('text/css; charset=utf-8').send(STYLE));
  app.get(SEAL_PATH, (_request, reply) =>
    reply
      .headers({ ...cache, 'cache-control': 'public, max-age=86400' })
      .type('image/svg+xml')
      .send(SEAL),
  );
}
