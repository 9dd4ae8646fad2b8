import type { Actor, Resource } from './relation.ts';

/** What a policy may ask of a matter, by the names that the Cedar schema gives. Units and places are codes. */
export type CaseAttributes = {
  readonly kind: string;
  /** Its kind has the trait `secret`. */
  readonly secret: boolean;
  readonly lead?: string;
  readonly requester?: string;
  /** The post that found it and brought it in. */
  readonly finder?: string;
  /** All units above the lead unit. */
  readonly leadAbove: readonly string[];
  readonly coUnits: readonly string[];
  readonly doneBy: readonly string[];
  readonly against: readonly string[];
  readonly places: readonly string[];
  /** The dated states that hold where it lies. */
  readonly during: readonly string[];
};
export type CaseAttribute = keyof CaseAttributes;

/** What sort of value each attribute holds, and whether it may be absent. */
export const CASE_ATTRIBUTES: Readonly<
  Record<
    CaseAttribute,
    { readonly sort: 'word' | 'flag' | 'set'; readonly of: string; readonly optional?: true }
  >
> = {
  kind: { sort: 'word', of: 'String' },
  secret: { sort: 'flag', of: 'Bool' },
  lead: { sort: 'word', of: 'Unit', optional: true },
  requester: { sort: 'word', of: 'String', optional: true },
  finder: { sort: 'word', of: 'String', optional: true },
  leadAbove: { sort: 'set', of: 'Unit' },
  coUnits: { sort: 'set', of: 'Unit' },
  doneBy: { sort: 'set', of: 'Unit' },
  against: { sort: 'set', of: 'Unit' },
  places: { sort: 'set', of: 'Place' },
  during: { sort: 'set', of: 'String' },
};

export function attributesOf(resource: Resource): CaseAttributes {
  const { kind, leadUnit, requester, finder, unitAncestors } = resource;
  return {
    kind: kind ?? '',
    secret: resource.secret ?? false,
    ...(leadUnit === undefined ? {} : { lead: leadUnit }),
    ...(requester === undefined ? {} : { requester }),
    ...(finder === undefined ? {} : { finder }),
    leadAbove: leadUnit === undefined ? [] : unitAncestors(leadUnit),
    coUnits: resource.coUnits,
    doneBy: resource.doneBy ?? (leadUnit === undefined ? [] : [leadUnit]),
    against: resource.against ?? [],
    places: resource.places,
    during: resource.during ?? [],
  };
}

export type Entity = {
  readonly uid: EntityUid;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly parents: readonly EntityUid[];
};
export type EntityUid = { readonly type: string; readonly id: string };

/** Who acts, as Cedar sees them. @param above the units above the post's unit */
export function principalOf({ person, post, roles }: Actor, above: readonly string[]): Entity {
  if (!post) return { uid: { type: 'Requester', id: person }, attrs: { person, roles }, parents: [] };
  const { code, kind, unit, unitKind, unitLevel, place } = post;
  const units = (codes: readonly string[]) => codes.map((one) => refOf('Unit', one));
  const attrs = {
    person,
    roles,
    code,
    kind,
    unit: refOf('Unit', unit),
    unitKind,
    unitLevel,
    above: units(above),
    circle: units([unit, ...above]),
    ...(place === undefined ? {} : { place: refOf('Place', place) }),
  };
  return { uid: { type: 'Post', id: post.code }, attrs, parents: [] };
}

/** A power, under the prefixes that a policy may name it by: `edition.read` is in `edition.`. */
export function actionOf(power: string): Entity {
  const parents = prefixesOf(power).map((id) => ({ type: 'Action', id }));
  return { uid: { type: 'Action', id: power }, attrs: {}, parents };
}

/** `a.b` lies under `a.b.` and `a.`. */
export function prefixesOf(power: string): readonly string[] {
  const whole = power.endsWith('.') ? power : `${power}.`;
  const ends = [...whole.matchAll(/\./g)].map(({ index }) => whole.slice(0, index + 1));
  return ends.filter((prefix) => prefix !== power);
}

/** A matter, as Cedar sees it. */
export function caseEntity(attributes: CaseAttributes): Entity {
  const attrs = Object.entries(attributes).map(([name, value]) => {
    const { of } = CASE_ATTRIBUTES[name as CaseAttribute];
    if (of === 'String' || of === 'Bool') return [name, value];
    return [
      name,
      typeof value === 'string'
        ? refOf(of, value)
        : (value as readonly string[]).map((code) => refOf(of, code)),
    ];
  });
  return { uid: { type: 'Case', id: 'it' }, attrs: Object.fromEntries(attrs), parents: [] };
}

function refOf(type: string, id: string): { readonly __entity: EntityUid } {
  return { __entity: { type, id } };
}
