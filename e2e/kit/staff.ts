/** What a browser of a post sends with each request: its cookie, and where the page is from. */
export type Signed = { readonly cookie: string; readonly origin: string };

const SIGNED = new Map<string, Promise<Signed>>();

/** Signs a post of a made-up town in, once; grounds of all apps share it. @throws Error with the answer where it is refused */
export function signedIn(url: string, post: string): Promise<Signed> {
  const key = `${url} ${post}`;
  const known = SIGNED.get(key) ?? signIn(url, post);
  SIGNED.set(key, known);
  return known;
}

async function signIn(url: string, post: string): Promise<Signed> {
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ post }),
  });
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
  if (!answer.ok || !cookie) throw new Error(`${post} signs in: ${answer.status} ${await answer.text()}`);
  return { cookie, origin: url };
}

/** Asks or tells a made-up town, as a post or as nobody. @throws Error with path and answer where it is refused */
export async function ask<T>(url: string, path: string, post?: string, body?: object): Promise<T> {
  const answer = await fetch(url + path, {
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
    headers: {
      'accept-language': 'zh',
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(post ? await signedIn(url, post) : {}),
    },
  });
  if (!answer.ok) throw new Error(`${post ?? 'nobody'} ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}
