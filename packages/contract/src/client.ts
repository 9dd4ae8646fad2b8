import type { z } from 'zod';
import { PATHS, type RouteName } from './paths.ts';
import type { Problem } from './problem.ts';
import type { Routes } from './routes.ts';

type Of<R, K extends string> = R extends { readonly [P in K]: infer S extends z.ZodType }
  ? z.input<S>
  : never;
type Arg<K extends string, T> = [T] extends [never]
  ? { readonly [P in K]?: undefined }
  : Record<never, never> extends T
    ? { readonly [P in K]?: T }
    : { readonly [P in K]: T };

/** What a call of a route takes: `params`, `query` and `body`, as its schemas say. */
export type Args<N extends RouteName> = Arg<'params', Of<Routes[N], 'params'>> &
  Arg<'query', Of<Routes[N], 'query'>> &
  Arg<'body', Of<Routes[N], 'body'>> & { readonly headers?: Readonly<Record<string, string>> };

type Answers<N extends RouteName> = Routes[N]['answers'][keyof Routes[N]['answers']];

/** What it answers. A problem is an answer too; only a network that fails throws. */
export type Reply<N extends RouteName> =
  | { readonly ok: true; readonly status: number; readonly body: z.output<NonNullable<Answers<N>>> }
  | { readonly ok: false; readonly status: number; readonly problem: Problem };

export type { RouteName };

export type Client = {
  call<N extends RouteName>(route: N, args: Args<N>): Promise<Reply<N>>;
};

/**
 * A typed client over `fetch`, for browsers and Node.
 *
 * @param token of a staff post; leave it out for what residents do @param send another `fetch`, for tests
 */
export function client(baseUrl: string, token?: string, send: typeof fetch = fetch): Client {
  return {
    call: async <N extends RouteName>(name: N, args: Args<N>): Promise<Reply<N>> => {
      const { method, url } = addressOf(baseUrl, name, args);
      const answer = await send(url, {
        method,
        headers: {
          accept: 'application/json',
          ...(args.body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...args.headers,
        },
        ...(args.body === undefined ? {} : { body: JSON.stringify(args.body) }),
      });
      const { status, ok } = answer;
      const text = await answer.text();
      if (status === 304) return { ok: false, status, problem: problemOf(status, 'not-modified') };
      const isJson = /json/.test(answer.headers.get('content-type') ?? '');
      if (ok) return { ok, status, body: isJson ? JSON.parse(text) : text } as Reply<N>;
      return { ok, status, problem: isJson ? JSON.parse(text) : problemOf(status, 'no-problem-json') };
    },
  };
}

function addressOf(
  baseUrl: string,
  name: RouteName,
  args: { readonly params?: unknown; readonly query?: unknown },
): { method: string; url: string } {
  const [method = '', path = ''] = PATHS[name].split(' ');
  const params = (args.params ?? {}) as Record<string, string>;
  const filled = path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(params[key] ?? ''));
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries((args.query ?? {}) as Record<string, unknown>)) {
    if (value !== undefined) query.set(key, String(value));
  }
  const search = query.size > 0 ? `?${query}` : '';
  return { method, url: `${baseUrl.replace(/\/$/, '')}${filled}${search}` };
}

function problemOf(status: number, code: string): Problem {
  return { type: 'about:blank', title: String(status), status, code, detail: '', remedy: '' };
}
