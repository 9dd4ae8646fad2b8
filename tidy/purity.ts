import type { Node } from 'acorn';
import { CORE } from './floors.ts';
import { freeNames } from './scope.ts';
import { type Complaint, isTest, roomOf, type Source } from './source.ts';
import { field, lineOf, nameOf, walk } from './walk.ts';

/** What the core may not reach for: each gives the same call another answer at another time or place. */
const WORLD: Readonly<Record<string, string>> = {
  process: 'the process',
  performance: 'a clock',
  setTimeout: 'a timer',
  setInterval: 'a timer',
  setImmediate: 'a timer',
  fetch: 'the network',
  crypto: 'random numbers',
  console: 'the terminal',
  require: 'the file system',
};

/** Methods of Date that answer in the time zone of the process. */
const PROCESS_ZONE =
  /^(get(FullYear|Month|Date|Day|Hours|Minutes|TimezoneOffset)|toLocale(Date|Time)?String)$/;

/** Reads of the world in the core: a clock, a random number, a file, the environment, `node:*`. Tests aside. */
export function impureReads(source: Source): readonly Complaint[] {
  const room = roomOf(source.path);
  if (!room.startsWith('packages/') || !CORE.has(room.split('/')[1]!) || isTest(source.path)) return [];
  const found: Complaint[] = [];
  const tell = (line: number, what: string): void => {
    found.push(`${source.path}:${line} reads ${what}: the core is pure, pass it in as an argument.`);
  };
  for (const { from, line } of source.imports) if (from.startsWith('node:')) tell(line, from);
  for (const [name, what] of Object.entries(WORLD)) {
    if (!source.text.includes(name)) continue;
    for (const node of freeNames(source.tree, name)) tell(lineOf(node), `${what} (${name})`);
  }
  walk(source.tree, (node) => {
    const what = readOf(node);
    if (what) tell(lineOf(node), what);
  });
  return found;
}

function readOf(node: Node): string | undefined {
  if (node.type === 'MetaProperty') return 'where it lies (import.meta)';
  if (node.type === 'MemberExpression') {
    const [object, property] = [nameOf(field(node, 'object')), nameOf(field(node, 'property'))];
    if (object === 'Date' && property === 'now') return 'a clock (Date.now)';
    if (object === 'Math' && property === 'random') return 'random numbers (Math.random)';
    if (object === 'globalThis') return `the process (globalThis.${property})`;
  }
  if (node.type === 'CallExpression') {
    const callee = field(node, 'callee');
    const method = nameOf(field(callee, 'property'));
    if (nameOf(callee) === 'Date') return 'a clock (Date())';
    if (method && PROCESS_ZONE.test(method) && !inZone(node)) return `the zone of the process (${method})`;
  }
  if (node.type === 'NewExpression' && nameOf(field(node, 'callee')) === 'Date') {
    const given = field<readonly Node[]>(node, 'arguments')!.length;
    if (given === 0) return 'a clock (new Date())';
    if (given > 1) return 'the zone of the process (new Date(year, month, …))';
  }
  return undefined;
}

/** `toLocaleString` with a locale and options says what it answers; without, the process does. */
function inZone(call: Node): boolean {
  return field<readonly Node[]>(call, 'arguments')!.length >= 1;
}
