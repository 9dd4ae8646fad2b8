import {
  type Actor,
  type Gate,
  makeGate,
  may,
  type Policy,
  type PowerRow,
  type Resource,
} from '@gezhi/powers';
import type { Pack } from '@gezhi/scene';
import { cedar } from './cedar.ts';
import { powersInLists } from './check-powers.ts';
import { policiesOf } from './gate-of.ts';

/** What a change of a power list gives to or takes from a kind of post, in which situations, and by which policies. */
export type PowerChange = {
  readonly power: string;
  readonly change: 'gains' | 'loses';
  readonly post: string;
  readonly cases: readonly string[];
  readonly before: string;
  readonly after: string;
};

/** A scene's power list, without the rest of the scene. */
export type ListOfPack = { readonly scene: Pick<Pack['scene'], 'id'>; readonly powers: Pack['powers'] };

/**
 * Who gains and who loses what where one list takes the place of another: asked of both for kinds of posts and for cases that are made up
 * to fit what the rows of either tell apart. Only powers about which the lists differ are asked. Kinds of posts, never persons.
 *
 * Seconds at most for lists of rows; a list with policies in Cedar costs a millisecond for each kind of post and power.
 */
export function comparePowers(before: ListOfPack, after: ListOfPack): readonly PowerChange[] {
  return [...comparedByPower(before, after)].flat();
}

/** The same a power at a time; whoever takes the steps may rest between them. */
export function* comparedByPower(before: ListOfPack, after: ListOfPack): Generator<readonly PowerChange[]> {
  const rows = [before, after].flatMap(({ powers: { permits, forbids } }) => [...permits, ...forbids]);
  const [old, now] = [deciderOf(before), deciderOf(after)];
  const posts = postsFor(rows);
  const cases = casesFor(rows);
  for (const power of touched(before, after)) {
    yield posts.flatMap(({ name, actor }) => {
      const changes = new Map<string, PowerChange>();
      for (const { name: at, resource } of cases) {
        const [was, is] = [old(actor, power, resource), now(actor, power, resource)];
        if (was.allowed === is.allowed) continue;
        const change = is.allowed ? ('gains' as const) : ('loses' as const);
        const [from, to] = [was.because.policy, is.because.policy];
        const key = `${change}/${from}/${to}`;
        const known = changes.get(key)?.cases ?? [];
        changes.set(key, { power, change, post: name, cases: [...known, at], before: from, after: to });
      }
      return [...changes.values()];
    });
  }
}

/** Powers that a policy speaks of which only one of the lists has, or which reads differently in the other. */
function touched(before: ListOfPack, after: ListOfPack): readonly string[] {
  const [old, now] = [policiesOf(before), policiesOf(after)];
  const differ = [...old, ...now].filter(
    ({ id, bare }) =>
      old.find((p) => p.id === id)?.bare !== bare || now.find((p) => p.id === id)?.bare !== bare,
  );
  const named = [...old, ...now].flatMap(({ powers = [] }) => powers.filter((power) => !power.endsWith('.')));
  const powers = new Set([...powersInLists([before, after]), ...named]);
  return [...powers].sort().filter((power) => differ.some((policy) => speaksOf(policy, power)));
}

/** Rows alone are asked by `may()`, which answers as Cedar does and costs a thousandth; Cedar is asked where something written in it speaks of the power. */
function deciderOf(list: ListOfPack): Gate['decide'] {
  const written = list.powers.cedar === undefined ? [] : policiesOf(list).filter(({ of }) => !of);
  const gate = makeGate(cedar(), policiesOf(list), above);
  return (actor, power, resource) =>
    written.some((policy) => speaksOf(policy, power))
      ? gate.decide(actor, power, resource)
      : may(actor, power, resource, list.powers);
}

function speaksOf({ powers }: Policy, power: string): boolean {
  return (
    powers === undefined ||
    powers.some((name) => name === power || (name.endsWith('.') && `${power}.`.startsWith(name)))
  );
}

const STANDINGS = ['lead', 'helper', 'above', 'below', 'another'] as const;

function postsFor(rows: readonly PowerRow[]): readonly { readonly name: string; readonly actor: Actor }[] {
  const named = (key: 'postKinds' | 'unitKinds' | 'unitLevels') => [
    ...new Set(['other', ...rows.flatMap((row) => row[key] ?? [])]),
  ];
  const of = (kind: string, unitKind: string, unitLevel: string) =>
    STANDINGS.map((unit) => ({
      name: `${kind} @ ${unitKind}, ${unitLevel} (${unit})`,
      actor: {
        person: 'somebody',
        roles: [],
        post: { code: unit, kind, unit, unitKind, unitLevel, place: 'here' },
      },
    }));
  const roles = [...new Set(rows.flatMap((row) => row.roles ?? []))];
  return [
    ...named('unitKinds').flatMap((unitKind) =>
      named('unitLevels').flatMap((level) => named('postKinds').flatMap((kind) => of(kind, unitKind, level))),
    ),
    ...roles.map((role) => ({ name: role, actor: { person: 'somebody', roles: [role] } })),
  ];
}

function casesFor(
  rows: readonly PowerRow[],
): readonly { readonly name: string; readonly resource: Resource }[] {
  const patterns = ['other', ...rows.flatMap((row) => row.kinds ?? [])];
  const kinds = new Set(patterns.map((kind) => kind.replace(/\.$/, '')));
  const states = [...new Set(rows.flatMap((row) => row.during ?? []))];
  return [...kinds].flatMap((kind) => [
    { name: kind, resource: caseOf(kind, true, []) },
    { name: `${kind}, against lead`, resource: caseOf(kind, true, ['lead']) },
    { name: `${kind}, no lead`, resource: caseOf(kind, false, []) },
    ...states.map((state) => ({
      name: `${kind}, during ${state}`,
      resource: { ...caseOf(kind, true, []), during: [state] },
    })),
  ]);
}

function above(unit: string): readonly string[] {
  return unit === 'lead' ? ['above'] : unit === 'below' ? ['lead', 'above'] : [];
}

function caseOf(kind: string, led: boolean, against: readonly string[]): Resource {
  return {
    kind,
    ...(led ? { leadUnit: 'lead' } : {}),
    coUnits: ['helper'],
    against,
    requester: 'somebody',
    finder: 'another',
    places: ['here'],
    unitAncestors: above,
  };
}
