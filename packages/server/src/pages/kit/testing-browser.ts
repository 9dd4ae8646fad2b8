import assert from 'node:assert/strict';
import type { FastifyInstance } from 'fastify';

export type Form = {
  readonly action: string;
  readonly method: 'get' | 'post';
  readonly fields: ReadonlyMap<string, string>;
};

export type Seen = {
  readonly url: string;
  readonly status: number;
  readonly html: string;
  readonly headers: Readonly<Record<string, unknown>>;
};

/** A browser without scripts: keeps cookies, follows redirects, fills in the forms that it finds in a page and sends them. */
export type Browser = {
  open(url: string): Promise<Seen>;
  /** Sends the form with these fields changed; it must have each of them. */
  send(form: Form, fill?: Readonly<Record<string, string>>): Promise<Seen>;
  cookie(name: string): string | undefined;
};

export function browserOn(
  server: FastifyInstance,
  headers: Readonly<Record<string, string>> = { 'accept-language': 'zh-CN' },
): Browser {
  const jar = new Map<string, string>();
  const ask = async (method: 'GET' | 'POST', url: string, payload?: string): Promise<Seen> => {
    const answer = await server.inject({
      method,
      url,
      headers: {
        accept: 'text/html',
        ...headers,
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(payload === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(payload === undefined ? {} : { payload }),
    });
    for (const { name, value, maxAge } of answer.cookies) {
      if (maxAge === 0) jar.delete(name);
      else jar.set(name, value);
    }
    const { location } = answer.headers;
    if (answer.statusCode === 303 && typeof location === 'string') return await ask('GET', location);
    return { url, status: answer.statusCode, html: answer.body, headers: answer.headers };
  };
  return {
    open: (url) => ask('GET', url),
    send: (form, fill = {}) => {
      const fields = new URLSearchParams([...form.fields]);
      for (const [name, value] of Object.entries(fill)) {
        assert.ok(form.fields.has(name), `the form to ${form.action} has no field "${name}"`);
        fields.set(name, value);
      }
      return form.method === 'post'
        ? ask('POST', form.action, String(fields))
        : ask('GET', `${form.action}?${fields}`);
    },
    cookie: (name) => jar.get(name),
  };
}

/** The first form of a page to this address whose fields have these values; it must be there. */
export function formIn(
  { html, url }: Seen,
  action: string,
  having: Readonly<Record<string, string>> = {},
): Form {
  const found = formsIn(html).find(
    (form) =>
      form.action === action &&
      Object.entries(having).every(([name, value]) => form.fields.get(name) === value),
  );
  assert.ok(found, `${url} has no form to ${action} with ${JSON.stringify(having)}`);
  return found;
}

export function formsIn(html: string): readonly Form[] {
  return [...html.matchAll(/<form ([^>]*)>([\s\S]*?)<\/form>/g)].map(([, head = '', inside = '']) => ({
    action: attribute(head, 'action') ?? '',
    method: attribute(head, 'method') === 'post' ? 'post' : 'get',
    fields: fieldsIn(inside),
  }));
}

/** Fields with what they would send; a choice that is not made is there as empty. */
function fieldsIn(inside: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const [tag] of inside.matchAll(/<(?:input|select|textarea) [^>]*>/g)) {
    const name = attribute(tag, 'name');
    if (name === undefined) continue;
    const isChoice = /type="(?:radio|checkbox)"/.test(tag);
    if (!isChoice || / checked/.test(tag)) fields.set(name, attribute(tag, 'value') ?? '');
    else if (!fields.has(name)) fields.set(name, '');
  }
  for (const [, name = '', text = ''] of inside.matchAll(
    /<textarea [^>]*name="([^"]*)"[^>]*>([\s\S]*?)<\/textarea>/g,
  )) {
    fields.set(name, unescapeText(text.replace(/^\n/, '')));
  }
  for (const [, name = '', options = ''] of inside.matchAll(
    /<select [^>]*name="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g,
  )) {
    const chosen =
      /<option value="([^"]*)" selected>/.exec(options) ?? /<option value="([^"]*)"/.exec(options);
    fields.set(name, unescapeText(chosen?.[1] ?? ''));
  }
  return fields;
}

function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(tag);
  return found?.[1] === undefined ? undefined : unescapeText(found[1]);
}

/** What a reader sees of a page: no tags, entities as characters. */
export function textOf(html: string): string {
  return unescapeText(html.replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ');
}

function unescapeText(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
