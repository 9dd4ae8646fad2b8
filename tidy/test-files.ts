import type { Node } from 'acorn';
import { type Complaint, isTest, type Source } from './source.ts';
import { field, lineOf, nameOf, walk } from './walk.ts';

const TESTER = /^(test|it|describe|suite|t)$/;

/** Tests that are left out: `only` ever, `skip` and `todo` without a reason in words. */
export function testsLeftOut(source: Source): readonly Complaint[] {
  if (!isTest(source.path) || !/\b(only|skip|todo)\b/.test(source.text)) return [];
  const found: Complaint[] = [];
  walk(source.tree, (node) => {
    const why = leftOut(node);
    if (why) found.push(`${source.path}:${lineOf(node)} ${why}`);
  });
  return found;
}

function leftOut(node: Node): string | undefined {
  if (node.type === 'CallExpression') {
    const callee = field(node, 'callee');
    const [object, method] = [nameOf(field(callee, 'object')), nameOf(field(callee, 'property'))];
    if (!object || !TESTER.test(object)) return undefined;
    if (method === 'only') return 'runs alone (.only): every test runs.';
    if (method !== 'skip' && method !== 'todo') return undefined;
    const [reason] = field<readonly Node[]>(node, 'arguments')!;
    if (object === 't' && saysSomething(reason)) return undefined;
    return `leaves a test out (.${method}) without a reason: use { skip: 'why' }.`;
  }
  if (node.type !== 'Property') return undefined;
  const [key, value] = [nameOf(field(node, 'key')), field(node, 'value')];
  const isTrue = field<unknown>(value, 'value') === true;
  if (key === 'only' && isTrue) return 'runs alone (only: true): every test runs.';
  if ((key === 'skip' || key === 'todo') && isTrue)
    return `leaves a test out without a reason: ${key}: 'why'.`;
  return undefined;
}

function saysSomething(node: Node | undefined): boolean {
  if (!node) return false;
  return node.type !== 'Literal' || (field<unknown>(node, 'value') as string).length > 0;
}

/** Test files by another name, and database tests that do not say so. */
export function oddTestFiles(source: Source): readonly Complaint[] {
  const { path, imports } = source;
  const uses = (from: RegExp): boolean => imports.some((i) => from.test(i.from));
  if (uses(/^node:test$/) && !path.endsWith('.test.ts') && !isTest(path)) {
    return [
      `${path} holds tests: its name ends in .test.ts, or begins with testing where it only helps them.`,
    ];
  }
  if (
    path.endsWith('.test.ts') &&
    !path.endsWith('.db.test.ts') &&
    uses(/^@gezhi\/storage\/testing$|\/testing\.ts$/)
  ) {
    return [`${path} needs a database: its name ends in .db.test.ts.`];
  }
  return [];
}
