import { z } from 'zod';
import { label, named, short } from './named.ts';

/** The posts of a made-up town, for whoever wants to try one. */
export const SIGN_IN_POST_ROUTES = {
  listPosts: {
    summary: {
      zh: '虚构的市可试用的岗位（其他市为空）',
      en: 'The posts of a made-up town that anybody may try; of any other town, none',
    },
    auth: 'open',
    query: z.object({ district: short(24).optional() }),
    answers: {
      200: named(
        'PostsToTry',
        z.object({
          posts: z.array(
            z.object({
              post: z.string(),
              name: label,
              kind: z.string(),
              unit: z.string(),
              unitName: label,
              level: z.string(),
            }),
          ),
        }),
      ),
    },
  },
} as const;
