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

type Post = { readonly post: string; readonly kind: string; readonly unit: string };

export async function portalGround(url: string): Promise<PortalGround> {
  const { posts } = (await read(url, '/api/session/posts')) as { posts: readonly Post[] };
  const worker = posts.find(({ post }) => post.includes('-gridWorker'))!.post;
  const day = (await read(url, '/api/field/day', await signedIn(url, worker))) as {
    assets: readonly { code: string; name: string; kind: string; point?: object }[];
  };
  const lamp = day.assets.find(({ kind, point }) => kind === 'lamp' && point)!;
  const send = async (id: string, data: object) => {
    const event = { specversion: '1.0', type: 'gezhi.report.v1', source: 'https://portal.example', id, data };
    return (await write(url, '/api/signals', event)) as {
      caseId: string;
      number: string;
      code: string;
      sayAs: string;
    };
  };
  const first = await send('first', {
    ...{ kind: 'lamp.fault', words: '这根灯杆的灯不亮', asset: lamp.code, publicity: 'public' },
  });
  const act = async (post: string, action: string, input: object = {}): Promise<void> => {
    const body = { commandId: `${post}/${action}`, action, input };
    await write(url, `/api/cases/${first.caseId}/commands`, body, await signedIn(url, post));
  };
  const finishIt = async (): Promise<void> => {
    const seat = posts.find(({ kind }) => kind === 'seat')!.post;
    const staff = await signedIn(url, seat);
    const told = (await read(url, `/api/cases/${first.caseId}`, staff)) as {
      lead: { unit: { code: string } };
    };
    const own = posts.filter(({ unit }) => unit === told.lead.unit.code);
    const desk = own.find(({ kind }) => kind === 'desk' || kind === 'dutyPost' || kind === 'head')!.post;
    const checker = posts.find(({ kind, unit }) => kind === 'checker' && unit !== told.lead.unit.code)!.post;
    await act(desk, 'accept');
    await act(desk, 'contact', { way: 'phone' });
    await act(desk, 'finish', { outcome: 'solved', words: '已更换灯头，今晚试灯。' });
    await act(checker, 'check', { passed: true, way: 'onSite' });
    const answers = { id: 'first', contacted: 'yes', solved: 'no', satisfied: 'dissatisfied' };
    await write(url, `/api/requests/${first.number}/answers?code=${first.code}`, answers);
  };
  return { lamp, caseId: first.caseId, finishIt, report: send };
}

async function read(url: string, path: string, headers: Record<string, string> = {}): Promise<unknown> {
  const answer = await fetch(url + path, { headers });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return await answer.json();
}

async function write(
  url: string,
  path: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<unknown> {
  const answer = await fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return await answer.json();
}

/** What a browser of this post sends. */
async function signedIn(url: string, post: string): Promise<Record<string, string>> {
  const headers = { 'content-type': 'application/json', origin: url };
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ post }),
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return { cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '', origin: url };
}
