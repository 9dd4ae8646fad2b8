import type { Node } from 'acorn';
import { type Complaint, isTest, type Source, type TextFile } from './source.ts';
import { field, lineOf, nameOf, walk } from './walk.ts';

/** What opens something, by the end of its name. Codes of places, kinds and refusals are no secrets and not meant. */
const SECRET = /(?:^|[a-z_])(?:mac|hmac|token|secret|password|signature|seal|otp|openingCode|letterCode)$/i;

/** Comparisons that tell nobody anything. */
const HASTY_ALLOWED: Readonly<Record<string, string>> = {
  'packages/server/src/pages/account/account-routes.ts': 'the same person typed the password twice',
};

/**
 * Where two texts are compared that may be secrets, by an operator that stops at the first difference: how long it takes tells how much
 * of a guess was right. `timingSafeEqual` over equal lengths does not.
 */
export function hastyComparisons(source: Source): readonly Complaint[] {
  if (isTest(source.path) || !/^(packages|apps)\//.test(source.path) || HASTY_ALLOWED[source.path]) return [];
  const found: Complaint[] = [];
  walk(source.tree, (node) => {
    if (node.type !== 'BinaryExpression' || !/^[!=]==?$/.test(String(field<unknown>(node, 'operator'))))
      return;
    const sides = [field(node, 'left'), field(node, 'right')];
    if (sides.some((side) => isPlain(side))) return;
    const secret = sides
      .map(calledAs)
      .find((name) => name !== undefined && SECRET.test(name) && name !== name.toUpperCase());
    if (secret) found.push(`${source.path}:${lineOf(node)} compares ${secret} hastily: use timingSafeEqual.`);
  });
  return found;
}

/** A literal, `undefined`, or what `typeof` says: whether something is there, and not what it is. */
function isPlain(node: Node | undefined): boolean {
  return node?.type === 'Literal' || nameOf(node) === 'undefined' || node?.type === 'UnaryExpression';
}

function calledAs(node: Node | undefined): string | undefined {
  if (node?.type === 'CallExpression') return calledAs(field(node, 'callee'));
  return nameOf(node) ?? nameOf(field(node, 'property'));
}

/** Where cells are written beside the helper, and why. */
const CELLS_ALLOWED: Readonly<Record<string, string>> = {
  'packages/basis/src/csv-cell.ts': 'the helper',
};

/** Cells of CSV that are guarded against formulas elsewhere than by the one helper. */
export function ownCells(files: readonly TextFile[]): readonly Complaint[] {
  return files
    .filter(({ path }) => /^(packages|apps)\/.*\.tsx?$/.test(path) && !isTest(path))
    .filter(({ text }) => /\[=\+\\?-@|replaceAll\('"', '""'\)/.test(text))
    .filter(({ path }) => !CELLS_ALLOWED[path])
    .map(({ path }) => `${path} writes cells of its own: use csvTable of @gezhi/basis.`);
}

/** Places where text becomes markup or code, and are allowed to. */
const SINKS_ALLOWED: Readonly<Record<string, string>> = {
  'packages/server/src/pages/desk/desk-script.js':
    'the panel that this service sends, by its Trusted Types policy',
};

const SINKS =
  /dangerouslySetInnerHTML|\.(?:inner|outer)HTML\s*=|insertAdjacentHTML|document\.write|\bnew Function\(|\beval\(|\.srcdoc\s*=/;

/** Where a browser would make markup or code from text. */
export function openSinks(files: readonly TextFile[]): readonly Complaint[] {
  return files
    .filter(({ path }) => /^(packages|apps)\/.*\.(?:tsx?|js)$/.test(path) && !isTest(path))
    .filter(({ path, text }) => SINKS.test(text) && !SINKS_ALLOWED[path])
    .map(({ path }) => `${path} makes markup or code from text: build elements instead.`);
}

/** Where chance comes from a generator that can be guessed: what opens something, and what is drawn by lot, comes from the system's. */
export function guessableChance(files: readonly TextFile[]): readonly Complaint[] {
  return files
    .filter(
      ({ path, text }) =>
        /^(packages|apps)\/.*\.(?:tsx?|js)$/.test(path) && !isTest(path) && /\bMath\.random\b/.test(text),
    )
    .map(
      ({ path }) =>
        `${path} draws by Math.random: use randomBytes or randomInt of node:crypto, or crypto of the browser.`,
    );
}
