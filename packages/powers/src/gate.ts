import { Fault } from '@gezhi/basis';
import { actionOf, attributesOf, caseEntity, type Entity, principalOf } from './attributes.ts';
import type { CedarEngine, EngineCall } from './engine.ts';
import { type Decision, denied } from './may.ts';
import type { Policy } from './policies.ts';
import type { PowerRow } from './power-table.ts';
import type { Actor, Resource } from './relation.ts';
import {
  allOf,
  anyOf,
  fillTest,
  notOf,
  type Predicate,
  predicateOf,
  readTest,
  type Test,
} from './residual.ts';

/** A power list that runs. Every command, read and list asks the same one. */
export type Gate = {
  readonly policies: readonly Policy[];
  /**
   * Whether somebody may do something to something, and by which policy: `may()` as Cedar decides it. One that forbids beats all that
   * permit; of several the first by id is named. The first question that a row is asked costs a millisecond, each further one microseconds.
   */
  readonly decide: (actor: Actor, power: string, resource: Resource) => Decision;
  /** The same for matters not yet known: the test that exactly those pass over which the person holds the power. */
  readonly testOf: (actor: Actor, power: string) => Test;
};

/** What Cedar left of the policies for one person and power. */
type Left = {
  readonly forbids: readonly Branch[];
  readonly permits: readonly Branch[];
  readonly test: Test;
};
type Branch = { readonly policy: Policy; readonly holds: Predicate };

/** How many persons × powers are remembered; then all are forgotten. */
const REMEMBERED_MAX = 20_000;

/**
 * A gate over policies: Cedar evaluates each row once with the matter unknown and names in the place of a person's codes, and what is written
 * in Cedar once for each person and power; what it leaves is compiled and remembered. A change of policies, units or posts makes a new gate.
 *
 * @param unitsAbove all units above a unit
 */
export function makeGate(
  engine: CedarEngine,
  policies: readonly Policy[],
  unitsAbove: (unit: string) => readonly string[],
): Gate {
  const known = new Map<string, Left>();
  const leftOf = (actor: Actor, power: string): Left => {
    const key = keyOf(actor, power);
    const found = known.get(key);
    if (found) return found;
    if (known.size >= REMEMBERED_MAX) known.clear();
    const above = actor.post ? unitsAbove(actor.post.unit) : [];
    const about = policies.filter((policy) => isFor(policy, actor) && isAbout(policy, actionOf(power)));
    const left = compile(about, testsOf(engine, about, { actor, above, power }));
    known.set(key, left);
    return left;
  };
  return {
    policies,
    decide: (actor, power, resource) => {
      const { forbids, permits } = leftOf(actor, power);
      const matter = attributesOf(resource);
      const forbid = forbids.find(({ holds }) => holds(matter));
      if (forbid) return { allowed: false, because: forbid.policy.because };
      const permit = permits.find(({ holds }) => holds(matter));
      if (permit) return { allowed: true, because: permit.policy.because };
      return { allowed: false, because: denied(power) };
    },
    testOf: (actor, power) => leftOf(actor, power).test,
  };
}

function keyOf({ person, post, roles }: Actor, power: string): string {
  const at = post
    ? `${post.code}\n${post.kind}\n${post.unit}\n${post.unitKind}\n${post.unitLevel}\n${post.place ?? ''}`
    : '';
  return `${power}\n${person}\n${roles.length === 0 ? '' : roles.join('\t')}\n${at}`;
}

function compile(about: readonly Policy[], tests: ReadonlyMap<string, Test>): Left {
  const branches = (effect: Policy['effect']): readonly { policy: Policy; test: Test }[] =>
    about.flatMap((policy) => {
      const test = tests.get(policy.id) ?? false;
      return policy.effect === effect && test !== false ? [{ policy, test }] : [];
    });
  const [forbids, permits] = [branches('forbid'), branches('permit')];
  const compiled = (all: typeof permits): readonly Branch[] =>
    all.map(({ policy, test }) => ({ policy, holds: predicateOf(test) }));
  return {
    forbids: compiled(forbids),
    permits: compiled(permits),
    test: allOf([anyOf(permits.map((b) => b.test)), notOf(anyOf(forbids.map((b) => b.test)))]),
  };
}

type Asked = { readonly actor: Actor; readonly above: readonly string[]; readonly power: string };

/**
 * What Cedar leaves of each policy. Rows compare a person's own codes with a matter's and with nothing else, so that each is evaluated once
 * for all whom it speaks of, with names in the place of codes, which are then filled in. Policies written in Cedar may do anything with codes,
 * and are evaluated for each person.
 */
function testsOf(
  engine: CedarEngine,
  about: readonly Policy[],
  { actor, above, power }: Asked,
): ReadonlyMap<string, Test> {
  const words = wordsOf(actor, above);
  const tests = about.flatMap((policy): [string, Test][] =>
    isRow(policy) ? [[policy.id, fillTest(testOfRow(engine, policy, shapeOf(actor)), words)]] : [],
  );
  const written = about.filter((policy) => !isRow(policy));
  return new Map([...tests, ...residuals(engine, written, principalOf(actor, above), actionOf(power))]);
}

type RowPolicy = Policy & { readonly of: PowerRow };

function isRow(policy: Policy): policy is RowPolicy {
  return policy.of !== undefined;
}

/** Names in the place of a person's codes; no code is written with them. */
const HOLES = {
  person: '\u0001person',
  code: '\u0001code',
  unit: '\u0001unit',
  above: '\u0001above',
  place: '\u0001place',
} as const;

/** All that a row can tell of a person beyond its own lists: whether they hold a post, and whether that has a place. */
const SHAPES = ['none', 'post', 'placed'] as const;
type Shape = (typeof SHAPES)[number];

