import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { errorPage, type Trouble } from './error-page.ts';
import { layout, type Page } from './layout.ts';
import { type PageOptions, type Visit, visitOf } from './visit.ts';

/** What every page's route may use: who is looking, and the ways to answer. */
export type Pages = {
  readonly app: FastifyInstance;
  readonly options: PageOptions;
  readonly visit: (request: FastifyRequest, reply: FastifyReply) => Visit;
  readonly show: (reply: FastifyReply, visit: Visit, page: Page, status?: number) => FastifyReply;
  readonly trouble: (reply: FastifyReply, visit: Visit, trouble: Trouble, detail?: string) => FastifyReply;
};

/** No script at all, no style but our own sheet, no frame around us, forms only to ourselves. */
const POLICY =
  "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/** The same, and one script of ours where a page brings it. */
const POLICY_WITH_SCRIPT = POLICY.replace("script-src 'none'", "script-src 'self'").replace(
  "trusted-types 'none'",
  'trusted-types gezhi',
);

/** @param styleVersion stands in the address of the style sheet, so that browsers keep it for good */
export function pagesOn(app: FastifyInstance, options: PageOptions, styleVersion: string): Pages {
  const show: Pages['show'] = (reply, visit, page, status = 200) =>
    reply
      .code(status)
      .headers({
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': page.script ? POLICY_WITH_SCRIPT : POLICY,
        'referrer-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
        'content-language': visit.w.lang,
        vary: 'Accept-Language, Cookie',
      })
      .send(layout(visit, styleVersion, page));
  const statuses = {
    notFound: 404,
    forbidden: 403,
    badRequest: 403,
    failed: 500,
    away: 503,
    busy: 429,
  } as const;
  return {
    app,
    options,
    visit: (request, reply) => visitOf(options, request, reply),
    show,
    trouble: (reply, visit, trouble, detail) =>
      show(reply, visit, errorPage(visit, trouble, detail), statuses[trouble]),
  };
}
