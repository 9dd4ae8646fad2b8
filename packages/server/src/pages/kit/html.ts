/** Markup that is safe to send: made by `html`, never by hand. */
export class Html {
  readonly #markup: string;

  constructor(markup: string) {
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}

/** What can stand in a template: text is escaped, markup and lists of it go in as they are, nothing is shown of the rest. */
export type Child = Html | string | number | false | null | undefined | readonly Child[];

/**
 * Markup from a template. Whatever is put in is escaped for text and for quoted attributes, so that nobody's words become markup;
 * attributes are always quoted.
 */
export function html(parts: TemplateStringsArray, ...children: readonly Child[]): Html {
  let markup = parts[0]!;
  for (const [i, child] of children.entries()) markup += show(child) + parts[i + 1]!;
  return new Html(markup);
}

/** An attribute without value, such as `checked`, where it applies. `name` is a literal of the code. */
export function flag(name: 'checked' | 'selected' | 'open' | 'required', on: boolean): Html {
  return new Html(on ? ` ${name}` : '');
}

function show(child: Child): string {
  if (child instanceof Html) return child.toString();
  if (typeof child === 'string') return escapeText(child);
  if (typeof child === 'number') return String(child);
  if (Array.isArray(child)) return (child as readonly Child[]).map(show).join('');
  return '';
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}
