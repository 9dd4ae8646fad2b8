import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Screen } from './browser.ts';
import { ask, signedIn } from './staff.ts';

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
  const { posts } = await ask<{ posts: readonly Post[] }>(base, '/api/session/posts');
  const send = <T>(post: string, path: string, body: Json): Promise<T> => ask<T>(base, path, post, body);
  return {
    posts,
    post: (kind, unit) => {
      const found = posts.find((post) => post.kind === kind && (unit === undefined || post.unit === unit));
      assert.ok(found, `a ${kind} of ${unit ?? 'any unit'}`);
      return found.post;
    },
    enter: async ({ context }, post) => {
      const [name = '', value = ''] = (await signedIn(base, post)).cookie.split('=');
      await context.addCookies([{ name, value, url: base }]);
    },
    ask: (post, path) => ask(base, path, post),
    send,
    act: async (post, caseId, action, input = {}) => {
      await send(post, `/api/cases/${caseId}/commands`, { commandId: randomUUID(), action, input });
    },
  };
}
