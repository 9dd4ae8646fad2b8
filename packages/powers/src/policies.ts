import { type Refusal, refuse } from '@gezhi/basis';
import { bareCedarOfRow, cedarOfRow } from './cedar-of-row.ts';
import { cedarSchema } from './cedar-schema.ts';
import type { ActionScope, CedarEngine } from './engine.ts';
import type { Because } from './may.ts';
import type { PowerRow, PowerTable } from './power-table.ts';
import { type Expr, NoTest, readTest } from './residual.ts';

/** One policy of a power list, as Cedar runs it. */
export type Policy = {
  readonly id: string;
  readonly effect: 'permit' | 'forbid';
  readonly because: Because;
  /** The powers and prefixes that it is about; `undefined`: all. */
  readonly powers?: readonly string[];
  /** The row that it was made from; `undefined`: it was written in Cedar. */
  readonly of?: PowerRow;
  /** As it is published, with id, basis and sentences. */
  readonly cedar: string;
  /** As the engine is given it. */
  readonly bare: string;
};

/** The rows of a list as policies, sorted by id. */
export function policiesOfRows({ permits, forbids }: PowerTable): readonly Policy[] {
  return byId([...permits, ...forbids].map(policyOfRow));
}

function policyOfRow(row: PowerRow): Policy {
  const { id, effect, text, basis, powers } = row;
  return {
    id,
    effect,
    because: { policy: id, text, basis },
    ...(powers.includes('*') ? {} : { powers }),
    of: row,
    cedar: cedarOfRow(row),
    bare: bareCedarOfRow(row),
  };
}

const NOTES = ['id', 'basis', 'zh', 'en'] as const;

/**
 * Reads policies that were written in Cedar (`powers.cedar`), sorted by id.
 *
 * Refuses (`bad-power-list`, with the policy and the remedy) what Cedar cannot parse, a policy without `@id`, `@basis`, `@zh` and `@en`,
 * a template, an id used twice, and what cannot become a test on a matter's attributes and so no filter of a list.
 */
export function readCedarPolicies(engine: CedarEngine, text: string): readonly Policy[] | Refusal {
  const parts = engine.policySetTextToParts(text);
  if (parts.type === 'failure') return bad(0, parts.errors.map(({ message }) => message).join('; '));
  if (parts.policy_templates.length > 0) return bad(0, 'it holds a template. Write the policy out.');
  const policies: Policy[] = [];
  for (const [index, cedar] of parts.policies.entries()) {
    const read = readPolicy(engine, cedar);
    if (typeof read === 'string') return bad(index + 1, read);
    if (policies.some(({ id }) => id === read.id)) return bad(index + 1, `"${read.id}" is used twice.`);
    policies.push(read);
  }
  return byId(policies);
}

function bad(policy: number, problem: string): Refusal {
  return refuse('bad-power-list', policy === 0 ? problem : `Policy ${policy}: ${problem}`, { policy });
}

/** The policy, or what is wrong with it. */
function readPolicy(engine: CedarEngine, cedar: string): Policy | string {
  const answer = engine.policyToJson(cedar);
  if (answer.type === 'failure') return answer.errors.map(({ message }) => message).join('; ');
  const { effect, action, conditions, annotations = {} } = answer.json;
  const missing = NOTES.find((note) => !annotations[note]?.trim());
  if (missing)
    return `@${missing} is missing. Every policy says its id, legal basis and a sentence in zh and en.`;
  const unfit = conditions.map(({ body }) => unfitness(body)).find(Boolean);
  if (unfit) return `${unfit}. Use ==, !=, has, like, contains, containsAny, containsAll and isEmpty.`;
  const { id = '', basis = '', zh = '', en = '' } = annotations;
  const powers = powersOf(action);
  return {
    id,
    effect,
    because: { policy: id, text: { zh, en }, basis },
    ...(powers ? { powers } : {}),
    cedar,
    bare: cedar.replace(/@\w+\("(?:[^"\\]|\\.)*"\)\s*/g, ''),
  };
}

function powersOf(action: ActionScope): readonly string[] | undefined {
  if (action.op === 'All') return undefined;
  const entities = 'entities' in action && action.entities ? action.entities : [action.entity];
  return entities.map((entity) => {
    const { id, __entity } = entity as { id?: string; __entity?: { id: string } };
    return __entity?.id ?? id ?? '';
  });
}

/**
 * Why part of a condition could not become a test; `undefined` where all of it can. What asks only about who acts is known when the test
 * is made, and may be anything.
 */
function unfitness(expr: Expr): string | undefined {
  if (!readsResource(expr)) return undefined;
  const [[op, value] = ['', undefined]] = Object.entries(expr);
  if (['&&', '||', '!', 'if-then-else'].includes(op)) {
    return Object.values(value as Record<string, Expr>)
      .map(unfitness)
      .find(Boolean);
  }
  try {
    readTest(withKnown(expr) as Expr);
    return undefined;
  } catch (error) {
    if (error instanceof NoTest) return error.message;
    throw error;
  }
}

function readsResource(expr: unknown): boolean {
  if (typeof expr !== 'object' || expr === null) return false;
  return (expr as Expr).Var === 'resource' || Object.values(expr).some(readsResource);
}

/** The expression with a value of the right sort in the place of everything that will be known. */
function withKnown(expr: Expr): unknown {
  const [[op, sides] = ['', undefined]] = Object.entries(expr);
  if (typeof sides !== 'object' || sides === null) return expr;
  const known =
    op === 'contains'
      ? { left: ['x'], right: 'x' }
      : SETS.has(op)
        ? { left: ['x'], right: ['x'] }
        : undefined;
  return {
    [op]: Object.fromEntries(
      Object.entries(sides).map(([side, part]) => {
        const plain = ['left', 'right', 'arg'].includes(side) && !readsResource(part);
        if (!plain) return [side, part];
        return [side, { Value: known?.[side as 'left' | 'right'] ?? valueLike(part as Expr) }];
      }),
    ),
  };
}
const SETS: ReadonlySet<string> = new Set(['containsAny', 'containsAll']);

function valueLike(part: Expr): unknown {
  return typeof part.Value === 'boolean' ? part.Value : 'x';
}

function byId(policies: readonly Policy[]): readonly Policy[] {
  return policies.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** Something wrong with a policy, by Cedar's own check against the schema. */
export type PolicyFault = { readonly policy: string; readonly problem: string; readonly remedy: string };

/** Checks policies against the schema of all these powers: attributes, types, powers that nobody knows. Milliseconds a policy. */
export function checkPolicies(
  engine: CedarEngine,
  policies: readonly Policy[],
  powers: readonly string[],
): readonly PolicyFault[] {
  const answer = engine.validate({
    schema: cedarSchema(powers),
    policies: { staticPolicies: Object.fromEntries(policies.map(({ id, bare }) => [id, bare])) },
  });
  if (answer.type === 'failure') {
    return answer.errors.map(({ message, help }) => ({ policy: '', problem: message, remedy: help ?? MEND }));
  }
  return answer.validationErrors.map(({ policyId, error }) => ({
    policy: policyId,
    problem: error.message,
    remedy: error.help ?? MEND,
  }));
}
const MEND = 'See docs/powers.md for what a policy may ask.';
