import type { Node } from 'acorn';
import { type Complaint, isTest, type Source, type TextFile } from './source.ts';
import { field, lineOf, nameOf, walk } from './walk.ts';

/** A piece of SQL and where it stands; what is put into a template at run time reads as `?`. */
export type Statement = { readonly where: string; readonly text: string };

const MAY_BE_SQL = /\b(select|insert|update|delete|merge|create|alter|grant|with|skip locked)\b/i;

/** Every string and template of the code, and every statement of the SQL files. Tests aside. */
export function statementsOf(sources: readonly Source[], files: readonly TextFile[]): readonly Statement[] {
  const inCode = sources
    .filter(({ path, text }) => !isTest(path) && MAY_BE_SQL.test(text))
    .flatMap(stringsOf);
  const inFiles = files.filter(({ path }) => path.endsWith('.sql')).flatMap(statementsIn);
  return [...inCode, ...inFiles];
}

function stringsOf({ path, tree }: Source): readonly Statement[] {
  const found: Statement[] = [];
  walk(tree, (node) => {
    const text = textOf(node);
    if (text?.includes(' ')) found.push({ where: `${path}:${lineOf(node)}`, text: plain(text) });
  });
  return found;
}

function textOf(node: Node): string | undefined {
  if (node.type === 'Literal') {
    const value = field<unknown>(node, 'value');
    return typeof value === 'string' ? value : undefined;
  }
  if (node.type !== 'TemplateLiteral') return undefined;
  const quasis = field<readonly { value: { cooked?: string } }[]>(node, 'quasis')!;
  return quasis.map(({ value }) => value.cooked ?? '').join(' ? ');
}

function statementsIn({ path, text }: TextFile): readonly Statement[] {
  let line = 1;
  return text.split(';').map((statement) => {
    const where = `${path}:${line + (/^\s*/.exec(statement)![0].match(/\n/g)?.length ?? 0)}`;
    line += statement.match(/\n/g)?.length ?? 0;
    return { where, text: plain(statement) };
  });
}

function plain(sql: string): string {
  return sql
    .replace(/--.*/g, ' ')
    .replace(/"(\w+)"/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}

const IS_SQL =
  /\b(select|insert into|update \w+( as \w+| \w+)? set|delete from|create|alter table|merge into|with)\b/i;

type Rule = { readonly says: string; readonly broken: (sql: string) => boolean };

/** What Citus refuses on tables that are spread by district, and what breaks the log: see DESIGN.md "Growing". */
const RULES: readonly Rule[] = [
  {
    says: 'takes SKIP LOCKED without `district =` in its WHERE: one district at a time, or Citus refuses it',
    broken: (sql) => /\bskip locked\b/i.test(sql) && !/\bwhere\b.*\bdistrict\s*=.*\bskip locked\b/i.test(sql),
  },
  { says: 'is a recursive query: walk the tree in the application', broken: has(/\bwith recursive\b/i) },
  {
    says: 'groups by several sets at once: one query a set',
    broken: has(/\bgrouping sets\b|\bgroup by [^;]*?\b(rollup|cube)\s*\(/i),
  },
  {
    says: 'is a MERGE: INSERT … ON CONFLICT instead',
    broken: has(/\bmerge into \w+.*\busing\b.*\bwhen (not )?matched\b/i),
  },
  {
    says: 'changes `district`: a matter that lies elsewhere is handed over as a linked case',
    broken: has(/\bset (?:(?!\b(?:where|from|returning)\b).)*?(?<![.\w])district\s*=/i),
  },
  {
    says: 'joins two tables without district: join `ON a.district = b.district` or `= $n`',
    broken: joinsWithoutDistrict,
  },
  {
    says: 'makes a trigger, which Citus refuses: do it in the same transaction',
    broken: has(/\bcreate (or replace )?(constraint )?trigger\b/i),
  },
  {
    says: 'adds a foreign key to a table that is there: it is made with the table, before that is spread',
    broken: has(/\balter table .*\b(foreign key|references)\b/i),
  },
  {
    says: 'numbers rows by a sequence: following one loses rows under many writers; positions come from log_head',
    broken: has(/\b(bigserial|smallserial|serial)\b(?! \w+ \w+ \w+ a )|\bas identity\b|\bnextval\s*\(/i),
  },
  {
    says: 'calls uuidv7(), which PostgreSQL 15 lacks: ids are made in the application',
    broken: has(/\buuidv7\s*\(/i),
  },
  {
    says: 'changes or deletes facts, which are append-only',
    broken: has(
      /\bupdate fact\b|\bdelete from fact\b|\btruncate( table)? fact\b|\bgrant [^;]*\b(update|delete)\b[^;]* on fact\b/i,
    ),
  },
];

function has(pattern: RegExp): (sql: string) => boolean {
  return (sql) => pattern.test(sql);
}

/** Joins with anything but values of the query itself (`unnest`, `json_…`, `generate_series`, `lateral`) say `district`. */
function joinsWithoutDistrict(sql: string): boolean {
  if (/\bpg_(?!try|advisory)\w+|\binformation_schema\b/i.test(sql)) return false;
  const joins = sql.matchAll(
    /\bjoin\s+(?!lateral|unnest|json\w*\(|generate_series)(\w+)((?:(?!\bjoin\b|\bwhere\b|\bunion\b|\border by\b|\bgroup by\b).)*)/gi,
  );
  return [...joins].some(([, , rest]) => /\b(on|using)\b/i.test(rest!) && !/\bdistrict\b/i.test(rest!));
}

/** SQL outside the subset that one county's server and a province's Citus cluster both take. */
export function outsideTheSubset(statements: readonly Statement[]): readonly Complaint[] {
  return statements
    .filter(({ text }) => IS_SQL.test(text) || /\bskip locked\b/i.test(text))
    .flatMap(({ where, text }) =>
      RULES.filter(({ broken }) => broken(text)).map(({ says }) => `${where} ${says}.`),
    );
}

/** The same refused where a query is composed by calls. */
const CALLS: Readonly<Record<string, string>> = {
  skipLocked: 'takes SKIP LOCKED by a call, where its WHERE cannot be read: write this query in plain SQL',
  withRecursive: 'is a recursive query: walk the tree in the application',
  mergeInto: 'is a MERGE: INSERT … ON CONFLICT instead',
};

export function composedOutside(source: Source): readonly Complaint[] {
  if (isTest(source.path)) return [];
  const found: Complaint[] = [];
  walk(source.tree, (node) => {
    if (node.type !== 'CallExpression') return;
    const method = nameOf(field(field(node, 'callee'), 'property'));
    if (method && Object.hasOwn(CALLS, method)) {
      found.push(`${source.path}:${lineOf(node)} ${CALLS[method]}.`);
    }
  });
  return found;
}
