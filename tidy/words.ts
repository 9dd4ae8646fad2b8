import type { Node } from 'acorn';
import type { Complaint, Source, TextFile } from './source.ts';
import { field, lineOf, nameOf, walk } from './walk.ts';

/** Words that promise work instead of doing it; put together here so that this file does not hold them. */
const PROMISE = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK'].join('|')})\\b`);
const MACHINE_PATH = /(?<![\w.~$}])\/(work|home|Users|mnt|tmp)\/[\w.-]+/;
const SILENCED = /@ts-(ignore|nocheck|expect-error)/;

/** Promises of later work, paths of one machine, checks switched off: line by line, in every written file. */
export function wordsOutOfPlace(file: TextFile): readonly Complaint[] {
  if (file.path.startsWith('tidy/')) return [];
  return file.text.split('\n').flatMap((line, i) => {
    const where = `${file.path}:${i + 1}`;
    if (PROMISE.test(line)) return [`${where} promises later work: do it now, or write an issue.`];
    const path = MACHINE_PATH.exec(line);
    if (path)
      return [`${where} names a path of one machine (${path[0]}): take it from settings or os.tmpdir().`];
    if (SILENCED.test(line)) return [`${where} switches the type checker off: say the type.`];
    return [];
  });
}

/** `any`, wherever it stands as a type. */
export function anyTypes(source: Source): readonly Complaint[] {
  const types = source.types.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, (comment) => comment.replace(/[^\n]/g, ' '));
  return types.split('\n').flatMap((line, i) => {
    const said = line.replace(/'[^']*'|"[^"]*"/g, '');
    if (!/(^|[^\w.$'-])any([^\w:?'-]|$)/.test(said)) return [];
    return [`${source.path}:${i + 1} says "any": name the type, or unknown and a check.`];
  });
}

/** Catches that do nothing and do not say why: `catch {}` and `.catch(() => undefined)`. A comment inside is a reason. */
export function silentCatches(
  source: Source,
  reasons: Readonly<Record<string, string>> = {},
): readonly Complaint[] {
  if (!source.text.includes('catch') || reasons[`${source.path}#catch`]) return [];
  const found: Complaint[] = [];
  walk(source.tree, (node) => {
    const isClause = node.type === 'CatchClause';
    const isCall =
      node.type === 'CallExpression' && nameOf(field(field(node, 'callee'), 'property')) === 'catch';
    const handler = isClause ? node : field<readonly Node[]>(node, 'arguments')?.[0];
    if ((!isClause && !isCall) || !handler) return;
    const body = field(handler, 'body');
    if (!body || !doesNothing(body)) return;
    const lines = source.text.split('\n').slice(Math.max(0, lineOf(node) - 2), body.loc!.end.line);
    if (lines.some((line) => /\/\/|\/\*|^\s*\*/.test(line))) return;
    found.push(
      `${source.path}:${lineOf(handler)} swallows a fault: handle it, or say in a comment why none matters.`,
    );
  });
  return found;
}

function doesNothing(body: Node): boolean {
  if (body.type === 'BlockStatement') return field<readonly unknown[]>(body, 'body')!.length === 0;
  return nameOf(body) === 'undefined' || (body.type === 'Literal' && field(body, 'value') === undefined);
}
