import type { CaseAttribute, Test } from '@gezhi/powers';

/** For which cases somebody holds a power: the test of each scene's power list, and what the tests need to know of the town. */
export type PowerFilter = {
  readonly scenes: readonly { readonly scene: string; readonly test: Test }[];
  readonly secretKinds: readonly string[];
  /** All units below a unit. */
  readonly unitsBelow: (unit: string) => readonly string[];
  /** All places where a dated state holds now. */
  readonly placesDuring: (state: string) => readonly string[];
};

/** Puts a value among a statement's parameters and answers how the statement names it. */
export type Put = (value: unknown) => string;

/**
 * The condition on rows of `case_now` that exactly those cases meet over which somebody holds the power: what the gate would answer one by
 * one. A row whose scene is not known, or has no list here, never meets it. Answers true or false, never NULL.
 *
 * @param table the name or alias that columns are asked of
 * @throws Error where a test asks what no column holds (`places`, `requester`); `isFilterable` tells before
 */
export function powerCondition(filter: PowerFilter, put: Put, table: string): string {
  const of = { ...filter, put, column: (name: string) => `${table}.${name}` };
  const scenes = filter.scenes
    .filter(({ test }) => test !== false)
    .map(({ scene, test }) => {
      const is = `${table}.scene = ${put(scene)}`;
      return test === true ? is : `${is} AND ${conditionOf(test, of)}`;
    });
  return scenes.length === 0 ? 'false' : `((${scenes.join(') OR (')})) IS TRUE`;
}

/** Whether every attribute that a test asks stands in a column. */
export function isFilterable(test: Test): boolean {
  if (typeof test === 'boolean') return true;
  if ('all' in test) return test.all.every(isFilterable);
  if ('any' in test) return test.any.every(isFilterable);
  if ('not' in test) return isFilterable(test.not);
  if ('empty' in test && (test.empty === 'leadAbove' || test.empty === 'during')) return false;
  const attribute = Object.values(test).find((value) => typeof value === 'string');
  return attribute !== 'places' && attribute !== 'requester';
}

type Of = Omit<PowerFilter, 'scenes'> & { readonly put: Put; readonly column: (name: string) => string };

function conditionOf(test: Test, of: Of): string {
  if (typeof test === 'boolean') return String(test);
  if ('all' in test) return `(${test.all.map((part) => conditionOf(part, of)).join(' AND ')})`;
  if ('any' in test) return `(${test.any.map((part) => conditionOf(part, of)).join(' OR ')})`;
  if ('not' in test) return `NOT ${conditionOf(test.not, of)}`;
  if ('has' in test) return `(${wordColumn(test.has, of)} IS NOT NULL)`;
  if ('flag' in test) return oneOf(of.column('kind'), of.secretKinds, of);
  if ('like' in test) return `((${wordColumn(test.word, of)} LIKE ${of.put(likeOf(test.like))}) IS TRUE)`;
  if ('of' in test) return oneOf(wordColumn(test.word, of), test.of, of);
  if ('empty' in test) return isEmpty(test.empty, of);
  if ('some' in test) return holdsSome(test.set, test.some, of);
  if (test.every.length === 0) return 'true';
  return `(${test.every.map((word) => holdsSome(test.set, [word], of)).join(' AND ')})`;
}

function wordColumn(attribute: CaseAttribute, of: Of): string {
  if (attribute === 'kind') return of.column('kind');
  if (attribute === 'lead') return of.column('unit');
  if (attribute === 'finder') return of.column('finder');
  throw new Error(`no column of case_now holds "${attribute}"`);
}

function holdsSome(set: CaseAttribute, words: readonly string[], of: Of): string {
  if (set === 'doneBy') return oneOf(of.column('unit'), words, of);
  if (set === 'leadAbove') return oneOf(of.column('unit'), words.flatMap(of.unitsBelow), of);
  if (set === 'during') return oneOf(of.column('place'), words.flatMap(of.placesDuring), of);
  return `((${setColumn(set, of)} && ${of.put(words)}::text[]) IS TRUE)`;
}

function isEmpty(set: CaseAttribute, of: Of): string {
  if (set === 'doneBy') return `(${of.column('unit')} IS NULL)`;
  if (set === 'leadAbove') throw new Error('whether there is a unit above is asked of no column');
  return `(${setColumn(set, of)} IS NULL)`;
}

function setColumn(set: CaseAttribute, of: Of): string {
  if (set === 'coUnits') return of.column('parties');
  if (set === 'against') return of.column('against');
  throw new Error(`no column of case_now holds "${set}"`);
}

function oneOf(column: string, words: readonly string[], of: Of): string {
  return words.length === 0 ? 'false' : `((${column} = ANY(${of.put(words)}::text[])) IS TRUE)`;
}

/** A pattern as LIKE writes it. */
function likeOf(pattern: readonly (string | null)[]): string {
  return pattern.map((part) => (part === null ? '%' : part.replace(/[\\%_]/g, '\\$&'))).join('');
}
