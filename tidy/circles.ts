import { packageOf, resolve } from './floors.ts';
import { type Complaint, isTest, roomOf, type Source } from './source.ts';

/** Files that import each other in a circle, types included; each circle is named once, by a shortest way around. */
export function fileCircles(sources: readonly Source[]): readonly Complaint[] {
  const known = new Set(sources.map(({ path }) => path));
  const arrows = new Map(
    sources.map(({ path, imports }) => {
      const targets = imports.filter((i) => i.from.startsWith('.')).map((i) => resolve(path, i.from));
      return [path, [...new Set(targets)].filter((target) => known.has(target))];
    }),
  );
  return circles(arrows).map(
    (way) => `circle of files: ${way.join(' → ')}. Give what both need a file of its own.`,
  );
}

/** Packages that need each other in a circle; tests aside, which may look anywhere. */
export function packageCircles(sources: readonly Source[]): readonly Complaint[] {
  const arrows = new Map<string, string[]>();
  for (const { path, imports } of sources) {
    if (isTest(path)) continue;
    const from = `@gezhi/${roomOf(path).split('/').at(-1)}`;
    const targets = imports
      .map((i) => packageOf(i.from))
      .filter((name) => name.startsWith('@gezhi/') && name !== from);
    arrows.set(from, [...new Set([...(arrows.get(from) ?? []), ...targets])]);
  }
  return circles(arrows).map((way) => `circle of packages: ${way.join(' → ')}. One of these arrows must go.`);
}

/** One shortest circle for each knot of the graph. */
export function circles(arrows: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const told = new Set<string>();
  const found: string[][] = [];
  for (const start of arrows.keys()) {
    if (told.has(start)) continue;
    const way = wayBack(arrows, start);
    if (!way || way.some((name) => told.has(name))) continue;
    for (const name of way) told.add(name);
    found.push(way);
  }
  return found;
}

function wayBack(arrows: ReadonlyMap<string, readonly string[]>, start: string): string[] | undefined {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const at of queue) {
    for (const next of arrows.get(at) ?? []) {
      if (next === start) return trace(cameFrom, start, at);
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, at);
      queue.push(next);
    }
  }
  return undefined;
}

function trace(cameFrom: ReadonlyMap<string, string>, start: string, last: string): string[] {
  const way = [start];
  for (let at: string | undefined = last; at !== undefined && at !== start; at = cameFrom.get(at))
    way.unshift(at);
  return [start, ...way];
}
