import {
  beginSecondFactor,
  beginSingleSignOn,
  changePassword,
  choosePost,
  confirmSecondFactor,
  endSitting,
  type From,
  finishSingleSignOn,
  type Gate,
  hasPassword,
  isAdmin,
  listPasskeys,
  listSittings,
  readLink,
  revokeSitting,
  type Sitting,
  SSO_PATH,
  type Step,
  setPassword,
  setUp,
  showSecondFactor,
  signInByPassword,
  takePasskeyAway,
  useLink,
} from '@gezhi/accounts';
import { isRefusal, MINUTE, type Refusal } from '@gezhi/basis';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { postsOf } from '../../session/who.ts';
import { addCookies } from '../kit/cookies.ts';
import { NOTHING_SENT, type Sent, sentOf } from '../kit/fields.ts';
import type { Pages } from '../kit/pages.ts';
import { formToken, sameText } from '../kit/seals.ts';
import type { Visit } from '../kit/visit.ts';
import { ACCOUNT_WORDS } from '../words/account-words.ts';
import {
  accountPage,
  confirmFactorPage,
  factorPage,
  linkOverPage,
  linkPage,
  newFactorPage,
  postsPage,
  secondPage,
} from './account-pages.ts';
import { setUpDonePage, setUpPage } from './set-up-page.ts';
import { staffPage } from './staff-page.ts';

/** Signing in with an account, and one's own account. */
export function mountAccounts(pages: Pages): void {
  const { app } = pages;
  app.get('/staff/second', (request, reply) => {
    const visit = pages.visit(request, reply);
    return pages.show(reply, visit, secondPage(visit));
  });
  app.post('/staff/second', (request, reply) => second(pages, request, reply));
  mountSingleSignOn(pages);
  mountFactor(pages);
  mountOwn(pages);
  mountLinks(pages);
}

/** What a page needs that is for whoever is signed in. */
export type At = {
  readonly pages: Pages;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly visit: Visit;
  readonly gate: Gate;
  readonly sitting: Sitting;
  readonly token: string;
  readonly sent: Sent;
};

type Work = (at: At) => Promise<FastifyReply>;

/**
 * A page for whoever is signed in; whoever is not goes to the sign-in. `weak: true`: before the second factor too. Forms are taken with the
 * token of their session alone.
 */
export function signedInPage(
  { pages, path, method }: { readonly pages: Pages; readonly path: string; readonly method: 'GET' | 'POST' },
  work: Work,
  options: { readonly weak?: boolean } = {},
): void {
  pages.app.route({
    url: path,
    method,
    handler: async (request, reply) => {
      const visit = {
        ...pages.visit(request, reply),
        ...(method === 'POST' ? { here: '/staff/account' } : {}),
      };
      const gate = await pages.options.gate?.();
      const { sitting } = request;
      if (!gate || !sitting || sitting.account.district !== visit.town.district)
        return reply.redirect('/staff', 303);
      if (!sitting.strong && options.weak !== true) return reply.redirect('/staff/factor', 303);
      const token = formToken(visit.town.secret, sitting.id);
      const sent = sentOf(request.body);
      if (method === 'POST' && !sameText(sent.get('form'), token))
        return pages.trouble(reply, visit, 'badRequest');
      return await work({ pages, request, reply, visit, gate, sitting, token, sent });
    },
  });
}

/** Where a call comes from, as the log of the door wants it. */
export function fromOf(request: FastifyRequest): From {
  return { machine: request.ip, browser: request.headers['user-agent'], cookie: request.headers.cookie };
}

