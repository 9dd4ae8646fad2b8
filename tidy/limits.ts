import { ABOUT_NO_PERSON, FORBIDDEN } from './reasons.ts';
import type { Table } from './schema.ts';
import type { Complaint, Source } from './source.ts';
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

/** `caller_risk`, `callerRisk` → caller, risk. */
function whyForbidden(name: string): string | undefined {
  const parts = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split('_');
  const joined = `_${parts.join('_')}_`;
  return Object.entries(FORBIDDEN).find(([word]) => joined.includes(`_${word}_`))?.[1];
}
