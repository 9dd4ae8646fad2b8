import { CASE_ATTRIBUTES, type CaseAttribute, type CaseAttributes } from './attributes.ts';

/** An expression of Cedar's JSON format, such as `{"==": {left, right}}`. */
export type Expr = Readonly<Record<string, unknown>>;

/**
 * What is left of policies when who acts and what they want to do is known: a test on the attributes of the matter alone. The same
 * test runs as a predicate here and as a filter in SQL.
 */
export type Test =
  | boolean
  | { readonly all: readonly Test[] }
  | { readonly any: readonly Test[] }
  | { readonly not: Test }
  | { readonly has: CaseAttribute }
  | { readonly flag: CaseAttribute }
  /** A word that is one of these. */
  | { readonly word: CaseAttribute; readonly of: readonly string[] }
  /** A word that fits a pattern; `null` stands for anything. */
  | { readonly word: CaseAttribute; readonly like: readonly (string | null)[] }
  /** A set that holds one of these, or all. */
  | { readonly set: CaseAttribute; readonly some: readonly string[] }
  | { readonly set: CaseAttribute; readonly every: readonly string[] }
  | { readonly empty: CaseAttribute };

/** Part of a policy that cannot become a test on a matter's attributes. */
export class NoTest extends Error {}

/**
 * Reads an expression that Cedar left over. Takes `&&`, `||`, `!`, `if`, `==`, `!=`, `has`, `like`, `contains`, `containsAny`, `containsAll`,
 * `isEmpty` between attributes of the matter and known values.
 *
 * @throws NoTest what else a policy may say (arithmetic, `in`, one attribute compared with another), naming it
 */
export function readTest(expr: Expr): Test {
  const [[op, value] = ['', undefined]] = Object.entries(expr);
  const { left, right, arg } = (value ?? {}) as { left: Expr; right: Expr; arg: Expr };
  if (op === 'Value' && typeof value === 'boolean') return value;
  if (op === '&&') return readBoth(left, right);
  if (op === '||') return readEither(left, right);
  if (op === '!') return notOf(readTest(arg));
  if (op === 'if-then-else') return readIf(value as { if: Expr; then: Expr; else: Expr });
  if (op === 'has') return { has: attributeIn({ '.': value }) };
  if (op === '==') return equal(left, right);
  if (op === '!=') return notOf(equal(left, right));
  if (op === '.') return { flag: sorted(expr, 'flag') };
  if (op === 'like') return { word: sorted(left, 'word'), like: patternOf(value) };
  if (op === 'isEmpty') return { empty: sorted(arg, 'set') };
  if (op === 'contains' || op === 'containsAny' || op === 'containsAll') return holds(op, left, right);
  throw new NoTest(`"${op}" cannot be asked of a matter`);
}

export function allOf(tests: readonly Test[]): Test {
  const left = tests.flatMap((test) =>
    typeof test === 'object' && 'all' in test ? test.all : test === true ? [] : [test],
  );
  if (left.includes(false)) return false;
  return left.length === 0 ? true : left.length === 1 ? left[0]! : { all: left };
}

export function anyOf(tests: readonly Test[]): Test {
  const left = tests.flatMap((test) =>
    typeof test === 'object' && 'any' in test ? test.any : test === false ? [] : [test],
  );
  if (left.includes(true)) return true;
  return left.length === 0 ? false : left.length === 1 ? left[0]! : { any: left };
}

export function notOf(test: Test): Test {
  if (typeof test === 'boolean') return !test;
  return 'not' in test ? test.not : { not: test };
}

/** The test with other words in the place of some, none or several for one. */
export function fillTest(test: Test, words: ReadonlyMap<string, readonly string[]>): Test {
  const fill = (list: readonly string[]): readonly string[] =>
    list.flatMap((word) => words.get(word) ?? [word]);
  if (typeof test === 'boolean') return test;
  if ('all' in test) return { all: test.all.map((part) => fillTest(part, words)) };
  if ('any' in test) return { any: test.any.map((part) => fillTest(part, words)) };
  if ('not' in test) return { not: fillTest(test.not, words) };
  if ('of' in test) return { ...test, of: fill(test.of) };
  if ('some' in test) return { ...test, some: fill(test.some) };
  if ('every' in test) return { ...test, every: fill(test.every) };
  return test;
}

/** What stands behind a `false` is never asked; Cedar leaves it as it was written, with names that are not known. */
function readBoth(left: Expr, right: Expr): Test {
  const first = readTest(left);
  return first === false ? false : allOf([first, readTest(right)]);
}

function readEither(left: Expr, right: Expr): Test {
  const first = readTest(left);
  return first === true ? true : anyOf([first, readTest(right)]);
}

function readIf(choice: { readonly if: Expr; readonly then: Expr; readonly else: Expr }): Test {
  const test = readTest(choice.if);
  if (typeof test === 'boolean') return readTest(test ? choice.then : choice.else);
  return anyOf([allOf([test, readTest(choice.then)]), allOf([notOf(test), readTest(choice.else)])]);
}

function equal(left: Expr, right: Expr): Test {
  if (!isAttribute(left) && isAttribute(right)) return equal(right, left);
  const attribute = attributeIn(left);
  const { sort } = CASE_ATTRIBUTES[attribute];
  const value = knownIn(right);
  if (sort === 'flag' && typeof value === 'boolean')
    return value ? { flag: attribute } : notOf({ flag: attribute });
  if (sort === 'word' && typeof value === 'string') return { word: attribute, of: [value] };
  throw new NoTest(`"${attribute}" cannot be compared as a whole; use contains, containsAny or containsAll`);
}