/** Signs in by staff number and password, as far as that goes. */
export async function enterByPassword(
  pages: Pages,
  request: FastifyRequest,
  reply: FastifyReply,
  sent: Sent,
): Promise<FastifyReply> {
  const visit = { ...pages.visit(request, reply), here: '/staff' };
  const gate = await pages.options.gate?.();
  if (!gate) return pages.trouble(reply, visit, 'notFound');
  const { district } = visit.town;
  const name = sent.get('name').slice(0, 60);
  const password = passwordOf(request.body, 'password');
  const step = await signInByPassword(gate, { district, name, password }, fromOf(request));
  if (!isRefusal(step)) return await goOn(gate, visit, reply, step);
  return pages.show(
    reply,
    visit,
    staffPage(visit, { account: sayRefusal(visit, step), name }),
    statusOf(step),
  );
}

/** Passwords are taken as they were typed, blanks and all. */
export function passwordOf(body: unknown, field: string): string {
  const value = (body as Readonly<Record<string, unknown>> | undefined)?.[field];
  return typeof value === 'string' ? value.slice(0, 200) : '';
}

/** The next page on the way in: cookies kept, and the only post chosen where there is but one. */
export async function goOn(gate: Gate, visit: Visit, reply: FastifyReply, step: Step): Promise<FastifyReply> {
  return reply.redirect(await nextPage(gate, visit, reply, step), 303);
}

/** The same, answering where it is. */
export async function nextPage(gate: Gate, visit: Visit, reply: FastifyReply, step: Step): Promise<string> {
  addCookies(reply, step.cookies);
  if (step.step === 'second') return '/staff/second';
  if (step.step === 'enrol') return '/staff/factor';
  const { sitting } = step;
  if (isAdmin(sitting.account.role)) return '/admin';
  const [only, ...others] = postsOf(visit.town, sitting, visit.now);
  if (!only || others.length > 0) return '/staff/posts';
  await choosePost(gate, sitting, only.post);
  return '/queue';
}

async function second(pages: Pages, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const visit = { ...pages.visit(request, reply), here: '/staff/second' };
  const gate = await pages.options.gate?.();
  if (!gate) return pages.trouble(reply, visit, 'notFound');
  const code = sentOf(request.body).get('code').slice(0, 20);
  const step = await showSecondFactor(gate, visit.town.district, code, fromOf(request));
  if (!isRefusal(step)) return await goOn(gate, visit, reply, step);
  return pages.show(reply, visit, secondPage(visit, sayRefusal(visit, step)), statusOf(step));
}

/** Away to the provider of the single sign-on, and back. */
function mountSingleSignOn(pages: Pages): void {
  const { app } = pages;
  app.post('/staff/sso', async (request, reply) => {
    const gate = await pages.options.gate?.();
    const leaving = gate && (await beginSingleSignOn(gate, fromOf(request)));
    if (!leaving || isRefusal(leaving)) return pages.trouble(reply, pages.visit(request, reply), 'notFound');
    addCookies(reply, leaving.cookies);
    return reply.redirect(leaving.url, 303);
  });
  app.get(SSO_PATH, async (request, reply) => {
    const visit = { ...pages.visit(request, reply), here: '/staff' };
    const gate = await pages.options.gate?.();
    if (!gate) return pages.trouble(reply, visit, 'notFound');
    const step = await finishSingleSignOn(gate, new URL(request.url, 'http://here').search, fromOf(request));
    if (!isRefusal(step)) return await goOn(gate, visit, reply, step);
    const account = ACCOUNT_WORDS[visit.lang].ssoNobody;
    return pages.show(reply, visit, staffPage(visit, { account }), 403);
  });
}