function shapeOf({ post }: Actor): Shape {
  return post === undefined ? 'none' : post.place === undefined ? 'post' : 'placed';
}

/** Kept with the row, so that a town that was read anew asks nothing again. */
const LEFT_OF_ROWS = new WeakMap<PowerRow, Map<Shape, Test>>();

/** What Cedar leaves of a row for anybody of a shape whom its lists name: one evaluation, some tenths of a millisecond. */
function testOfRow(engine: CedarEngine, policy: RowPolicy, shape: Shape): Test {
  const known = LEFT_OF_ROWS.get(policy.of) ?? new Map<Shape, Test>();
  LEFT_OF_ROWS.set(policy.of, known);
  const found = known.get(shape);
  if (found !== undefined) return found;
  const anybody = principalOf(somebodyOf(policy.of, shape), [HOLES.above]);
  const left = residuals(engine, [policy], anybody, actionOf(policy.of.powers[0] ?? ''));
  const test = left.get(policy.id) ?? false;
  known.set(shape, test);
  return test;
}

/** Somebody whom the lists of a row name; `isFor` has looked that an actor is one. */
function somebodyOf({ postKinds, unitKinds, unitLevels, roles = [] }: PowerRow, shape: Shape): Actor {
  const who = { person: HOLES.person, roles };
  if (shape === 'none') return who;
  const post = {
    code: HOLES.code,
    unit: HOLES.unit,
    kind: postKinds?.[0] ?? '',
    unitKind: unitKinds?.[0] ?? '',
    unitLevel: unitLevels?.[0] ?? '',
  };
  return { ...who, post: shape === 'placed' ? { ...post, place: HOLES.place } : post };
}

/** Asks Cedar about the rows of a list before anybody does, one step a row; whoever takes the steps may rest between them. */
export function* prepareRows(engine: CedarEngine, policies: readonly Policy[]): Generator<void> {
  for (const policy of policies.filter(isRow)) {
    const { postKinds, unitKinds, unitLevels } = policy.of;
    const onPost = postKinds || unitKinds || unitLevels;
    for (const shape of SHAPES) if (shape !== 'none' || !onPost) testOfRow(engine, policy, shape);
    yield;
  }
}

function wordsOf({ person, post }: Actor, above: readonly string[]): ReadonlyMap<string, readonly string[]> {
  return new Map([
    [HOLES.person, [person]],
    [HOLES.code, post ? [post.code] : []],
    [HOLES.unit, post ? [post.unit] : []],
    [HOLES.above, above],
    [HOLES.place, post?.place === undefined ? [] : [post.place]],
  ]);
}

/** Whether a row may speak of the actor at all: what it asks of post and roles is looked up here, which spares the engine most rows. */
function isFor({ of }: Policy, { post, roles }: Actor): boolean {
  if (!of) return true;
  const isOne = (list: readonly string[] | undefined, value: string | undefined): boolean =>
    !list || (value !== undefined && list.includes(value));
  return (
    isOne(of.postKinds, post?.kind) &&
    isOne(of.unitKinds, post?.unitKind) &&
    isOne(of.unitLevels, post?.unitLevel) &&
    (!of.roles || of.roles.some((role) => roles.includes(role)))
  );
}

function isAbout({ powers }: Policy, action: Entity): boolean {
  const names = [action.uid.id, ...action.parents.map(({ id }) => id)];
  return powers === undefined || powers.some((power) => names.includes(power));
}

function residuals(
  engine: CedarEngine,
  policies: readonly Policy[],
  principal: Entity,
  action: Entity,
): ReadonlyMap<string, Test> {
  if (policies.length === 0) return new Map();
  const answer = engine.isAuthorizedPartial({ ...callOf(policies, principal, action), resource: null });
  if (answer.type === 'failure') throw failed(answer.errors);
  const { residuals: left, satisfied, errored } = answer.response;
  const tests = new Map<string, Test>(satisfied.map((id) => [id, true]));
  for (const [id, { conditions }] of Object.entries(left)) {
    if (tests.has(id) || errored.includes(id)) continue;
    tests.set(
      id,
      allOf(conditions.map(({ kind, body }) => (kind === 'when' ? readTest(body) : notOf(readTest(body))))),
    );
  }
  return tests;
}

function callOf(policies: readonly Policy[], principal: Entity, action: Entity): EngineCall {
  return {
    principal: principal.uid,
    action: action.uid,
    context: {},
    policies: { staticPolicies: Object.fromEntries(policies.map(({ id, bare }) => [id, bare])) },
    entities: [principal, action],
  };
}

function failed(errors: readonly { readonly message: string }[]): Fault {
  return new Fault('power-list-fails', errors.map(({ message }) => message).join('; '), {
    hint: 'Check the power list: gezhi check SCENE.',
  });
}

/**
 * What Cedar itself answers, one decision at a time: whether, and the ids of the policies that made it so. Milliseconds; the oracle
 * that gates are tested against. @param above the units above the actor's
 */
export function askCedar(
  engine: CedarEngine,
  policies: readonly Policy[],
  question: {
    readonly actor: Actor;
    readonly above: readonly string[];
    readonly power: string;
    readonly resource: Resource;
  },
): { readonly allowed: boolean; readonly by: readonly string[]; readonly errors: number } {
  const matter = caseEntity(attributesOf(question.resource));
  const principal = principalOf(question.actor, question.above);
  const call = callOf(policies, principal, actionOf(question.power));
  const answer = engine.isAuthorized({
    ...call,
    resource: matter.uid,
    entities: [...call.entities, matter],
  });
  if (answer.type === 'failure') throw failed(answer.errors);
  const { decision, diagnostics } = answer.response;
  return { allowed: decision === 'allow', by: diagnostics.reason, errors: diagnostics.errors.length };
}
