import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { MARK } from './payloads.ts';

type Node = DefaultTreeAdapterTypes.ChildNode | DefaultTreeAdapterTypes.Document;

/** Elements that our pages never have; one of them came from elsewhere. */
const NEVER = new Set(['iframe', 'object', 'embed', 'base', 'style', 'applet', 'frame', 'math', 'template']);

/** Reads a page as a browser does, and tells what in it a payload could have made, or could run. */
export function strangeMarkup(html: string): readonly string[] {
  const found: string[] = [];
  const look = (node: Node): void => {
    if ('tagName' in node) found.push(...strangeElement(node));
    if (node.nodeName === '#comment' && (node as { data?: string }).data?.includes(MARK))
      found.push('a comment holds a payload');
    for (const child of 'childNodes' in node ? node.childNodes : []) look(child);
  };
  look(parse(html));
  return found;
}

function strangeElement({ tagName, attrs }: DefaultTreeAdapterTypes.Element): string[] {
  const found: string[] = [];
  const of = (name: string): string | undefined => attrs.find((attr) => attr.name === name)?.value;
  if (tagName.includes(MARK) || NEVER.has(tagName)) found.push(`there is an element <${tagName}>`);
  if (tagName === 'script' && !/^\/(?!\/)/.test(of('src') ?? '')) found.push('a script stands in the page');
  if (tagName === 'meta' && of('http-equiv')) found.push('a meta element steers the browser');
  for (const { name, value } of attrs) {
    if (name.startsWith('on') || name === 'style' || name === 'srcdoc' || name.includes(MARK))
      found.push(`<${tagName}> has the attribute ${name}`);
    const isAddress = /^(?:href|src|action|formaction|data|poster|xlink:href)$/.test(name);
    const isOurs =
      /^(?:\/(?![/\\])|#|\?|tel:|mailto:|data:image\/(?:png|svg\+xml)|https?:\/\/localhost)|^$/.test(value);
    if (isAddress && !isOurs) found.push(`<${tagName}> leads to ${value.slice(0, 80)}`);
  }
  return found;
}
