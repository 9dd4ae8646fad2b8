import type { Edge, Node } from './explore.ts';

/** The situations from which one that fits can be reached, itself included; over the edges that `along` lets pass. Linear. */
export function canReach(
  nodes: readonly Node[],
  fits: (node: Node) => boolean,
  along: (edge: Edge) => boolean = () => true,
): ReadonlySet<Node> {
  const before = new Map<Node, Node[]>();
  for (const node of nodes) {
    for (const edge of node.edges) {
      if (!along(edge)) continue;
      const known = before.get(edge.to);
      if (known) known.push(node);
      else before.set(edge.to, [node]);
    }
  }
  const found = new Set(nodes.filter(fits));
  const open = [...found];
  for (let node = open.pop(); node; node = open.pop()) {
    for (const earlier of before.get(node) ?? []) {
      if (found.has(earlier)) continue;
      found.add(earlier);
      open.push(earlier);
    }
  }
  return found;
}
