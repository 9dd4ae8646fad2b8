import { z } from 'zod';
import { label, named, short } from './named.ts';

const district = z.object({ district: short(24).optional() });

/**
 * Who is signed in in this browser or by this token. `posts` are all posts that the same person sits on now; `demo`: the town is made
 * up, and anybody may sign in as a post of it.
 */
export const me = named(
  'Me',
  z.object({
    district: z.string(),
    demo: z.boolean(),
    post: z.string().nullable(),
    person: z.string().optional(),
    /** The name of the post. */
    name: label.optional(),
    unit: z.string().optional(),
    unitName: label.optional(),
    /** What may be asked of the post: its kind, and the kind and level of its unit. */
    roles: z.array(z.string()),
    place: z.string().optional(),
    posts: z.array(z.object({ post: z.string(), name: label })),
  }),
);

export const signIn = named('SignIn', z.strictObject({ post: short(64) }));

export const SESSION_ROUTES = {
  me: {
    summary: { zh: '本浏览器（或令牌）是谁', en: 'Who is signed in' },
    auth: 'open',
    query: district,
    answers: { 200: me },
  },
  signIn: {
    summary: { zh: '登录（虚构的市可直接选岗位）', en: 'Sign in; in a made-up town as any post' },
    auth: 'open',
    query: district,
    body: signIn,
    answers: { 200: me },
  },
  signOut: {
    summary: { zh: '退出登录', en: 'Sign out' },
    auth: 'open',
    query: district,
    answers: { 204: null },
  },
} as const;
