import type { Actor, Case, Reason } from '@gezhi/cases';
import { type Actor as Holder, may, type Resource } from '@gezhi/powers';
import type { Town } from './town.ts';

/**
 * Whether somebody may do something to a case, by the scene's power list. A post of the registry brings its unit; posts that are none
 * (`system`, `intake`, `requester`) are roles of that name.
 */
export function mayIn(
  town: Town,
  power: string,
  c: Case,
  by: Actor,
): { readonly allowed: boolean; readonly because: Reason } {
  const { powers } = town.packs.get(c.scene) ?? town.pack;
  const { allowed, because } = may(holderOf(town, by), power, resourceOf(town, c), powers);
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

function resourceOf(town: Town, c: Case): Resource {
  return {
    kind: c.kind,
    ...(c.lead ? { leadUnit: c.lead.unit } : {}),
    coUnits: [...c.coUnits, ...c.tasks.map((task) => task.unit)],
    ...(c.against ? { against: c.against } : {}),
    places: Object.values(c.place.layers).flat(),
    unitAncestors: (unit) => unitsAbove(town, unit),
  };
}

export function unitsAbove(town: Town, unit: string): readonly string[] {
  const above: string[] = [];
  for (let u = town.units.get(unit)?.parent; u && !above.includes(u); u = town.units.get(u)?.parent)
    above.push(u);
  return above;
}