function mountFactor(pages: Pages): void {
  const weak = { weak: true };
  signedInPage(
    { pages, path: '/staff/factor', method: 'GET' },
    async ({ reply, visit, gate, sitting, token }) => {
      const asksPassword = await hasPassword(gate, sitting.account);
      return pages.show(reply, visit, factorPage(visit, token, { asksPassword }));
    },
    weak,
  );
  signedInPage(
    { pages, path: '/staff/factor', method: 'POST' },
    async ({ request, reply, visit, gate, sitting, token }) => {
      const factor = await beginSecondFactor(
        gate,
        sitting,
        passwordOf(request.body, 'password'),
        fromOf(request),
      );
      if (!isRefusal(factor)) return pages.show(reply, visit, newFactorPage(visit, token, factor));
      const error = { asksPassword: true, error: sayRefusal(visit, factor) };
      return pages.show(reply, visit, factorPage(visit, token, error), statusOf(factor));
    },
    weak,
  );
  signedInPage(
    { pages, path: '/staff/factor/confirm', method: 'POST' },
    async ({ request, reply, visit, gate, sitting, token, sent }) => {
      const step = await confirmSecondFactor(gate, sitting, sent.get('code').slice(0, 20), fromOf(request));
      if (!isRefusal(step)) return await goOn(gate, visit, reply, step);
      return pages.show(
        reply,
        visit,
        confirmFactorPage(visit, token, sayRefusal(visit, step)),
        statusOf(step),
      );
    },
    weak,
  );
}

function mountOwn(pages: Pages): void {
  signedInPage({ pages, path: '/staff/posts', method: 'GET' }, async ({ reply, visit, sitting, token }) =>
    pages.show(reply, visit, postsPage(visit, sitting, token, postsOf(visit.town, sitting, visit.now))),
  );
  signedInPage(
    { pages, path: '/staff/posts', method: 'POST' },
    async ({ reply, visit, gate, sitting, sent }) => {
      const chosen = postsOf(visit.town, sitting, visit.now).find(({ post }) => post === sent.get('post'));
      if (!chosen) return pages.trouble(reply, visit, 'forbidden');
      await choosePost(gate, sitting, chosen.post);
      return reply.redirect('/queue', 303);
    },
  );
  signedInPage({ pages, path: '/staff/account', method: 'GET' }, (at) => showAccount(at, {}));
  signedInPage({ pages, path: '/staff/account/password', method: 'POST' }, setAnew);
  signedInPage(
    { pages, path: '/staff/account/revoke', method: 'POST' },
    async ({ reply, gate, sitting, sent }) => {
      await revokeSitting(gate, sitting.account, sent.get('id'), sitting.account.id);
      return reply.redirect(sent.get('id') === sitting.id ? '/staff' : '/staff/account', 303);
    },
  );
  signedInPage(
    { pages, path: '/staff/account/passkey', method: 'POST' },
    async ({ reply, gate, sitting, sent }) => {
      await takePasskeyAway(gate, sitting.account, sent.get('id'));
      return reply.redirect('/staff/account', 303);
    },
  );
}

async function setAnew(at: At): Promise<FastifyReply> {
  const before = passwordOf(at.request.body, 'before');
  const refused = await changePassword(at.gate, at.sitting.account, {
    before,
    next: passwordOf(at.request.body, 'next'),
  });
  if (!isRefusal(refused)) return at.reply.redirect('/staff', 303);
  const isWeak = refused.code === 'weak-password';
  const error = isWeak ? ACCOUNT_WORDS[at.visit.lang].weak : sayRefusal(at.visit, refused);
  return await showAccount(at, { error }, 422);
}

async function showAccount(
  { pages, reply, visit, gate, sitting, token }: At,
  shown: { readonly error?: string },
  status = 200,
): Promise<FastifyReply> {
  const { account } = sitting;
  const [sittings, passkeys] = [await listSittings(gate, account), await listPasskeys(gate, account)];
  return pages.show(
    reply,
    visit,
    accountPage(visit, sitting, token, { sittings, passkeys, ...shown }),
    status,
  );
}

/** Ends the session of a browser, where its form says so. */
export async function leave(pages: Pages, request: FastifyRequest, secret: Buffer): Promise<void> {
  const { sitting } = request;
  const gate = await pages.options.gate?.();
  if (!gate || !sitting) return;
  if (sameText(sentOf(request.body).get('form'), formToken(secret, sitting.id)))
    await endSitting(gate, sitting);
}

