/** Who acts. A resident has no post. `person` is a staff number, or the id of a requester. */
export type Actor = {
  readonly person: string;
  readonly post?: {
    readonly code: string;
    readonly kind: string;
    readonly unit: string;
    readonly unitKind: string;
    readonly unitLevel: string;
    readonly place?: string;
  };
  readonly roles: readonly string[];
};

/** What is acted on, as far as powers are concerned. `places` are codes of every level, those above included. */
export type Resource = {
  readonly kind?: string;
  /** Its kind has the trait `secret`. */
  readonly secret?: boolean;
  readonly leadUnit?: string;
  readonly coUnits: readonly string[];
  /** The units that did the work; the lead unit where not told. */
  readonly doneBy?: readonly string[];
  /** The units that the matter is about. */
  readonly against?: readonly string[];
  /** The person who asked. */
  readonly requester?: string;
  /** The post whose holder found it and brought it in. */
  readonly finder?: string;
  readonly places: readonly string[];
  /** The dated states that hold where it lies, now. */
  readonly during?: readonly string[];
  /** All units above a unit, at the time in question. */
  readonly unitAncestors: (unit: string) => readonly string[];
};

/**
 * How the actor stands to the resource:
 *
 * - `any`: however; `requester`: is the person who asked
 * - `lead`, `coUnit`, `leadOrCo`: sits in the lead unit, in an assisting unit, in either; `notLead`: in no lead unit
 * - `above`, `below`: sits in a unit above, or below, the lead unit
 * - `doerOrBelow`: sits in a unit that did the work, or in one below such a unit (who may not check it)
 * - `concerned`: sits in a unit that the matter is about, or in one below such a unit
 * - `finder`: holds the post that found it and brought it in
 * - `samePlace`: the post's place is one that the resource lies in
 */
export const RELATIONS = [
  'any',
  'requester',
  'lead',
  'coUnit',
  'leadOrCo',
  'notLead',
  'above',
  'below',
  'doerOrBelow',
  'concerned',
  'finder',
  'samePlace',
] as const;
export type Relation = (typeof RELATIONS)[number];

export function relates(relation: Relation, actor: Actor, resource: Resource): boolean {
  return RELATES[relation](actor, resource);
}

type Relates = (actor: Actor, resource: Resource) => boolean;

const RELATES: Readonly<Record<Relation, Relates>> = {
  any: () => true,
  requester: (actor, resource) => resource.requester !== undefined && actor.person === resource.requester,
  lead: isLead,
  coUnit: isCoUnit,
  leadOrCo: (actor, resource) => isLead(actor, resource) || isCoUnit(actor, resource),
  notLead: (actor, resource) => !isLead(actor, resource),
  above: ({ post }, { leadUnit, unitAncestors }) =>
    post !== undefined && leadUnit !== undefined && unitAncestors(leadUnit).includes(post.unit),
  below: ({ post }, { leadUnit, unitAncestors }) =>
    post !== undefined && leadUnit !== undefined && unitAncestors(post.unit).includes(leadUnit),
  doerOrBelow: isDoerOrBelow,
  concerned: ({ post }, { against = [], unitAncestors }) =>
    post !== undefined &&
    against.length > 0 &&
    [post.unit, ...unitAncestors(post.unit)].some((unit) => against.includes(unit)),
  finder: ({ post }, { finder }) => post !== undefined && post.code === finder,
  samePlace: ({ post }, { places }) => post?.place !== undefined && places.includes(post.place),
};

function isLead({ post }: Actor, { leadUnit }: Resource): boolean {
  return post !== undefined && post.unit === leadUnit;
}

function isCoUnit({ post }: Actor, { coUnits }: Resource): boolean {
  return post !== undefined && coUnits.includes(post.unit);
}

function isDoerOrBelow({ post }: Actor, resource: Resource): boolean {
  if (post === undefined) return false;
  const { leadUnit, unitAncestors } = resource;
  const doers = resource.doneBy ?? (leadUnit === undefined ? [] : [leadUnit]);
  if (doers.includes(post.unit)) return true;
  const above = unitAncestors(post.unit);
  return doers.some((doer) => above.includes(doer));
}
