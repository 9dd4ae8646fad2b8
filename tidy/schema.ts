import type { Complaint } from './source.ts';

/** A table as schema.sql has it. `grants` are the privileges of the service's role. */
export type Table = {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly primaryKey: readonly string[];
  readonly unique: readonly (readonly string[])[];
  readonly grants: readonly string[];
};

/** Reads the tables of a schema dump. */
export function tablesOf(schema: string): readonly Table[] {
  const blocks = schema.matchAll(
    /^CREATE TABLE (\w+) \(\n([\s\S]*?)^\)[^;]*;\n([\s\S]*?)(?=^CREATE TABLE|(?![\s\S]))/gm,
  );
  return [...blocks].map(([, name, body, after]) => ({
    name: name!,
    columns: [...body!.matchAll(/^ {2}(?!CONSTRAINT)"?(\w+)"? ([^,\n]+)/gm)].map(([, column, type]) => ({
      name: column!,
      type: type!,
    })),
    primaryKey: names(/PRIMARY KEY \(([^)]+)\)/.exec(body!)?.[1]),
    unique: [
      ...[...body!.matchAll(/\bUNIQUE \(([^)]+)\)/g)].map(([, columns]) => names(columns)),
      ...[...after!.matchAll(/CREATE UNIQUE INDEX [^;]*? USING \w+ \(([^)]+)\)/g)].map(([, columns]) =>
        names(columns),
      ),
    ],
    grants: names(/^-- gezhi_service: (.*)$/m.exec(after!)?.[1]),
  }));
}

function names(list: string | undefined): readonly string[] {
  return list?.split(/,\s*/).map((name) => name.replaceAll('"', '').trim()) ?? [];
}

/** Tables that grow carry `district` first in their key, and in every unique one. `small` excuses tables, with reasons. */
export function keysWithoutDistrict(
  tables: readonly Table[],
  small: Readonly<Record<string, string>>,
): readonly Complaint[] {
  return tables.flatMap(({ name, primaryKey, unique }) => {
    if (small[name]) return [];
    const found: Complaint[] = [];
    if (primaryKey[0] !== 'district') {
      found.push(
        `table ${name}: its key is (${primaryKey.join(', ')}). Begin it with district, or say in tidy/reasons.ts why it stays small.`,
      );
    }
    for (const columns of unique) {
      if (columns.includes('district')) continue;
      found.push(`table ${name}: unique (${columns.join(', ')}) lacks district, and Citus refuses it.`);
    }
    return found;
  });
}

/** The log: nothing but INSERT and SELECT, data as json, keyed by case and sequence. */
export function logOutOfShape(tables: readonly Table[]): readonly Complaint[] {
  const fact = tables.find(({ name }) => name === 'fact');
  if (!fact) return ['schema.sql has no table fact.'];
  const found: Complaint[] = [];
  if ([...fact.grants].sort().join() !== 'INSERT,SELECT') {
    found.push(
      `table fact: the service may ${fact.grants.join(', ')}; a log is INSERT and SELECT, nothing else.`,
    );
  }
  if (fact.primaryKey.join() !== 'district,case_id,seq') {
    found.push(`table fact: its key is (${fact.primaryKey.join(', ')}), not (district, case_id, seq).`);
  }
  if (!fact.columns.some(({ name, type }) => name === 'data' && type.startsWith('json '))) {
    found.push(
      'table fact: data is json, as it was written, so that its hash can be taken again (decision 0004).',
    );
  }
  return found;
}
