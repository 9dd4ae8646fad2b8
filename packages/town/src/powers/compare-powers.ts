import { type Actor, type Gate, makeGate, type Policy, type Resource } from '@gezhi/powers';
import { cedar } from './cedar.ts';

/** A post, as far as powers are concerned, with how it is called. */
export type ComparedPost = { readonly name: string; readonly actor: Actor };
/** A situation in which the power may be asked for. */
export type ComparedCase = { readonly name: string; readonly resource: Resource };

/** What a change of a list gives to or takes from holders of posts, in which situations, and by which policies. */
export type PowerChange = {
  readonly post: string;
  readonly power: string;
  readonly change: 'gains' | 'loses';
  readonly cases: readonly string[];
  readonly before: string;
  readonly after: string;
};

/**
 * Who gains and who loses what by a change of policies: every post × power × case asked of both, what both answer alike left out. Posts that
 * lie alike to the cases are best handed in once; rows are of posts, not of persons.
 *
 * @param unitsAbove all units above a unit
 */
export function comparePowers(
  before: readonly Policy[],
  after: readonly Policy[],
  among: {
    readonly posts: readonly ComparedPost[];
    readonly powers: readonly string[];
    readonly cases: readonly ComparedCase[];
    readonly unitsAbove: (unit: string) => readonly string[];
  },
): readonly PowerChange[] {
  const [old, now] = [before, after].map((policies) => makeGate(cedar(), policies, among.unitsAbove)) as [
    Gate,
    Gate,
  ];
  return among.posts.flatMap(({ name, actor }) =>
    among.powers.flatMap((power) => changesOf(old, now, { name, actor, power }, among.cases)),
  );
}

function changesOf(
  old: Gate,
  now: Gate,
  { name, actor, power }: { readonly name: string; readonly actor: Actor; readonly power: string },
  cases: readonly ComparedCase[],
): readonly PowerChange[] {
  const changes = new Map<string, PowerChange>();
  for (const { name: at, resource } of cases) {
    const [before, after] = [old.decide(actor, power, resource), now.decide(actor, power, resource)];
    if (before.allowed === after.allowed) continue;
    const change = after.allowed ? ('gains' as const) : ('loses' as const);
    const [from, to] = [before.because.policy, after.because.policy];
    const key = `${change} ${from} ${to}`;
    const known = changes.get(key);
    changes.set(key, {
      post: name,
      power,
      change,
      cases: [...(known?.cases ?? []), at],
      before: from,
      after: to,
    });
  }
  return [...changes.values()];
}

/**
 * Posts and cases made up to fit lists that are compared without a town: a post of each kind, unit kind and level that a row names, in
 * each way of standing to a case; and a case of each kind of pattern that a row names.
 */
export function madeUpFor(lists: readonly { readonly rows: readonly MadeUpRow[] }[]): {
  readonly posts: readonly ComparedPost[];
  readonly cases: readonly ComparedCase[];
  readonly unitsAbove: (unit: string) => readonly string[];
} {
  const rows = lists.flatMap((list) => list.rows);
  const wordsOf = (key: 'postKinds' | 'unitKinds' | 'unitLevels') => [
    ...new Set(['other', ...rows.flatMap((row) => row[key] ?? [])]),
  ];
  const roles = [...new Set(rows.flatMap((row) => row.roles ?? []))];
  const posts = wordsOf('unitKinds').flatMap((unitKind) =>
    wordsOf('unitLevels').flatMap((unitLevel) =>
      wordsOf('postKinds').flatMap((kind) =>
        STANDINGS.map((unit) => ({
          name: `${kind} @ ${unitKind}, ${unitLevel}: ${unit}`,
          actor: {
            person: 'somebody',
            roles: [],
            post: {
              code: `${unit}/${unitKind}/${unitLevel}/${kind}`,
              kind,
              unit,
              unitKind,
              unitLevel,
              place: 'here',
            },
          },
        })),
      ),
    ),
  );
  const asRole = roles.map((role) => ({
    name: `role ${role}`,
    actor: { person: 'somebody', roles: [role] },
  }));
  const kinds = [...new Set(['other', ...rows.flatMap((row) => row.kinds ?? [])])].map((kind) =>
    kind.replace(/\.$/, ''),
  );
  const cases = kinds.flatMap((kind) => [
    { name: kind, resource: caseOf(kind, {}) },
    { name: `${kind}, about the unit below`, resource: caseOf(kind, { against: ['below'] }) },
    { name: `${kind}, without a lead`, resource: caseOf(kind, { lead: false }) },
  ]);
  return { posts: [...posts, ...asRole], cases, unitsAbove: above };
}
const STANDINGS = ['lead', 'helper', 'above', 'below', 'another'] as const;
type MadeUpRow = {
  readonly postKinds?: readonly string[];
  readonly unitKinds?: readonly string[];
  readonly unitLevels?: readonly string[];
  readonly roles?: readonly string[];
  readonly kinds?: readonly string[];
};

function above(unit: string): readonly string[] {
  return unit === 'lead' ? ['above'] : unit === 'below' ? ['lead', 'above'] : [];
}

function caseOf(kind: string, { lead = true, against = [] as readonly string[] }): Resource {
  return {
    kind,
    ...(lead ? { leadUnit: 'lead' } : {}),
    coUnits: ['helper'],
    against,
    requester: 'somebody',
    places: ['here'],
    unitAncestors: above,
  };
}
