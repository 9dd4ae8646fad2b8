import type { FastifyInstance } from 'fastify';

/** A form as a page shows it: where it goes, and what it would send. */
export type PageForm = { readonly action: string; readonly fields: ReadonlyMap<string, string> };

/** The forms that this caller is shown at these addresses, one of each action; with the tokens that make them theirs. */
export async function formsOf(
  server: FastifyInstance,
  urls: readonly string[],
  headers: Readonly<Record<string, string>>,
): Promise<readonly PageForm[]> {
  const forms = new Map<string, PageForm>();
  for (const url of urls) {
    const { body } = await server.inject({ url, headers: { accept: 'text/html', ...headers } });
    for (const [, head = '', inside = ''] of body.matchAll(/<form ([^>]*)>([\s\S]*?)<\/form>/g)) {
      if (!/method="post"/.test(head)) continue;
      const action = plain(/action="([^"]*)"/.exec(head)?.[1] ?? '');
      const fields = fieldsIn(inside);
      forms.set(`${action} ${[...fields.keys()].join()} ${fields.get('action') ?? ''}`, { action, fields });
    }
  }
  return [...forms.values()];
}

function fieldsIn(inside: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const [tag] of inside.matchAll(/<(?:input|select|textarea|button) [^>]*>/g)) {
    const name = /\bname="([^"]*)"/.exec(tag)?.[1];
    if (name) fields.set(name, fields.get(name) || plain(/\bvalue="([^"]*)"/.exec(tag)?.[1] ?? ''));
  }
  return fields;
}

function plain(text: string): string {
  return text.replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => ENTITIES[name]!);
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
