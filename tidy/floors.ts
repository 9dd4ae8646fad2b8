import { BUILT_IN, TEST_TOOLS } from './reasons.ts';
import { type Complaint, isTest, roomOf, type Source } from './source.ts';

/**
 * The floors of the house, lowest first: whoever stands on one may import what stands below it, and its neighbours where its package.json says so.
 * Tests may fetch the made-up town and the testing doors from anywhere.
 */
export const FLOORS: readonly (readonly string[])[] = [
  ['basis'],
  ['clock', 'deliberation', 'duty', 'ledger', 'measures', 'place', 'powers', 'rules', 'text'],
  ['cases'],
  ['connectors', 'contract', 'open311', 'scene', 'storage', 'vault'],
  ['accounts', 'town', 'ui'],
  ['server', 'workers'],
  ['cli', 'service', 'console', 'field', 'portal'],
];

/** What runs in a browser: it knows the contract, `ui`, the pure core, and nothing else. */
const WEB: ReadonlySet<string> = new Set(['ui', 'console', 'field', 'portal']);

/** Rooms that may import less than their floor would let them. */
const BASIS_ONLY: Readonly<Record<string, string>> = {
  contract: 'the web apps carry it to the browser',
  demo: 'it makes a town out of nothing but a seed',
};

/** The core: `cases` and everything below it. */
export const CORE: ReadonlySet<string> = new Set(FLOORS.slice(0, 3).flat());

/** What a room's package.json says of it. */
export type Manifest = {
  readonly room: string;
  readonly name: string;
  readonly exports: readonly string[];
  readonly dependencies: readonly string[];
};

/** Arrows between packages that run up, sideways without being listed, through the wall, or to what is not listed at all. */
export function turnedArrows(
  sources: readonly Source[],
  manifests: readonly Manifest[],
  tools: readonly string[],
): readonly Complaint[] {
  const byName = new Map(manifests.map((manifest) => [manifest.name, manifest]));
  const byRoom = new Map(manifests.map((manifest) => [manifest.room, manifest]));
  return sources.flatMap((source) => {
    const own = byRoom.get(roomOf(source.path));
    return source.imports.flatMap(({ from, line }) => {
      const where = `${source.path}:${line}`;
      if (from.startsWith('.')) return throughTheWall(source.path, from, where);
      if (from.startsWith('node:')) return [];
      const target = byName.get(packageOf(from));
      if (target) return arrow(source.path, own, target, from, where);
      return listed(source.path, own, packageOf(from), tools, where);
    });
  });
}

/** `@gezhi/storage/testing` → `@gezhi/storage`; `pg/lib/x` → `pg`. */
export function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

function throughTheWall(path: string, from: string, where: string): readonly Complaint[] {
  const target = resolve(path, from);
  if (!/\.(tsx?|json|js|css|svg)$/.test(from)) {
    return [`${where} imports '${from}': say the whole file name, '.ts' and all.`];
  }
  if (roomOf(target) !== roomOf(path)) {
    return [`${where} imports '${from}', a file of ${roomOf(target)}: import the package by its name.`];
  }
  if (target === `${roomOf(path)}/src/index.ts` && !path.endsWith('.test.ts')) {
    return [`${where} imports its own door, index.ts: import the file that it needs.`];
  }
  if (isTest(target) && !isTest(path) && !TEST_TOOLS[path]) {
    return [`${where} imports '${from}', which is for tests only.`];
  }
  return [];
}

function arrow(
  path: string,
  own: Manifest | undefined,
  target: Manifest,
  from: string,
  where: string,
): readonly Complaint[] {
  const door = `.${from.slice(target.name.length)}`;
  if (!target.exports.includes(door)) {
    return [`${where} imports '${from}': ${target.name} has no door "${door}" in its exports.`];
  }
  if (target.name === own?.name && isTest(path)) return [];
  if (target.name === own?.name) return [`${where} imports its own package by name: import the file.`];
  if (isTest(path) && (door.startsWith('./testing') || target.room === 'demo' || !own)) return [];
  if (door.startsWith('./testing')) return [`${where} imports '${from}', a door for tests only.`];
  if (!own) return [];
  const turned = whyTurned(own, target, where);
  if (turned) return [turned];
  if (own.dependencies.includes(target.name)) return [];
  return [`${where} imports ${target.name}, which ${own.room}/package.json does not list.`];
}

function whyTurned(own: Manifest, target: Manifest, where: string): Complaint | undefined {
  const [from, to] = [shortName(own.room), shortName(target.room)];
  const only = BASIS_ONLY[from];
  if (only && to !== 'basis') return `${where}: ${from} → ${to}. ${from} imports basis only: ${only}.`;
  if (from === 'demo') return undefined;
  if (to === 'demo') {
    if (own.room.startsWith('apps/')) return undefined;
    return `${where}: ${from} → demo. Only apps and tests import the made-up town.`;
  }
  if (WEB.has(from) && !WEB.has(to) && to !== 'contract' && !CORE.has(to)) {
    return `${where}: ${from} → ${to}. A web app knows the contract, ui and the pure core alone.`;
  }
  const [here, there] = [floorOf(from), floorOf(to)];
  if (here === -1 || there === -1) {
    const unknown = here === -1 ? own.room : target.room;
    return `${where}: ${unknown} stands on no floor. Give it one in tidy/floors.ts and docs/architecture.md.`;
  }
  if (there > here) {
    return `${where}: ${from} → ${to} runs up. Move what both need down, or pass it in as an argument.`;
  }
  return undefined;
}

function listed(
  path: string,
  own: Manifest | undefined,
  name: string,
  tools: readonly string[],
  where: string,
): readonly Complaint[] {
  if (own?.dependencies.includes(name)) return [];
  if (isTest(path) && (tools.includes(name) || !own)) return [];
  return [`${where} imports ${name}, which ${own?.room ?? 'the root'}/package.json does not list.`];
}

/** Dependencies that a package lists and nothing in it imports. */
export function idleDependencies(
  sources: readonly Source[],
  manifests: readonly Manifest[],
): readonly Complaint[] {
  return manifests.flatMap(({ room, dependencies }) => {
    const used = new Set(
      sources
        .filter(({ path }) => roomOf(path) === room)
        .flatMap((s) => s.imports.map((i) => packageOf(i.from))),
    );
    return dependencies
      .filter((name) => !used.has(name) && !BUILT_IN[`${room} ${name}`])
      .map((name) => `${room}/package.json lists ${name}, which nothing in it imports: remove it.`);
  });
}

function floorOf(name: string): number {
  return FLOORS.findIndex((floor) => floor.includes(name));
}

function shortName(room: string): string {
  return room.split('/').at(-1)!;
}

/** The path that a relative import means. */
export function resolve(path: string, from: string): string {
  const parts = path.split('/').slice(0, -1);
  for (const part of from.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}
