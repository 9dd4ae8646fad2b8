import { ABOUT_NO_PERSON, AT_SIGN_IN, CONTROL, FORBIDDEN } from './reasons.ts';
import type { Table } from './schema.ts';
import { type Complaint, isTest, type Source, type TextFile } from './source.ts';
import { field, lineOf, nameOf, walk } from './walk.ts';

/** Tables and columns that could hold a score, colour or rank of a person, a list of watched ones, or the marks of a clock-in. */
export function forbiddenColumns(tables: readonly Table[]): readonly Complaint[] {
  return tables.flatMap(({ name, columns }) =>
    [name, ...columns.map((column) => `${name}.${column.name}`)].flatMap((place) => {
      const why = whyForbidden(place.split('.').at(-1)!);
      return why ? [`schema.sql: ${place} may not be (${why}). See DESIGN.md "Limits".`] : [];
    }),
  );
}

/** Roll-ups count cases by place, kind and unit; no row of them is a person, a post or one request. */
export function personsAsRows(tables: readonly Table[]): readonly Complaint[] {
  return tables
    .filter(({ name }) => name.startsWith('rollup'))
    .flatMap(({ name, primaryKey }) =>
      primaryKey
        .filter((column) => /^(person|post|number|contact|staff|requester)/.test(column))
        .map(
          (column) => `schema.sql: ${name} has a row for each ${column}; no output has persons as its rows.`,
        ),
    );
}

/** The same words as fields of what is written into facts or crosses HTTP. */
export function forbiddenFields(source: Source): readonly Complaint[] {
  if (!/^packages\/(contract\/src\/|cases\/src\/(fact|command|case)\.ts)/.test(source.path)) return [];
  const found: Complaint[] = [];
  const tell = (line: number, name: string): void => {
    const why = whyForbidden(name);
    if (why && !ABOUT_NO_PERSON[`${source.path}#${name}`])
      found.push(`${source.path}:${line} the field ${name} may not be (${why}). See DESIGN.md "Limits".`);
  };
  walk(source.tree, (node) => {
    const key = node.type === 'Property' ? nameOf(field(node, 'key')) : undefined;
    if (key) tell(lineOf(node), key);
  });
  for (const match of source.types.matchAll(/^\s*(?:readonly\s+)?(\w+)\??:/gm)) {
    tell(source.types.slice(0, match.index + match[0].length).split('\n').length, match[1]!);
  }
  return found;
}

/** Where people who work or report read and write: scenes, apps, pages, what crosses HTTP. */
const BEFORE_PEOPLE = /^(scenes|apps|packages\/(server|contract|open311|workers)\/src)\//;

/** Marks of a clock-in, points, online time or a ranking of persons, in the words that people see and in the code behind them. */
export function controlOfWorkers(file: TextFile): readonly Complaint[] {
  if (!BEFORE_PEOPLE.test(file.path) || file.path.endsWith('.test.ts')) return [];
  return file.text.split('\n').flatMap((line, i) => {
    const [word] = CONTROL.exec(line) ?? [];
    return word
      ? [`${file.path}:${i + 1} says "${word}": no clock-in, points, online time or ranking of persons.`]
      : [];
  });
}

/** Who calls is no reason to refuse: nothing behind HTTP looks at the address of a caller. What is limited is a channel or a number. */
export function callersLookedAt(source: Source): readonly Complaint[] {
  if (
    !/^(packages\/(server|open311|contract)|apps\/service)\/src\//.test(source.path) ||
    isTest(source.path) ||
    AT_SIGN_IN[source.path]
  )
    return [];
  const found: Complaint[] = [];
  walk(source.tree, (node) => {
    if (node.type !== 'MemberExpression') return;
    const name = nameOf(field(node, 'property'));
    if (name === 'remoteAddress' || name === 'ips' || name === 'ip')
      found.push(`${source.path}:${lineOf(node)} looks at who calls (${name}): limits are of a channel.`);
  });
  return found;
}

/** `caller_risk`, `callerRisk` → caller, risk. */
function whyForbidden(name: string): string | undefined {
  const parts = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split('_');
  const joined = `_${parts.join('_')}_`;
  return Object.entries(FORBIDDEN).find(([word]) => joined.includes(`_${word}_`))?.[1];
}
