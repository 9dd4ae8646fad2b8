import type { Node } from 'acorn';
import { dependenciesOf } from './manifests.ts';
import type { Complaint, Source, TextFile } from './source.ts';
import { field, nameOf, walk } from './walk.ts';

/** What stands in code spans and code blocks of a page: the only places where a page names things of the code. */
export function codeIn(markdown: string): string {
  const blocks = [...markdown.matchAll(/^```[\s\S]*?^```/gm)].map(([block]) => block);
  const spans = [...markdown.replace(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].map(
    ([, span]) => span!,
  );
  return [...blocks, ...spans].join('\n');
}

/** Names of the code that a page must name and does not. */
export function unmentioned(page: TextFile, names: Iterable<string>, what: string): readonly Complaint[] {
  const code = codeIn(page.text);
  return [...new Set(names)]
    .filter((name) => !new RegExp(`(?<![\\w/])${literal(name)}(?![\\w/])`).test(code))
    .map((name) => `${page.path} does not name the ${what} \`${name}\`: say what it is for.`);
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/** Every key of the object schemas (`z.object`, `z.strictObject`, …) in a file. */
export function schemaKeys(source: Source): readonly string[] {
  const keys = new Set<string>();
  walk(source.tree, (node, above) => {
    if (node.type !== 'Property' || !isSchema(above.at(-2))) return;
    const key = nameOf(field(node, 'key'));
    if (key) keys.add(key);
  });
  return [...keys];
}

function isSchema(call: Node | undefined): boolean {
  if (call?.type !== 'CallExpression') return false;
  return /^(strictObject|looseObject|object)$/.test(nameOf(field(field(call, 'callee'), 'property')) ?? '');
}

/** Dependencies without a row in docs/dependencies.md, and rows without a dependency. */
export function dependencyRows(page: TextFile, files: readonly TextFile[]): readonly Complaint[] {
  const rows = new Set([...page.text.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name!));
  const named = dependenciesOf(files);
  return [
    ...[...named.keys()]
      .filter((name) => !rows.has(name))
      .map((name) => `${page.path} has no row for ${name}.`),
    ...[...rows]
      .filter((name) => !named.has(name))
      .map((name) => `${page.path}: no package.json names ${name} any more.`),
  ];
}

/** Rows of the glossary whose identifier is not in the file that they name. */
export function lostTerms(page: TextFile, files: readonly TextFile[]): readonly Complaint[] {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  return page.text.split('\n').flatMap((line, i) => {
    const [, terms, where] = /^\|[^|]+\|([^|]+)\| `([^`]+)` \|$/.exec(line) ?? [];
    if (!terms || !where) return [];
    const text = texts.get(where);
    if (text === undefined) return [`${page.path}:${i + 1} names ${where}, which is not there.`];
    return [...terms.matchAll(/`([^`]+)`/g)]
      .filter(([, term]) => !new RegExp(`\\b${literal(term!)}\\b`).test(text))
      .map(([, term]) => `${page.path}:${i + 1} ${term} is not in ${where}: name the file that has it.`);
  });
}

/** Links and code spans of pages that lead to files which are not there. */
export function lostLinks(pages: readonly TextFile[], files: readonly TextFile[]): readonly Complaint[] {
  const known = new Set(files.map(({ path }) => path));
  return pages.flatMap(({ path, text }) => {
    const folder = path.split('/').slice(0, -1).join('/');
    const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, link]) =>
      joined(folder, link!),
    );
    const spans = [
      ...text.matchAll(/`((?:packages|apps|docs|tidy|demo|scenes|bench|bin)\/[\w./-]+\.\w+)`/g),
    ].map(([, span]) => span!);
    return [...new Set([...links, ...spans])]
      .filter((link) => !known.has(link) && !isFolder(link, known))
      .map((link) => `${path} leads to ${link}, which is not there.`);
  });
}

function isFolder(link: string, known: ReadonlySet<string>): boolean {
  const prefix = link.endsWith('/') ? link : `${link}/`;
  for (const path of known) if (path.startsWith(prefix)) return true;
  return false;
}

function joined(folder: string, link: string): string {
  const parts = link.startsWith('/') || folder === '' ? [] : folder.split('/');
  for (const part of link.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

/** Decisions are numbered 0001, 0002, … without a gap, and each begins with its number. */
export function oddDecisions(pages: readonly TextFile[]): readonly Complaint[] {
  const decisions = pages.filter(({ path }) => /^docs\/decisions\/\d/.test(path));
  return decisions.flatMap(({ path, text }, i) => {
    const number = String(i + 1).padStart(4, '0');
    if (!path.startsWith(`docs/decisions/${number}-`)) return [`${path}: the next decision is ${number}.`];
    return text.startsWith(`# ${number} `) ? [] : [`${path} begins with "# ${number} " and its title.`];
  });
}
