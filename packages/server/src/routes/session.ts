import { choosePost, endSitting, type Sitting, showSecondFactor, signInByPassword } from '@gezhi/accounts';
import { isRefusal, type Refusal, refuse } from '@gezhi/basis';
import type { Actor } from '@gezhi/cases';
import { isValidAt } from '@gezhi/duty';
import type { Town } from '@gezhi/town';
import { isMadeUp } from '../made-up.ts';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { fromOf } from '../pages/account/account-routes.ts';
import { addCookies, setCookie } from '../pages/kit/cookies.ts';
import { COOKIES } from '../pages/kit/visit.ts';
import { enterAs, SIGNED_IN_S } from '../session/enter-as.ts';
import { isFromElsewhere } from '../session/is-from-us.ts';
import { postsOf } from '../session/who.ts';
import { tokenOf } from '../tokens.ts';
import type { Label } from '../views/names.ts';

/** Who is signed in, by cookie or token. */
export function me(turn: Turn<'me'>): RouteAnswer {
  return answer(turn, turn.actor, turn.request.sitting);
}

/**
 * Signs in, a step at a time: number and password, the code, the post; as a post alone in a made-up town. Refuses `cross-site`, `no-sign-in`,
 * `wrong-sign-in`, `wrong-code`, `too-many-tries`.
 */
export async function signIn(turn: Turn<'signIn'>): Promise<RouteAnswer | Refusal> {
  const { body, request } = turn;
  if (isFromElsewhere(request)) return refuse('cross-site', 'Sign in from a page of this site.');
  if ('post' in body) return await takePost(turn, body.post);
  const gate = await turn.app.gate();
  if (!gate) return refuse('no-sign-in', 'There are no accounts yet.');
  const { district } = turn.town;
  const step = await ('code' in body
    ? showSecondFactor(gate, district, body.code, fromOf(request))
    : signInByPassword(gate, { district, ...body }, fromOf(request)));
  if (isRefusal(step)) return step;
  addCookies(turn.reply, step.cookies);
  if (step.step === 'second') return answer(turn, undefined, undefined, 'code');
  const { sitting } = step;
  const [only, ...others] = sitting.strong ? postsOf(turn.town, sitting, turn.now) : [];
  if (!only || others.length > 0) return answer(turn, undefined, sitting);
  await choosePost(gate, sitting, only.post);
  return answer(turn, only, { ...sitting, post: only.post });
}

async function takePost(turn: Turn<'signIn'>, post: string): Promise<RouteAnswer | Refusal> {
  const { request, reply, town, now } = turn;
  const { sitting } = request;
  if (sitting?.strong) {
    const chosen = postsOf(town, sitting, now).find((one) => one.post === post);
    const gate = await turn.app.gate();
    if (!chosen || !gate) return refuse('no-sign-in', `The roster does not have you on "${post}" now.`);
    await choosePost(gate, sitting, post);
    return answer(turn, chosen, { ...sitting, post });
  }
  const actor = enterAs(town, post, now);
  if (isRefusal(actor)) return actor;
  setCookie(request, reply, COOKIES.staff, tokenOf(town.secret, actor, town.district), SIGNED_IN_S);
  return answer(turn, actor, undefined);
}

/** Ends the session, at once and everywhere its cookie lies. */
export async function signOut({ app, request, reply }: Turn<'signOut'>): Promise<RouteAnswer> {
  const { sitting } = request;
  const gate = await app.gate();
  if (gate && sitting) await endSitting(gate, sitting);
  setCookie(request, reply, COOKIES.staff, '', 0);
  return { status: 204 };
}

type Next = 'code' | 'factor' | 'post';

function answer(
  { town, now }: Pick<Turn<'me'>, 'town' | 'now'>,
  actor: Actor | undefined,
  sitting: Sitting | undefined,
  next: Next | undefined = nextOf(actor, sitting),
): RouteAnswer {
  const seats = sitting?.strong ? postsOf(town, sitting, now).map(({ post }) => post) : [];
  const posts = actor && seats.length === 0 ? seatsOf(town, actor, now) : seats;
  const body = {
    ...postView(town, actor),
    posts: posts.map((post) => ({ post, name: inBoth(town.posts.get(post)?.name ?? post) })),
    ...(sitting ? { account: sitting.account.name } : {}),
    ...(next ? { next } : {}),
    ...(sitting?.strong && sitting.account.role !== 'staff' ? { roles: [sitting.account.role] } : {}),
  };
  return { status: 200, headers: { 'cache-control': 'no-store' }, body };
}

function nextOf(actor: Actor | undefined, sitting: Sitting | undefined): Next | undefined {
  if (!sitting || actor) return undefined;
  if (!sitting.strong) return 'factor';
  return sitting.account.role === 'staff' ? 'post' : undefined;
}

function postView(town: Town, actor: Actor | undefined): object {
  const common = { district: town.district, demo: isMadeUp({ town }) };
  const post = actor && town.posts.get(actor.post);
  const unit = post && town.units.get(post.unit);
  if (!actor || !post || !unit) return { ...common, post: null, roles: [] };
  const place = post.place ?? unit.place;
  return {
    ...common,
    post: post.code,
    ...(actor.person === undefined ? {} : { person: actor.person }),
    name: inBoth(post.name),
    unit: unit.code,
    unitName: inBoth(unit.name),
    roles: [post.kind, `unit:${unit.kind}`, `level:${unit.level}`],
    ...(place === undefined ? {} : { place }),
  };
}

/** The posts that the same person sits on now, this one first. */
function seatsOf(town: Town, { post, person }: Actor, now: number): readonly string[] {
  if (person === undefined) return [post];
  const seats = town.staff.filter((s) => s.person === person && isValidAt(s, now) && town.posts.has(s.post));
  return [...new Set([post, ...seats.map((s) => s.post)])];
}

/** Names of posts and units are proper names and stand in one language in the registry. */
function inBoth(name: string): Label {
  return { zh: name, en: name };
}
