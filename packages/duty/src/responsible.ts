import type { Instant } from '@gezhi/basis';
import { allIn, compareText, findIn } from './book.ts';
import { unitsAbove } from './catalogue.ts';
import type { Reason } from './reason.ts';
import type { Registry } from './registry.ts';
import { type Matter, type Routed, route, type Unclear } from './route.ts';
import { onShift } from './shift.ts';
import type { Post, PostKind } from './unit.ts';

/**
 * Who was responsible. `unit` and `post` are those that the duty names; `person` is set where exactly one person
 * was there, `persons` are all who were. `standIn` says which other post the persons sat on, and why.
 */
export type Responsible = {
  readonly outcome: 'somebody' | 'nobody-there' | 'unclear';
  readonly unit?: string;
  readonly post?: string;
  readonly person?: string;
  readonly persons: readonly string[];
  readonly standIn?: StandIn;
  readonly because: readonly Reason[];
  /** How the unit was found. */
  readonly routing: Routed | Unclear;
};

export type StandIn = {
  readonly as: 'deputy' | 'dutyPost' | 'unitAbove';
  readonly unit: string;
  readonly post: string;
};

/**
 * Who was responsible for a matter at that minute, as known at `knownAt`: duty → unit → post → the person on shift. Nobody on the
 * post: its deputies, then theirs; then the unit's duty post; then the unit above in the same way, up to the top. Where nobody was
 * there at all, it says so. Where no unit is clear, it asks at the triage's unit and says `unclear` if there is none.
 *
 * Costs a routing and some µs for each post looked at. Holidays are not known here: a shift is weekly.
 */
export function whoIsResponsible(registry: Registry, matter: Matter): Responsible {
  const routing = route(registry.catalogue, matter);
  const answerer = routing.outcome === 'routed' ? routing.lead : routing.triage;
  const because = [...routing.because];
  if (answerer === undefined) return { outcome: 'unclear', persons: [], because, routing };
  const look: Look = { registry, matter, because, seen: new Set() };
  const post = answerer.post ?? usualPost(look, answerer.unit);
  if (post !== undefined && answerer.post === undefined) {
    because.push({ code: 'unit-post', data: { unit: answerer.unit, post } });
  }
  if (post === undefined) because.push({ code: 'no-post', data: { unit: answerer.unit } });
  const found = findPersons(look, answerer.unit, post);
  const who = { unit: answerer.unit, ...(post === undefined ? {} : { post }), because, routing };
  if (found === undefined) {
    because.push({ code: 'nobody-there', data: { unit: answerer.unit } });
    return { outcome: 'nobody-there', ...who, persons: [] };
  }
  const { standIn, persons } = found;
  const one = persons.length === 1 ? { person: persons[0]! } : {};
  return { outcome: 'somebody', ...who, ...one, persons, ...(standIn ? { standIn } : {}) };
}

/** Who sits on a post at that minute, on shift, sorted; the reason where nobody does. */
export function personsOnPost(
  registry: Registry,
  post: string,
  at: Instant,
  knownAt: Instant,
): { readonly persons: readonly string[]; readonly because: Reason } {
  const seats = allIn(registry.seats, post, at, knownAt);
  if (seats.length === 0) return { persons: [], because: { code: 'vacant', data: { post } } };
  const minute = registry.weekMinute(at);
  const there = seats.filter((seat) => onShift(seat.hours, minute)).map((seat) => seat.person);
  if (there.length === 0) return { persons: [], because: { code: 'off-shift', data: { post } } };
  const persons = [...new Set(there)].sort(compareText);
  return { persons, because: { code: 'on-post', data: { post, person: persons.join(';') } } };
}

type Look = {
  readonly registry: Registry;
  readonly matter: Matter;
  readonly because: Reason[];
  /** Posts already looked at: each is asked once, so that deputies of one another do not go round. */
  readonly seen: Set<string>;
};

type Found = { readonly persons: readonly string[]; readonly standIn?: StandIn };

function findPersons(look: Look, unit: string, post: string | undefined): Found | undefined {
  const own = post === undefined ? undefined : askPost(look, post);
  if (own) return { persons: own };
  const here = askDeputies(look, unit, post) ?? askDutyPosts(look, unit);
  return here ?? askUnitsAbove(look, unit);
}

