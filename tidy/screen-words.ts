import type { Node } from 'acorn';
import type { Complaint, Source } from './source.ts';
import { field, lineOf, nameOf, walk } from './walk.ts';

/** Attributes that somebody reads or hears. */
const SAID = /^(alt|title|placeholder|label|aria-(label|description|roledescription|valuetext|placeholder))$/;
const LETTER = /\p{Script=Han}|\p{L}{2}/u;
/** Elements whose text is a code, a key or a sign, in no language. */
const NO_LANGUAGE = new Set(['kbd', 'code']);

/** Words that stand in a component instead of in its catalogue, so that no other language has them. */
export function wordsInScreens(
  { path, tree }: Source,
  reasons: Readonly<Record<string, string>> = {},
): readonly Complaint[] {
  if (!path.endsWith('.tsx')) return [];
  const found: Complaint[] = [];
  const tell = (node: Node, words: string): void => {
    if (reasons[`${path}#${words.trim()}`]) return;
    found.push(`${path}:${lineOf(node)} says “${words.trim().slice(0, 40)}” in code: take it from words/.`);
  };
  walk(tree, (node, above) => {
    const value = String(field<unknown>(node, 'value') ?? '');
    if (node.type === 'JSXText' && LETTER.test(value) && !NO_LANGUAGE.has(elementOf(above)))
      tell(node, value);
    if (node.type === 'JSXAttribute' && SAID.test(attributeOf(node))) {
      const said = field(node, 'value');
      const words = said?.type === 'Literal' ? String(field<unknown>(said, 'value')) : '';
      if (LETTER.test(words)) tell(node, words);
    }
    if (node.type === 'Literal' && /\p{Script=Han}/u.test(value)) tell(node, value);
  });
  return [...new Set(found)];
}

function elementOf(above: readonly Node[]): string {
  const opening = field(above.at(-1), 'openingElement');
  return field<string>(field(opening, 'name'), 'name') ?? nameOf(field(opening, 'name')) ?? '';
}

function attributeOf(node: Node): string {
  return field<string>(field(node, 'name'), 'name') ?? '';
}