function holds(op: string, left: Expr, right: Expr): Test {
  if (isAttribute(left)) {
    const set = sorted(left, 'set');
    if (op === 'contains') return { set, some: [wordOf(right)] };
    const words = wordsOf(right);
    return op === 'containsAll' ? { set, every: words } : { set, some: words };
  }
  if (op === 'contains') return { word: sorted(right, 'word'), of: wordsOf(left) };
  if (op === 'containsAny') return { set: sorted(right, 'set'), some: wordsOf(left) };
  throw new NoTest('a set of values cannot be asked whether it holds all of an attribute');
}

function isAttribute(expr: Expr): boolean {
  return '.' in expr;
}

/** The attribute of the matter that an expression reads. */
function attributeIn(expr: Expr): CaseAttribute {
  const { left = {}, attr } = (expr['.'] ?? {}) as { left?: Expr; attr?: unknown };
  const [name] = Array.isArray(attr) ? attr : [attr];
  const ofResource = 'unknown' in left || left.Var === 'resource';
  if (ofResource && typeof name === 'string' && Object.hasOwn(CASE_ATTRIBUTES, name))
    return name as CaseAttribute;
  throw new NoTest(`${JSON.stringify(expr)} is no attribute of a matter`);
}

function sorted(expr: Expr, sort: 'word' | 'flag' | 'set'): CaseAttribute {
  const attribute = attributeIn(expr);
  if (CASE_ATTRIBUTES[attribute].sort === sort) return attribute;
  throw new NoTest(`"${attribute}" is no ${sort}`);
}

function knownIn(expr: Expr): unknown {
  if (Array.isArray(expr.Set)) return expr.Set.map((item) => knownIn(item as Expr));
  if (!('Value' in expr)) throw new NoTest(`${JSON.stringify(expr)} is not known`);
  return plain(expr.Value);
}

/** A value with its units and places as their codes. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return (value as { readonly __entity?: { readonly id: string } }).__entity?.id;
}

function wordOf(expr: Expr): string {
  const value = knownIn(expr);
  if (typeof value === 'string') return value;
  throw new NoTest(`${JSON.stringify(expr)} is no word`);
}

function wordsOf(expr: Expr): readonly string[] {
  const value = knownIn(expr);
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw new NoTest(`${JSON.stringify(expr)} is no set of words`);
}

function patternOf(like: unknown): readonly (string | null)[] {
  const { pattern } = like as { readonly pattern: readonly ('Wildcard' | { readonly Literal: string })[] };
  return pattern.map((part) => (part === 'Wildcard' ? null : part.Literal));
}

export type Predicate = (matter: CaseAttributes) => boolean;

/** The test as a function: compiled once, asked many times; no code is made from text. */
export function predicateOf(test: Test): Predicate {
  if (typeof test === 'boolean') return () => test;
  if ('all' in test) {
    const parts = test.all.map(predicateOf);
    return (matter) => parts.every((part) => part(matter));
  }
  if ('any' in test) {
    const parts = test.any.map(predicateOf);
    return (matter) => parts.some((part) => part(matter));
  }
  if ('not' in test) {
    const part = predicateOf(test.not);
    return (matter) => !part(matter);
  }
  return plainPredicate(test);
}

function plainPredicate(
  test: Exclude<Test, boolean | { all: unknown } | { any: unknown } | { not: unknown }>,
): Predicate {
  if ('has' in test) return (matter) => matter[test.has] !== undefined;
  if ('flag' in test) return (matter) => matter[test.flag] === true;
  if ('empty' in test) return (matter) => setIn(matter, test.empty).length === 0;
  if ('like' in test) {
    return (matter) => fits(matter[test.word] as string | undefined, test.like);
  }
  if ('of' in test) {
    const words: ReadonlySet<unknown> = new Set(test.of);
    return (matter) => words.has(matter[test.word]);
  }
  if ('some' in test) {
    const words = new Set(test.some);
    return (matter) => setIn(matter, test.set).some((word) => words.has(word));
  }
  return (matter) => test.every.every((word) => setIn(matter, test.set).includes(word));
}

function setIn(matter: CaseAttributes, set: CaseAttribute): readonly string[] {
  return matter[set] as readonly string[];
}

/** Whether a word fits a pattern, each wildcard taking as little as it may; in time of word × pattern at worst. */
function fits(word: string | undefined, pattern: readonly (string | null)[]): boolean {
  if (word === undefined) return false;
  const parts = piecesOf(pattern);
  const [first = '', ...rest] = parts;
  if (!word.startsWith(first)) return false;
  const last = rest.pop();
  if (last === undefined) return word === first;
  let at = first.length;
  for (const part of rest) {
    const found = word.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return word.length - last.length >= at && word.endsWith(last);
}

/** The literal pieces between wildcards. */
function piecesOf(pattern: readonly (string | null)[]): readonly string[] {
  const pieces = [''];
  for (const part of pattern) {
    if (part === null) pieces.push('');
    else pieces.push(`${pieces.pop() ?? ''}${part}`);
  }
  return pieces;
}
