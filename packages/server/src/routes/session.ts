import { type Instant, isRefusal, type Refusal, refuse } from '@gezhi/basis';
import type { Actor } from '@gezhi/cases';
import { isValidAt } from '@gezhi/duty';
import type { Town } from '@gezhi/town';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { setCookie } from '../pages/cookies.ts';
import { isMadeUp } from '../pages/staff-page.ts';
import { COOKIES } from '../pages/visit.ts';
import { isFromElsewhere } from '../session/is-from-us.ts';
import { tokenOf } from '../tokens.ts';
import type { Label } from '../views/names.ts';

/** A working day, in seconds: then one signs in anew. */
export const SIGNED_IN_S = 12 * 3600;

/** Who is signed in, by cookie or token. */
export function me({ town, actor, now }: Turn<'me'>): RouteAnswer {
  return { status: 200, headers: { 'cache-control': 'no-store' }, body: meView(town, actor, now) };
}

/** Signs in as a post of a made-up town. Refuses `cross-site`, `no-sign-in`. */
export function signIn({ town, body, now, request, reply }: Turn<'signIn'>): RouteAnswer | Refusal {
  if (isFromElsewhere(request)) return refuse('cross-site', 'Sign in from a page of this site.');
  const actor = enterAs(town, body.post, now);
  if (isRefusal(actor)) return actor;
  setCookie(request, reply, COOKIES.staff, tokenOf(town.secret, actor), SIGNED_IN_S);
  return { status: 200, headers: { 'cache-control': 'no-store' }, body: meView(town, actor, now) };
}

export function signOut({ request, reply }: Turn<'signOut'>): RouteAnswer {
  setCookie(request, reply, COOKIES.staff, '', 0);
  return { status: 204 };
}

/** Whoever sits on a post of a made-up town now. Refuses `no-sign-in` in any other town. */
export function enterAs(town: Town, code: string, now: Instant): Actor | Refusal {
  const post = isMadeUp({ town }) ? town.posts.get(code) : undefined;
  if (!post) return refuse('no-sign-in', 'Nobody signs in here as a post alone.');
  const person = town.staff.find((s) => s.post === post.code && isValidAt(s, now))?.person;
  return { post: post.code, ...(person === undefined ? {} : { person }) };
}

function meView(town: Town, actor: Actor | undefined, now: Instant): object {
  const { district } = town;
  const post = actor && town.posts.get(actor.post);
  const unit = post && town.units.get(post.unit);
  const common = { district, demo: isMadeUp({ town }) };
  if (!actor || !post || !unit) return { ...common, post: null, roles: [], posts: [] };
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
    posts: postsOf(town, actor, now).map((code) => ({
      post: code,
      name: inBoth(town.posts.get(code)?.name ?? code),
    })),
  };
}

/** The posts that the same person sits on now, this one first. */
function postsOf(town: Town, { post, person }: Actor, now: Instant): readonly string[] {
  if (person === undefined) return [post];
  const seats = town.staff.filter((s) => s.person === person && isValidAt(s, now) && town.posts.has(s.post));
  return [...new Set([post, ...seats.map((s) => s.post)])];
}

/** Names of posts and units are proper names and stand in one language in the registry. */
function inBoth(name: string): Label {
  return { zh: name, en: name };
}
