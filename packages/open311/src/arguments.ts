import type { Problem } from './problem.ts';

/** A multi-map of names and values: `URLSearchParams` is one. */
export type Fields = {
  getAll(name: string): readonly string[];
  keys(): Iterable<string>;
};

/** The arguments of a call as plain text: trimmed, and without the empty ones, for an empty parameter is an absent one. */
export type Arguments = {
  all(name: string): readonly string[];
  names(): readonly string[];
};

/** The most characters (code points) that a text may have, as GeoReport v2 says of `description`. */
export const TEXT_CHARS_MAX = 4_000;

/** Reads from several sources; a name found in an earlier one is not looked up in the later ones. */
export function argumentsOf(...sources: readonly Fields[]): Arguments {
  return {
    all(name) {
      for (const source of sources) {
        const values = source
          .getAll(name)
          .map(plainText)
          .filter((value) => value !== '');
        if (values.length > 0) return values;
      }
      return [];
    },
    names: () => [...new Set(sources.flatMap((source) => [...source.keys()]))],
  };
}

/**
 * Text as people wrote it: whole characters, line ends as `\n`, no control characters (neither XML nor PostgreSQL can hold them),
 * no blanks around it. Angle brackets stay: it is text, and is never read as HTML.
 */
export function plainText(text: string): string {
  return text.toWellFormed().replace(/\r\n?/g, '\n').replace(CONTROLS, '').trim();
}

const CONTROLS = /[[\p{Cc}\uFFFE\uFFFF]--[\n\t]]/gv;

/** The one value of `name`. Two different values, or more than `charsMax` characters, are a problem. */
export function one(
  args: Arguments,
  name: string,
  problems: Problem[],
  charsMax = TEXT_CHARS_MAX,
): string | undefined {
  const [first, ...others] = args.all(name);
  if (first === undefined) return undefined;
  if (others.some((other) => other !== first)) bad(problems, `${name} is given more than once.`);
  checkLength(first, name, problems, charsMax);
  return first;
}

/** As `one`; its absence is a problem too, and then the answer is an empty text. */
export function need(args: Arguments, name: string, problems: Problem[]): string {
  const value = one(args, name, problems);
  if (value === undefined) bad(problems, `${name} is required.`);
  return value ?? '';
}

/** The values of `name`, given once with commas or several times; no value twice. */
export function list(args: Arguments, name: string): readonly string[] {
  const parts = args.all(name).flatMap((value) => value.split(','));
  return [...new Set(parts.map((part) => part.trim()).filter((part) => part !== ''))];
}

/** `TRUE` or `FALSE`, in any case. */
export function flag(args: Arguments, name: string, problems: Problem[]): boolean | undefined {
  const value = one(args, name, problems)?.toLowerCase();
  if (value === undefined) return undefined;
  if (value === 'true' || value === 'false') return value === 'true';
  bad(problems, `${name} must be TRUE or FALSE.`);
  return undefined;
}

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** A decimal number between two bounds, both included. */
export function readNumber(
  text: string,
  name: string,
  [min, max]: readonly [number, number],
  problems: Problem[],
): number | undefined {
  const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  bad(problems, `${name} must be a number from ${min} to ${max}, not "${short(text)}".`);
  return undefined;
}

export function checkLength(text: string, name: string, problems: Problem[], charsMax: number): void {
  if (text.length <= charsMax) return;
  const chars = [...text].length;
  if (chars > charsMax) bad(problems, `${name} has ${chars} characters; at most ${charsMax} are taken.`);
}

export function bad(problems: Problem[], description: string): void {
  problems.push({ code: 400, description });
}

/** A caller's text as an error may repeat it. */
export function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
