import { resolve } from './floors.ts';
import { type Complaint, isTest, roomOf, type Source, type TextFile } from './source.ts';
import { field, walk } from './walk.ts';

const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
const MIGRATION = /^\d{4}_[a-z]+(_[a-z0-9]+)*\.sql$/;

/** File names that are not kebab-case; Markdown in capitals (README.md, README.zh.md) and numbered migrations are as they should be. */
export function oddNames(files: readonly TextFile[]): readonly Complaint[] {
  return files.flatMap(({ path }) => {
    const name = path.split('/').at(-1)!;
    if (/^[A-Z_]+(\.[a-z]{2})?(\.md)?$/.test(name) || KEBAB.test(name)) return [];
    if (path.includes('/migrations/')) {
      return MIGRATION.test(name) ? [] : [`${path}: a migration is named 0001_open_the_log.sql, by a verb.`];
    }
    return [`${path}: file names are kebab-case.`];
  });
}

/** Doors: one `src/index.ts` a package, none inside. */
export function oddDoors(files: readonly TextFile[]): readonly Complaint[] {
  return files
    .filter(({ path }) => /(^|\/)index\.ts$/.test(path) && path !== `${roomOf(path)}/src/index.ts`)
    .map(
      ({ path }) =>
        `${path}: one index.ts at a package's door, none inside. Import the file, not the folder.`,
    );
}

/** Files that nothing imports, names in package.json, or loads by its path: code that no longer runs. */
export function deadFiles(sources: readonly Source[], files: readonly TextFile[]): readonly Complaint[] {
  const alive = new Set(
    sources.flatMap(({ path, imports }) => imports.map(({ from }) => resolve(path, from))),
  );
  const named = files
    .filter(({ path }) => /(^|\/)package\.json$|^bin\/|^\.ci\/|\.(md|sql|html)$/.test(path))
    .map(({ text }) => text);
  const loaded = sources.flatMap(pathsInStrings);
  return sources
    .filter(({ path }) => !isTest(path) && path !== `${roomOf(path)}/src/index.ts` && !alive.has(path))
    .filter(({ path }) => !loaded.some((end) => path.endsWith(end)))
    .filter(({ path }) => !named.some((text) => text.includes(path.slice(roomOf(path).length + 1))))
    .map(({ path }) => `${path}: nobody imports it. Use it or remove it.`);
}

/** Ends of paths in the strings of a file: `./supervise.ts` is how a process of its own is started. */
function pathsInStrings({ path, text, tree }: Source): readonly string[] {
  if (!/import\.meta|argv|spawn|fork/.test(text)) return [];
  const found: string[] = [];
  walk(tree, (node, above) => {
    const value = field<unknown>(node, 'value');
    if (node.type !== 'Literal' || typeof value !== 'string' || !/^[\w./-]+\.ts$/.test(value)) return;
    if (/^(Import|Export)/.test(above.at(-1)!.type)) return;
    found.push(value.startsWith('.') ? resolve(path, value) : `/${value}`);
  });
  return found;
}
