import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Program, parse } from 'acorn';
import { type Import, importsOf } from './imports.ts';
import { parseScreen } from './parse-screen.ts';

/** One thing out of order: where it is and what to do about it, in one line. */
export type Complaint = string;

/** A source file, read once for all checks. `types` is the text of its types alone, everything else blank, lines kept. */
export type Source = {
  readonly path: string;
  readonly text: string;
  readonly tree: Program;
  readonly types: string;
  readonly imports: readonly Import[];
};

/** Any file that people write: source, data, words. */
export type TextFile = { readonly path: string; readonly text: string };

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

const NOT_OURS = new Set(['node_modules', '.git', '.gezhi', 'coverage', 'dist', 'out', 'package-lock.json']);
const WRITTEN = /\.(ts|tsx|js|mjs|sql|md|ya?ml|json|css|html|svg|sh)$|^(LICENSE|NOTICE)$|^\.ci\/run$/;

/** Every written file below `root`, by path with forward slashes, in order. */
export function readFiles(root: string = ROOT): readonly TextFile[] {
  const paths: string[] = [];
  const visit = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true }) as Dirent[]) {
      if (NOT_OURS.has(entry.name)) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else if (WRITTEN.test(relative(root, path).split(sep).join('/'))) paths.push(path);
    }
  };
  visit(root);
  return paths
    .map((path) => ({ path: relative(root, path).split(sep).join('/'), text: readFileSync(path, 'utf8') }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The files that are TypeScript, parsed; declarations of other code (`.d.ts`) run nowhere. About 2 ms a file. */
export function readSources(files: readonly TextFile[]): readonly Source[] {
  return files
    .filter(({ path }) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'))
    .map(({ path, text }) => sourceOf(path, text));
}

/** @throws SyntaxError with the file's path where it is not TypeScript that runs as it stands */
export function sourceOf(path: string, text: string): Source {
  if (path.endsWith('.tsx')) return { path, text, ...parseScreen(path, text) };
  try {
    // An `import type` would be blanked with the types; the same text without the word stays an arrow that can be followed.
    const arrows = text.replace(/^(import|export) type (?=[^;=]*? from ')/gm, '$1      ');
    const stripped = stripTypeScriptTypes(arrows);
    const tree = parse(stripped, { ecmaVersion: 'latest', sourceType: 'module', locations: true });
    const types = blankExcept(arrows, stripped);
    return { path, text, tree, types, imports: importsOf(tree, types) };
  } catch (cause) {
    throw new SyntaxError(`${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
}

function blankExcept(text: string, stripped: string): string {
  let types = '';
  for (let i = 0; i < text.length; i += 1) {
    const gone = stripped[i] === ' ' && text[i] !== ' ';
    types += gone || text[i] === '\n' ? text[i] : ' ';
  }
  return types;
}

/** The room a file stands in: `packages/place`, `apps/cli`, `demo`, `tidy`. */
export function roomOf(path: string): string {
  const parts = path.split('/');
  return parts[0] === 'packages' || parts[0] === 'apps' ? parts.slice(0, 2).join('/') : parts[0]!;
}

/**
 * Tests and what only tests use: `*.test.ts`, `testing.ts`, `testing-….ts`, `testing/…`, `made-up-….ts`, the examples of READMEs
 * (`example.ts`), and the rooms of tests.
 */
export function isTest(path: string): boolean {
  return (
    /\.test\.ts$|\/testing(-[a-z-]+)?\.ts$|\/testing\/|\/made-up-[a-z-]+\.ts$|\/example\.ts$/.test(path) ||
    /^(tidy|e2e|bench|scenes)\//.test(path)
  );
}
