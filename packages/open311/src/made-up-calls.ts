import type { Answer, Call } from './call.ts';
import { type MadeUpTown, NOW } from './made-up-port.ts';
import { open311 } from './open311.ts';

type Extra = Partial<Pick<Call, 'files' | 'ifNoneMatch'>>;

export async function get(town: MadeUpTown, url: string, extra: Extra = {}): Promise<Answer> {
  const [path = '', query = ''] = url.split('?');
  return open311(town)({ method: 'GET', path, query: new URLSearchParams(query), now: NOW, ...extra });
}

export async function post(town: MadeUpTown, path: string, form: string, extra: Extra = {}): Promise<Answer> {
  const call = { method: 'POST', path, query: new URLSearchParams(), now: NOW, ...extra };
  return open311(town)({ ...call, form: new URLSearchParams(form) });
}

/** `200 [...]`: status and JSON body in one value, so that a failure shows both. */
export function said(answer: Answer): unknown[] {
  return [answer.status, JSON.parse(answer.body)];
}

export function wrong(code: number, ...descriptions: readonly string[]): unknown[] {
  return [code, descriptions.map((description) => ({ code, description }))];
}
