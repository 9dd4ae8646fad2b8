import { type Refusal, refuse } from '@gezhi/basis';
import { RELATIONS, type Relation } from './relation.ts';

/**
 * A row of the power list. `powers` and `kinds` are codes, prefixes that end in a dot, or `*`; an absent condition holds for
 * everybody; all conditions of a row must hold. `basis` is the law or list that the row rests on.
 */
export type PowerRow = {
  readonly id: string;
  readonly effect: 'permit' | 'forbid';
  readonly powers: readonly string[];
  readonly postKinds?: readonly string[];
  readonly unitKinds?: readonly string[];
  readonly unitLevels?: readonly string[];
  readonly roles?: readonly string[];
  readonly kinds?: readonly string[];
  /** Dated states: the row holds only while one of them is in force where the matter lies. */
  readonly during?: readonly string[];
  readonly relation: Relation;
  readonly basis: string;
  readonly text: { readonly zh: string; readonly en: string };
};

/** 权力清单: what may be done (permits, the positive list) and what never (forbids, the negative list), each sorted by id. */
export type PowerTable = {
  readonly permits: readonly PowerRow[];
  readonly forbids: readonly PowerRow[];
  /** Policies beside the rows, as text of `powers.cedar`; `may()` does not read them, a gate does. */
  readonly cedar?: string;
};

/**
 * Reads a power list from plain data, such as a scene's: an array of rows
 * `{id, effect, power, relation?, postKinds?, unitKinds?, unitLevels?, roles?, kinds?, during?, basis, text: {zh, en}}`, where `power`
 * is one or a list, and `relation` is `any` when absent.
 *
 * Refuses (`bad-power-list`, the first fault, with row and field) what is not of that shape: an unknown field, relation or effect,
 * an empty list, a missing basis or sentence, an id used twice. A condition that was misspelt must not become "everybody".
 */
export function readPowerTable(data: unknown): PowerTable | Refusal {
  if (!Array.isArray(data)) return refuse('bad-power-list', 'A power list is a list of rows.');
  const rows: PowerRow[] = [];
  for (const [index, value] of data.entries()) {
    const read = readRow(value);
    const fault = typeof read === 'string' ? read : twice(rows, read);
    if (fault !== undefined) {
      return refuse('bad-power-list', `Row ${index + 1}${nameOf(value)}: ${fault}`, { row: index + 1 });
    }
    rows.push(read as PowerRow);
  }
  return makePowerTable(rows);
}

/** The table of rows that are already known to be good. */
export function makePowerTable(rows: readonly PowerRow[]): PowerTable {
  const sorted = [...rows].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return {
    permits: sorted.filter((row) => row.effect === 'permit'),
    forbids: sorted.filter((row) => row.effect === 'forbid'),
  };
}

function twice(rows: readonly PowerRow[], { id }: PowerRow): string | undefined {
  return rows.some((row) => row.id === id) ? 'this id is used twice. Give each row its own.' : undefined;
}

function nameOf(value: unknown): string {
  return isRecord(value) && typeof value.id === 'string' ? ` ("${value.id}")` : '';
}

type Fields = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const LISTS = ['postKinds', 'unitKinds', 'unitLevels', 'roles', 'kinds', 'during'] as const;
const FIELDS: readonly string[] = ['id', 'effect', 'power', 'relation', 'basis', 'text', ...LISTS];

/** The row, or what is wrong with it. */
function readRow(value: unknown): PowerRow | string {
  if (!isRecord(value)) return 'a row is an object.';
  const unknown = Object.keys(value).find((key) => !FIELDS.includes(key));
  if (unknown !== undefined) return `"${unknown}" is no field. Fields are ${FIELDS.join(', ')}.`;
  const { id, effect, relation = 'any', basis, text } = value;
  if (!isWord(id)) return 'id is missing. Name the row, for example "check-by-others".';
  if (effect !== 'permit' && effect !== 'forbid') return 'effect must be permit or forbid.';
  if (!isRelation(relation)) return `relation "${String(relation)}" is none of ${RELATIONS.join(', ')}.`;
  if (!isWord(basis)) return 'basis is missing. Name the law or list that the row rests on.';
  if (!isRecord(text) || !isWord(text.zh) || !isWord(text.en))
    return 'text needs a sentence in zh and in en.';
  const powers = typeof value.power === 'string' ? [value.power] : value.power;
  if (!isWords(powers))
    return 'power is missing. Write a power, a list of them, a prefix ending in a dot, or *.';
  const bad = LISTS.find((key) => value[key] !== undefined && !isWords(value[key]));
  if (bad !== undefined)
    return `${bad} must be a list with at least one word. Leave it out to mean everybody.`;
  const lists = Object.fromEntries(LISTS.flatMap((key) => (isWords(value[key]) ? [[key, value[key]]] : [])));
  return { id, effect, powers, relation, basis, text: { zh: text.zh, en: text.en }, ...lists };
}

function isWord(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function isWords(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every(isWord);
}

function isRelation(value: unknown): value is Relation {
  return RELATIONS.some((relation) => relation === value);
}
