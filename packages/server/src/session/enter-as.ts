import { type Instant, type Refusal, refuse } from '@gezhi/basis';
import type { Actor } from '@gezhi/cases';
import { isValidAt } from '@gezhi/duty';
import type { Town } from '@gezhi/town';
import { isMadeUp } from '../made-up.ts';

/** A working day, in seconds: then one signs in anew. */
export const SIGNED_IN_S = 12 * 3600;

/** Whoever sits on a post of a made-up town now. Refuses `no-sign-in` in any other town. */
export function enterAs(town: Town, code: string, now: Instant): Actor | Refusal {
  const post = isMadeUp({ town }) ? town.posts.get(code) : undefined;
  if (!post) return refuse('no-sign-in', 'Nobody signs in here as a post alone.');
  const person = town.staff.find((s) => s.post === post.code && isValidAt(s, now))?.person;
  return { post: post.code, ...(person === undefined ? {} : { person }) };
}
