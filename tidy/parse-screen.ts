import type { Program } from 'acorn';
import { parseSync } from 'vite';
import { type Import, importsOf } from './imports.ts';
import { walk } from './walk.ts';

type Parsed = { readonly tree: Program; readonly types: string; readonly imports: readonly Import[] };

/**
 * A file with JSX, parsed with its types as the build parses it; its tree has the same nodes as others, with lines.
 *
 * @throws SyntaxError with the file's path where it cannot be read
 */
export function parseScreen(path: string, text: string): Parsed {
  const { program, errors } = parseSync(path, text, { lang: 'tsx', sourceType: 'module' });
  if (errors.length > 0) throw new SyntaxError(`${path} cannot be read: ${errors[0]!.message}`);
  const tree = program as unknown as Program;
  const lineAt = linesOf(text);
  let types = text.replace(/[^\n]/g, ' ');
  walk(tree, (node) => {
    const [start, end] = [lineAt(node.start), lineAt(node.end)];
    node.loc = { start: { line: start, column: 0 }, end: { line: end, column: 0 } };
    if (/^TS/.test(node.type) && !/^TS(As|NonNull|Satisfies)/.test(node.type))
      types = types.slice(0, node.start) + text.slice(node.start, node.end) + types.slice(node.end);
  });
  return { tree, types, imports: importsOf(tree, types) };
}

function linesOf(text: string): (offset: number) => number {
  const starts = [...text.matchAll(/\n/g)].map(({ index }) => index);
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle]! < offset) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}