function mountLinks(pages: Pages): void {
  const { app } = pages;
  app.get('/staff/link', async (request, reply) => {
    const visit = { ...pages.visit(request, reply), here: '/staff' };
    const key = String((request.query as { key?: unknown }).key ?? '');
    const opened = await openedBy(pages, visit, key);
    if (!opened?.account) return pages.show(reply, visit, linkOverPage(visit), 410);
    return pages.show(reply, visit, linkPage(visit, { name: opened.account.name, key }));
  });
  app.post('/staff/link', (request, reply) => setByLink(pages, request, reply));
  app.get('/setup', async (request, reply) => {
    const visit = { ...pages.visit(request, reply), here: '/staff' };
    const key = String((request.query as { key?: unknown }).key ?? '');
    const opened = await openedBy(pages, visit, key);
    if (!opened || opened.account) return pages.show(reply, visit, linkOverPage(visit), 410);
    return pages.show(reply, visit, setUpPage(visit, key, NOTHING_SENT));
  });
  app.post('/setup', (request, reply) => nameAdmins(pages, request, reply));
}

async function openedBy(pages: Pages, { town }: Visit, key: string) {
  const gate = await pages.options.gate?.();
  const opened = gate && (await readLink(gate, town.district, key.slice(0, 100)));
  return opened === undefined || isRefusal(opened) ? undefined : opened;
}

async function setByLink(pages: Pages, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const visit = { ...pages.visit(request, reply), here: '/staff' };
  const w = ACCOUNT_WORDS[visit.lang];
  const { district } = visit.town;
  const key = sentOf(request.body).get('key').slice(0, 100);
  const gate = await pages.options.gate?.();
  const opened = await openedBy(pages, visit, key);
  if (!gate || !opened?.account) return pages.show(reply, visit, linkOverPage(visit), 410);
  const { name } = opened.account;
  const [password, again] = ['password', 'again'].map((field) => passwordOf(request.body, field));
  const wrong = (error: string): FastifyReply =>
    pages.show(reply, visit, linkPage(visit, { name, key, error }), 422);
  if (password === undefined || password !== again) return wrong(w.notSame);
  const refused = await setPassword(gate, opened.account, password);
  if (isRefusal(refused)) return wrong(w.weak);
  await useLink(gate, district, key);
  const step = await signInByPassword(gate, { district, name, password }, fromOf(request));
  if (isRefusal(step)) return reply.redirect('/staff', 303);
  return await goOn(gate, visit, reply, step);
}

async function nameAdmins(pages: Pages, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const visit = { ...pages.visit(request, reply), here: '/staff' };
  const w = ACCOUNT_WORDS[visit.lang];
  const sent = sentOf(request.body);
  const key = sent.get('key').slice(0, 100);
  const gate = await pages.options.gate?.();
  if (!gate) return pages.show(reply, visit, linkOverPage(visit), 410);
  const named = {
    systemAdmin: sent.get('systemAdmin'),
    securityAdmin: sent.get('securityAdmin'),
    auditAdmin: sent.get('auditAdmin'),
  };
  const invited = await setUp(gate, visit.town.district, key, named);
  if (!isRefusal(invited)) return pages.show(reply, visit, setUpDonePage(visit, invited));
  if (invited.code === 'link-over' || invited.code === 'set-up-done')
    return pages.show(reply, visit, linkOverPage(visit), 410);
  const error = invited.code === 'not-three' ? w.notThree : w.badName;
  return pages.show(reply, visit, setUpPage(visit, key, sent, error), 422);
}

/** Why somebody was not let in, in their language. */
export function sayRefusal({ lang }: Visit, { code, details }: Refusal): string {
  const w = ACCOUNT_WORDS[lang];
  if (code === 'too-many-tries') {
    const seconds = Number((details as { retryAfterSeconds?: number } | undefined)?.retryAfterSeconds ?? 60);
    return w.tooMany(Math.max(1, Math.ceil((seconds * 1000) / MINUTE)));
  }
  return code === 'wrong-code' ? w.wrongCode : w.wrong;
}

function statusOf({ code }: Refusal): number {
  return code === 'too-many-tries' ? 429 : 403;
}
