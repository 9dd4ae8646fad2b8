import { isValidAt } from '@gezhi/duty';
import { isMadeUp } from '../made-up.ts';
import type { RouteAnswer, Turn } from '../mount-route.ts';

/** The order in which somebody who tries a town wants to see its posts; the others follow. */
const FIRST = ['seat', 'dispatcher', 'head', 'desk', 'checker', 'arbiter', 'dutyPost'];

/** The posts of a made-up town on which somebody sits now. A real town names none to whoever is not signed in. */
export function listPosts({ town, now }: Turn<'listPosts'>): RouteAnswer {
  if (!isMadeUp({ town })) return { status: 200, body: { posts: [] } };
  const manned = new Set(town.staff.filter((s) => isValidAt(s, now)).map(({ post }) => post));
  const posts = [...town.posts.values()].flatMap(({ code, name, kind, unit }) => {
    const of = town.units.get(unit);
    if (!of || !manned.has(code)) return [];
    const { name: unitName, level } = of;
    return [
      {
        post: code,
        name: { zh: name, en: name },
        kind,
        unit,
        unitName: { zh: unitName, en: unitName },
        level,
      },
    ];
  });
  const rank = (kind: string): number => (FIRST.includes(kind) ? FIRST.indexOf(kind) : FIRST.length);
  return { status: 200, body: { posts: posts.toSorted((a, b) => rank(a.kind) - rank(b.kind)) } };
}