function askPost(look: Look, post: string): readonly string[] | undefined {
  if (look.seen.has(post)) return undefined;
  look.seen.add(post);
  const { persons, because } = personsOnPost(look.registry, post, look.matter.at, look.matter.knownAt);
  look.because.push(because);
  return persons.length > 0 ? persons : undefined;
}

/** Deputies first, their deputies next: the nearest who is there. */
function askDeputies(look: Look, unit: string, post: string | undefined): Found | undefined {
  const { registry, matter, because } = look;
  let layer = post === undefined ? [] : [post];
  while (layer.length > 0) {
    const deputies = layer
      .flatMap((code) => deputiesOf(registry, code, matter.at, matter.knownAt))
      .filter((deputy) => !look.seen.has(deputy.code))
      .sort((a, b) => compareText(a.code, b.code));
    for (const deputy of deputies) {
      const persons = askPost(look, deputy.code);
      if (persons === undefined) continue;
      because.push({ code: 'deputy', data: { post: deputy.code, unit } });
      return { persons, standIn: { as: 'deputy', unit: deputy.unit, post: deputy.code } };
    }
    layer = deputies.map((deputy) => deputy.code);
  }
  return undefined;
}

/** A post whose later record stands in for another is no deputy of the first any more. */
function deputiesOf(registry: Registry, post: string, at: Instant, knownAt: Instant): readonly Post[] {
  return allIn(registry.deputiesOf, post, at, knownAt).filter(
    ({ code }) => findIn(registry.catalogue.posts, code, at, knownAt)?.deputyOf === post,
  );
}

function askDutyPosts(look: Look, unit: string): Found | undefined {
  for (const { code } of postsOf(look, unit).filter((post) => post.kind === 'dutyPost')) {
    const persons = askPost(look, code);
    if (persons === undefined) continue;
    look.because.push({ code: 'duty-post', data: { unit, post: code } });
    return { persons, standIn: { as: 'dutyPost', unit, post: code } };
  }
  return undefined;
}

function askUnitsAbove(look: Look, unit: string): Found | undefined {
  const { registry, matter, because } = look;
  let below = unit;
  for (const above of unitsAbove(registry.catalogue, unit, matter.at, matter.knownAt)) {
    because.push({ code: 'unit-above', data: { unit: below, above: above.code } });
    below = above.code;
    const found = askUnit(look, above.code);
    if (found) return found;
  }
  return undefined;
}

function askUnit(look: Look, unit: string): Found | undefined {
  const post = usualPost(look, unit);
  const own = post === undefined ? undefined : askPost(look, post);
  if (post !== undefined && own) return { persons: own, standIn: { as: 'unitAbove', unit, post } };
  const others = askDeputies(look, unit, post) ?? askDutyPosts(look, unit);
  return others?.standIn ? { ...others, standIn: { ...others.standIn, as: 'unitAbove' } } : undefined;
}

/** Which post of a unit takes what its duty gives to no post: a desk before a dispatcher before the head before the duty post. */
const USUAL: readonly PostKind[] = ['desk', 'dispatcher', 'seat', 'head', 'dutyPost'];

/** The first kind of that list; of one kind, the post bound to the finest place of the matter. None of another place, no deputy. */
function usualPost(look: Look, unit: string): string | undefined {
  const places = Object.values(look.matter.places).flat();
  const depth = (post: Post): number => (post.place === undefined ? -1 : places.lastIndexOf(post.place));
  const usual = postsOf(look, unit)
    .filter((post) => post.deputyOf === undefined && USUAL.includes(post.kind))
    .filter((post) => post.place === undefined || depth(post) >= 0);
  const byUse = (a: Post, b: Post): number =>
    USUAL.indexOf(a.kind) - USUAL.indexOf(b.kind) || depth(b) - depth(a) || compareText(a.code, b.code);
  return usual.sort(byUse)[0]?.code;
}

function postsOf(look: Look, unit: string): Post[] {
  const { registry, matter } = look;
  const posts = allIn(registry.postsOfUnit, unit, matter.at, matter.knownAt);
  const current = (post: Post): boolean =>
    findIn(registry.catalogue.posts, post.code, matter.at, matter.knownAt)?.unit === unit;
  return [...new Map(posts.filter(current).map((post) => [post.code, post])).values()].sort((a, b) =>
    compareText(a.code, b.code),
  );
}
