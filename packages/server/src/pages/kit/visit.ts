import type { Sitting } from '@gezhi/accounts';
import type { Instant, Refusal, RequestNumber } from '@gezhi/basis';
import { Fault } from '@gezhi/basis';
import type { Actor } from '@gezhi/cases';
import { isValidAt, type Post, type Unit } from '@gezhi/duty';
import type { LedgerFolders } from '@gezhi/storage';
import type { Incoming, Installation, Receipt, Town } from '@gezhi/town';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isMadeUp } from '../../made-up.ts';
import type { SendCode } from '../../session/resident-session.ts';
import { actorOfSitting, type GateKeeper } from '../../session/who.ts';
import { readToken } from '../../tokens.ts';
import type { WebApp } from '../../web.ts';
import { isLang, type Lang, type Words, wordsOf } from '../words/words.ts';
import { readCookies, setCookie } from './cookies.ts';
import { formToken, openSealed } from './seals.ts';

/** What the pages are mounted with. `takeIn` is the server's batcher; without it each report goes in by itself. */
export type PageOptions = {
  readonly installation: Installation;
  readonly now: () => Instant;
  /** Told of every fault that became a 500, with what was being done. */
  readonly onFault?: (error: unknown, what: string) => void;
  /** Where accounts sign in; without it there are none, and a made-up town is entered as a post. */
  readonly gate?: GateKeeper;
  /** Whether tokens of a post open a real town too. */
  readonly postTokens?: boolean;
  /** Sends one-time codes to residents. */
  readonly sendCode?: SendCode | undefined;
  /** What a single sign-on is called, where there is one. */
  readonly singleSignOn?: { readonly zh: string; readonly en: string } | undefined;
  /** The web apps that are served beside the pages. */
  readonly webApps?: readonly WebApp[];
  /** Where the ledgers lie; without it no receipts are given. */
  readonly ledger?: LedgerFolders | undefined;
  readonly takeIn?: (town: Town, incoming: readonly Incoming[]) => Promise<readonly (Receipt | Refusal)[]>;
};

/** Somebody signed in on a post of this town. */
export type Staff = {
  readonly actor: Actor;
  readonly post: Post;
  readonly unit: Unit;
  readonly formToken: string;
};

/** One look at a page: whose town, when, in which language, by whom. */
export type Visit = {
  readonly installation: Installation;
  readonly town: Town;
  readonly now: Instant;
  readonly lang: Lang;
  readonly w: Words;
  /** Path and query of this page, by which it can be asked for again; `/` where it answered a form. */
  readonly here: string;
  readonly origin: string;
  readonly staff?: Staff;
  /** Whose account this browser is signed in with, and what its forms carry. */
  readonly account?: { readonly sitting: Sitting; readonly formToken: string };
  readonly singleSignOn?: { readonly zh: string; readonly en: string };
  /** The request that this browser opened with its code, and what its forms carry. */
  readonly mine?: { readonly number: RequestNumber; readonly formToken: string };
};

export const COOKIES = {
  lang: 'gezhi_lang',
  district: 'gezhi_district',
  staff: 'gezhi_staff',
  mine: 'gezhi_my',
  receipt: 'gezhi_receipt',
  promise: 'gezhi_promise',
} as const;

const YEAR_S = 365 * 86_400;

/** Reads who is looking and in which language; a language or district chosen in the address is kept in a cookie. */
export function visitOf(options: PageOptions, request: FastifyRequest, reply: FastifyReply): Visit {
  const cookies = readCookies(request);
  const query = request.query as Readonly<Record<string, unknown>>;
  const lang = chooseLang(request, cookies.get(COOKIES.lang), query.lang);
  if (isLang(String(query.lang))) setCookie(request, reply, COOKIES.lang, lang, YEAR_S);
  const { installation } = options;
  const now = options.now();
  const town = chooseTown(installation, query.district ?? cookies.get(COOKIES.district));
  if (query.district === town.district)
    setCookie(request, reply, COOKIES.district, encodeURIComponent(town.district), YEAR_S);
  const { sitting } = request;
  const token = options.postTokens !== false || isMadeUp({ town }) ? cookies.get(COOKIES.staff) : undefined;
  const staff =
    staffOfSitting(town, sitting, now) ?? staffOf(town, token, now, installation.towns.size === 1);
  const { singleSignOn } = options;
  const mine = cookies.get(COOKIES.mine);
  const number = openSealed(town.secret, `my:${town.district}`, mine, now);
  return {
    installation,
    town,
    now,
    lang,
    w: wordsOf(lang),
    // Two slashes at the beginning would name another host.
    here: request.method === 'GET' ? request.url.replace(/^[/\\]+/, '/') : '/',
    origin: `${request.protocol}://${request.host}`,
    ...(staff ? { staff } : {}),
    ...(sitting ? { account: { sitting, formToken: formToken(town.secret, sitting.id) } } : {}),
    ...(singleSignOn ? { singleSignOn } : {}),
    ...(number && mine ? { mine: { number, formToken: formToken(town.secret, mine) } } : {}),
  };
}

/** An address of ours with another value of one key of its query. */
export function withQuery(here: string, key: string, value: string | undefined): string {
  const url = new URL(here, 'http://here');
  if (value === undefined) url.searchParams.delete(key);
  else url.searchParams.set(key, value);
  return `${url.pathname}${url.search}`;
}

function chooseLang(request: FastifyRequest, kept: string | undefined, asked: unknown): Lang {
  if (isLang(String(asked))) return asked as Lang;
  if (isLang(kept)) return kept;
  for (const range of (request.headers['accept-language'] ?? '').toLowerCase().split(',')) {
    const lang = range.trim().slice(0, 2);
    if (isLang(lang)) return lang;
  }
  return 'zh';
}

function chooseTown(installation: Installation, asked: unknown): Town {
  const { towns } = installation;
  const named = typeof asked === 'string' ? towns.get(decode(asked)) : undefined;
  const town = named ?? [...towns.values()][0];
  if (town) return town;
  throw new Fault('no-such-district', 'This installation has no district yet.', {
    hint: 'Import a town first: gezhi town import DIR.',
  });
}

/** Cookie values are percent-encoded; a broken one names no town. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return '';
    throw error;
  }
}

/** Who the token speaks for, as long as the post is there and the person sits on it. */
export function staffOf(
  town: Town,
  token: string | undefined,
  now: Instant,
  isAlone: boolean,
): Staff | undefined {
  const { district } = town;
  const actor = token === undefined ? undefined : readToken(town.secret, token, { district, isAlone });
  const post = actor && town.posts.get(actor.post);
  const unit = post && town.units.get(post.unit);
  if (!actor || !unit || !post || token === undefined) return undefined;
  const sits = town.staff.some((s) => s.person === actor.person && s.post === post.code && isValidAt(s, now));
  if (actor.person !== undefined && !sits) return undefined;
  return { actor, post, unit, formToken: formToken(town.secret, token) };
}

/** Whoever is signed in with an account, on the post they chose. */
function staffOfSitting(town: Town, sitting: Sitting | undefined, now: Instant): Staff | undefined {
  const actor = actorOfSitting(town, sitting, now);
  const post = actor && town.posts.get(actor.post);
  const unit = post && town.units.get(post.unit);
  if (!sitting || !actor || !unit) return undefined;
  return { actor, post, unit, formToken: formToken(town.secret, sitting.id) };
}
