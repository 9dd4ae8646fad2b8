import type { Node } from 'acorn';
import { type Complaint, isTest, type Source, type TextFile } from './source.ts';
import { field, isFunction, lineOf, nameOf, walk } from './walk.ts';

export const FILE_LINES_MAX = 500;
export const FUNCTION_LINES_MAX = 100;

/** Files that pass the measure without a written reason, and reasons for files that no longer do. */
export function longFiles(
  files: readonly TextFile[],
  reasons: Readonly<Record<string, string>>,
): readonly Complaint[] {
  const long = new Map<string, number>();
  for (const { path, text } of files) {
    const lines = text.split('\n').length - 1;
    if (/\.(ts|tsx|js|mjs|sql|css)$/.test(path) && lines > FILE_LINES_MAX) long.set(path, lines);
  }
  const told = [...long]
    .filter(([path]) => !reasons[path])
    .map(
      ([path, lines]) =>
        `${path} has ${lines} lines; ${FILE_LINES_MAX} is the measure. Divide it, or give a reason in tidy/reasons.ts.`,
    );
  const stale = Object.keys(reasons)
    .filter((path) => !long.has(path))
    .map((path) => `tidy/reasons.ts excuses ${path}, which is not long: take the reason out.`);
  return [...told, ...stale];
}

/** Functions that pass the measure. `describe` blocks only group tests and do not count. */
export function longFunctions(
  source: Source,
  reasons: Readonly<Record<string, string>>,
): readonly Complaint[] {
  const found: Complaint[] = [];
  walk(source.tree, (node, above) => {
    if (!isFunction(node)) return;
    const lines = node.loc!.end.line - node.loc!.start.line + 1;
    const name = functionName(node, above.at(-1));
    if (lines <= FUNCTION_LINES_MAX || reasons[`${source.path}#${name}`]) return;
    if (isTest(source.path) && groupsTests(above.at(-1))) return;
    found.push(
      `${source.path}:${lineOf(node)} ${name} has ${lines} lines; ${FUNCTION_LINES_MAX} is the measure. Let helpers compute.`,
    );
  });
  return found;
}

function groupsTests(parent: Node | undefined): boolean {
  return (
    parent?.type === 'CallExpression' && /^(describe|suite)$/.test(nameOf(field(parent, 'callee')) ?? '')
  );
}

function functionName(node: Node, parent: Node | undefined): string {
  return (
    nameOf(field(node, 'id')) ?? nameOf(field(parent, 'id')) ?? nameOf(field(parent, 'key')) ?? 'a function'
  );
}
