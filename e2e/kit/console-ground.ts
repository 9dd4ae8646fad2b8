import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Screen } from './browser.ts';

type Post = { readonly post: string; readonly kind: string; readonly unit: string; readonly level: string };
type Json = Readonly<Record<string, unknown>>;

/** Staff of a made-up town, by the API: who they are, what they ask, what they do. */
export type ConsoleGround = {
  readonly posts: readonly Post[];
  post(kind: string, unit?: string): string;
  /** Signs a screen in as a post. */
  enter(screen: Screen, post: string): Promise<void>;
  ask<T>(post: string, path: string): Promise<T>;
  send<T>(post: string, path: string, body: Json): Promise<T>;
  /** An action of a case; whatever is refused fails the test. */
  act(post: string, caseId: string, action: string, input?: Json): Promise<void>;
};

export async function consoleGround(base: string): Promise<ConsoleGround> {
  const { posts } = (await (await fetch(`${base}/api/session/posts`)).json()) as { posts: readonly Post[] };
  const cookies = new Map<string, string>();
  const cookieOf = async (post: string): Promise<string> => {
    const kept = cookies.get(post);
    if (kept) return kept;
    const answer = await fetch(`${base}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...OURS },
      body: JSON.stringify({ post }),
    });
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
    assert.ok(cookie, `${post} signs in: ${answer.status}`);
    cookies.set(post, cookie);
    return cookie;
  };
  const call = async <T>(post: string, path: string, init: RequestInit = {}): Promise<T> => {
    const headers = { cookie: await cookieOf(post), 'accept-language': 'zh', ...OURS, ...init.headers };
    const answer = await fetch(`${base}${path}`, { ...init, headers });
    const body = (await answer.json()) as T;
    assert.ok(answer.ok, `${post} ${path}: ${JSON.stringify(body)}`);
    return body;
  };
  const send = async <T>(post: string, path: string, body: Json): Promise<T> =>
    await call<T>(post, path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  return {
    posts,
    post: (kind, unit) => {
      const found = posts.find((post) => post.kind === kind && (unit === undefined || post.unit === unit));
      assert.ok(found, `a ${kind} of ${unit ?? 'any unit'}`);
      return found.post;
    },
    enter: async ({ context }, post) => {
      const [name = '', value = ''] = (await cookieOf(post)).split('=');
      await context.addCookies([{ name, value, url: base }]);
    },
    ask: (post, path) => call(post, path),
    send,
    act: async (post, caseId, action, input = {}) => {
      await send(post, `/api/cases/${caseId}/commands`, { commandId: randomUUID(), action, input });
    },
  };
}

const OURS = { 'sec-fetch-site': 'same-origin' };
