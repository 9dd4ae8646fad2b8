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
    /** The staff number of the account; absent where a made-up town was entered as a post. */
    account: z.string().optional(),
    /** What is to be done before work: show the code, set a second factor up (on the page `/staff/factor`), choose a post. */
    next: z.enum(['code', 'factor', 'post']).optional(),
  }),
);

/**
 * A step of signing in: staff number and password; then the code of the second factor; then the post, where somebody sits on several. A post
 * alone in a made-up town.
 */
export const signIn = named(
  'SignIn',
  z.union([
    z.strictObject({ name: short(60), password: z.string().min(1).max(200) }),
    z.strictObject({ code: short(20) }),
    z.strictObject({ post: short(64) }),
  ]),
);

export const SESSION_ROUTES = {
  me: {
    summary: { zh: '本浏览器（或令牌）是谁', en: 'Who is signed in' },
    auth: 'open',
    query: district,
    answers: { 200: me },
  },
  signIn: {
    summary: {
      zh: '登录：工号和密码，再验证码，再选岗位（虚构的市可直接选岗位）',
      en: 'Sign in: number and password, then the code, then a post; in a made-up town as any post',
    },
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
