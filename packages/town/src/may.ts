import type { Actor, Case, Reason } from '@gezhi/cases';
import type { Because, Actor as Holder, Resource } from '@gezhi/powers';
import { statesAt } from './powers/dated-states.ts';
import { gateOf } from './powers/gate-of.ts';
import type { Town } from './town.ts';
import { unitsAbove } from './units-above.ts';

export { unitsAbove };

/**
 * Whether somebody may do something to a case, by the scene's power list. A post of the registry brings its unit; posts that are none
 * (`system`, `intake`, `requester`) are roles of that name.
 */
export function mayIn(
  town: Town,
  power: string,
  c: Case,
  by: Actor,
): { readonly allowed: boolean; readonly because: Reason & Because } {
  const pack = town.packs.get(c.scene) ?? town.pack;
  const { allowed, because } = gateOf(town, pack).decide(holderOf(town, by), power, resourceOf(town, c));
  return { allowed, because: { code: 'power', ...because } };
}

export function holderOf(town: Town, by: Actor): Holder {
  const post = town.posts.get(by.post);
  const unit = post && town.units.get(post.unit);
  if (!post || !unit) return { person: by.person ?? '', roles: [by.post] };
  return {
    person: by.person ?? '',
    roles: [],
    post: {
      code: post.code,
      kind: post.kind,
      unit: unit.code,
      unitKind: unit.kind,
      unitLevel: unit.level,
      ...(post.place ? { place: post.place } : {}),
    },
  };
}

/** A case, as powers look at it. */
export function resourceOf(town: Town, c: Case): Resource {
  return {
    kind: c.kind,
    secret: town.kinds.get(c.kind)?.traits.includes('secret') ?? false,
    ...(c.lead ? { leadUnit: c.lead.unit } : {}),
    coUnits: [...c.coUnits, ...c.tasks.map((task) => task.unit)],
    ...(c.against ? { against: c.against } : {}),
    ...(c.openedBy.person === undefined ? {} : { finder: c.openedBy.post }),
    places: Object.values(c.place.layers).flat(),
    during: statesAt(town, c.place.code),
    unitAncestors: (unit) => unitsAbove(town, unit),
  };
}
