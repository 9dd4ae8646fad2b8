import { ask, signedIn } from './staff.ts';

/** A grid worker of the made-up town with matters, a round and a neighbour who may do the same things at a desk. */
export type FieldGround = {
  readonly worker: string;
  readonly desk: string;
  /** A matter that somebody called about, and one that staff found themselves. */
  readonly asked: string;
  readonly found: string;
  /** What somebody at the desk does meanwhile. */
  act(as: string, caseId: string, action: string, input?: object): Promise<Record<string, unknown>>;
  /** A case as staff see it. */
  look(as: string, caseId: string): Promise<LookedAt>;
  day(
    as: string,
  ): Promise<{ readonly cases: readonly { readonly caseId: string; readonly state: string }[] }>;
};

/** A case, as far as tests ask. */
type LookedAt = {
  readonly words: Readonly<Record<string, string>>;
  readonly facts: readonly { readonly type: string }[];
};

type Day = {
  readonly assets: readonly { readonly code: string; readonly point?: object }[];
};

/** Puts matters into the grid of a worker of a running made-up town, by its API. */
export async function fieldGround(url: string): Promise<FieldGround> {
  const worker = '990101001-JD-gridWorker306';
  const desk = '990101001-JD-desk1';
  const head = '990101001-JD-head1';
  const day = async (as: string): Promise<Day & Awaited<ReturnType<FieldGround['day']>>> =>
    await ask(url, '/api/field/day', as);
  const { assets } = await day(worker);
  const { point } = assets.find((asset) => asset.point) ?? {};
  const send = async (id: string, data: object, as?: string): Promise<string> => {
    const headers = { 'content-type': 'application/json', ...(as ? await signedIn(url, as) : {}) };
    const event = { specversion: '1.0', type: 'gezhi.report.v1', source: 'https://field.example', id, data };
    const answer = await fetch(`${url}/api/signals`, {
      method: 'POST',
      headers,
      body: JSON.stringify(event),
    });
    return ((await answer.json()) as { caseId: string }).caseId;
  };
  const dump = { kind: 'waste.dump', point };
  const reachMe = [{ way: 'phone', address: '000-0000-0000' }];
  const caller = {
    ...dump,
    words: '三号楼后面堆了两车建筑垃圾，味道很大',
    requester: { name: '张三（虚构）', reachMe },
  };
  const asked = await send('asked', caller);
  const found = await send('found', { ...dump, words: '巡查看到绿化带里有旧沙发', found: true }, worker);
  const stops = assets.slice(0, 4).map(({ code }) => code);
  await planRound(url, head, stops);
  const act = async (as: string, caseId: string, action: string, input: object = {}) => {
    const headers = { 'content-type': 'application/json', ...(await signedIn(url, as)) };
    const body = JSON.stringify({ commandId: `${as}/${caseId.slice(-6)}/${action}`, action, input });
    const answer = await fetch(`${url}/api/cases/${caseId}/commands`, { method: 'POST', headers, body });
    return (await answer.json()) as Record<string, unknown>;
  };
  const look: FieldGround['look'] = (as, caseId) => ask(url, `/api/cases/${caseId}`, as);
  return { worker, desk, asked, found, act, look, day };
}

/** Lamps and drains of the grid, one by one, with two things to look at. */
async function planRound(url: string, head: string, assets: readonly string[]): Promise<void> {
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const plan = {
    id: `field-${today}`,
    sort: 'patrol',
    title: { zh: '路灯雨水口巡查', en: 'Lamps and drains' },
    kind: 'road.damage',
    lead: '990101001-JD',
    from: today,
    to: today,
    basis: '街道年度计划（虚构）',
    checklist: [
      { id: 'dark', zh: '有无不亮的灯', en: 'Any lamp that is dark', kind: 'lamp.fault' },
      { id: 'hole', zh: '井盖有无破损', en: 'Any broken cover' },
    ],
    stops: assets.map((asset) => ({ asset, unit: '990101001-JD' })),
  };
  const headers = { 'content-type': 'application/json', ...(await signedIn(url, head)) };
  const answer = await fetch(`${url}/api/rounds`, { method: 'POST', headers, body: JSON.stringify(plan) });
  if (!answer.ok && answer.status !== 409) throw new Error(`${answer.status} ${await answer.text()}`);
}
