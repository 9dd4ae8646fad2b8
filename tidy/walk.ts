import type { Node } from 'acorn';

/** Calls `visit` on a node and everything below it, parents first, with the way down to it (the nearest last). */
export function walk(node: Node, visit: (node: Node, above: readonly Node[]) => void): void {
  const above: Node[] = [];
  const go = (at: Node): void => {
    visit(at, above);
    above.push(at);
    for (const child of childrenOf(at)) go(child);
    above.pop();
  };
  go(node);
}

/** The nodes right below one, in the order of the text. */
export function childrenOf(node: Node): readonly Node[] {
  const children: Node[] = [];
  for (const key in node) {
    const value = (node as unknown as Record<string, unknown>)[key];
    if (isNode(value)) children.push(value);
    else if (Array.isArray(value)) children.push(...value.filter(isNode));
  }
  return children;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

/** A field of a node, where it has one: acorn's types know each node, a general walk does not. */
export function field<T = Node>(node: Node | undefined | null, name: string): T | undefined {
  return (node as unknown as Record<string, T | undefined> | undefined)?.[name] ?? undefined;
}

export function nameOf(node: Node | undefined): string | undefined {
  return node?.type === 'Identifier' ? field<string>(node, 'name') : undefined;
}

export function isFunction(node: Node): boolean {
  return /^(Function(Declaration|Expression)|ArrowFunctionExpression)$/.test(node.type);
}

export function lineOf(node: Node): number {
  return node.loc!.start.line;
}
