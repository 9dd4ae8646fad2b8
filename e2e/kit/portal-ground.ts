import { ask } from './staff.ts';

/** A lamp of the made-up town that a neighbour has reported, and the staff who handle it, by the API. */
export type PortalGround = {
  readonly lamp: { readonly code: string; readonly name: string };
  readonly caseId: string;
  /** Takes the lamp's case as far as its requesters are asked; the neighbour who reported it first says that it is not solved. */
  finishIt(): Promise<void>;
  /** Sends a report as somebody on a phone would, elsewhere. */
  report(
    id: string,
    data: object,
  ): Promise<{ readonly number: string; readonly code: string; readonly sayAs: string }>;
};

type Day = {
  readonly assets: readonly { code: string; name: string; kind: string; point?: object }[];
};
type Receipt = { caseId: string; number: string; code: string; sayAs: string };
type Post = { readonly post: string; readonly kind: string; readonly unit: string };

export async function portalGround(url: string): Promise<PortalGround> {
  const { posts } = await ask<{ posts: readonly Post[] }>(url, '/api/session/posts');
  const worker = posts.find(({ post }) => post.includes('-gridWorker'))!.post;
  const day = await ask<Day>(url, '/api/field/day', worker);
  const lamp = day.assets.find(({ kind, point }) => kind === 'lamp' && point)!;
  const send = async (id: string, data: object) => {
    const event = { specversion: '1.0', type: 'gezhi.report.v1', source: 'https://portal.example', id, data };
    return await ask<Receipt>(url, '/api/signals', undefined, event);
  };
  const first = await send('first', {
    kind: 'lamp.fault',
    words: '这根灯杆的灯不亮',
    asset: lamp.code,
    publicity: 'public',
  });
  const act = async (post: string, action: string, input: object = {}): Promise<void> => {
    const body = { commandId: `${post}/${action}`, action, input };
    await ask(url, `/api/cases/${first.caseId}/commands`, post, body);
  };
  const finishIt = async (): Promise<void> => {
    const seat = posts.find(({ kind }) => kind === 'seat')!.post;
    const told = await ask<{ lead: { unit: { code: string } } }>(url, `/api/cases/${first.caseId}`, seat);
    const own = posts.filter(({ unit }) => unit === told.lead.unit.code);
    const desk = own.find(({ kind }) => kind === 'desk' || kind === 'dutyPost' || kind === 'head')!.post;
    const checker = posts.find(({ kind, unit }) => kind === 'checker' && unit !== told.lead.unit.code)!.post;
    await act(desk, 'accept');
    await act(desk, 'contact', { way: 'phone' });
    await act(desk, 'finish', { outcome: 'solved', words: '已更换灯头，今晚试灯。' });
    await act(checker, 'check', { passed: true, way: 'onSite' });
    const answers = { id: 'first', contacted: 'yes', solved: 'no', satisfied: 'dissatisfied' };
    await ask(url, `/api/requests/${first.number}/answers?code=${first.code}`, undefined, answers);
  };
  return { lamp, caseId: first.caseId, finishIt, report: send };
}
