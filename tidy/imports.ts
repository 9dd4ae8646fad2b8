import type { Node, Program } from 'acorn';
import { walk } from './walk.ts';

/** An arrow from a file to what it names in `from '…'`, types included: a type that looks up is an arrow that looks up. */
export type Import = { readonly from: string; readonly line: number };

/** What a file imports, re-exports or loads while it runs, and what its types name by `import('…')`. */
export function importsOf(tree: Program, types: string): readonly Import[] {
  const found: Import[] = [];
  walk(tree, (node) => {
    const source = (node as Node & { source?: { value?: unknown } | null }).source;
    if (!/^(Import|Export)/.test(node.type) || typeof source?.value !== 'string') return;
    found.push({ from: source.value, line: node.loc!.start.line });
  });
  for (const match of types.matchAll(/\bimport\(\s*'([^']+)'/g)) {
    found.push({ from: match[1]!, line: types.slice(0, match.index).split('\n').length });
  }
  return found;
}
