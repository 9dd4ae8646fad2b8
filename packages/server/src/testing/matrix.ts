import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CaseId, HOUR, isRefusal } from '@gezhi/basis';
import { replay } from '@gezhi/cases';
import { loadFacts } from '@gezhi/storage';
import {
  addPhoto,
  type Incoming,
  type Installation,
  importTown,
  openingCode,
  readTownFolder,
  type Town,
  takeIn,
} from '@gezhi/town';
import type { FastifyInstance } from 'fastify';
import { formToken, sealNumber } from '../pages/kit/seals.ts';
import { tokenOf } from '../tokens.ts';
import { callOf, type Matter } from './matrix-table.ts';

/** Somebody who calls: by a staff token, or as whoever holds the code of a number. */
export type Caller = { readonly token?: string; readonly holds?: Matter };

/** Every route that a server has, as `GET /api/cases/:id`; HEAD goes with its GET. */
export function routesOf(server: FastifyInstance): readonly string[] {
  const above: string[] = [];
  return server
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, indent, part, methods] = /^([│ ]*)[├└]── (\S+)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? [];
      if (indent === undefined || part === undefined) return [];
      above.splice(indent.length / 4);
      above.push(part);
      const path = above.join('').replace(/^\/*/, '/');
      const named = methods?.split(', ').filter((method) => method !== 'HEAD') ?? [];
      return named.map((method) => `${method} ${path}`);
    });
}

/** A matter that was told now, as it is routed. */
export async function matterOf(town: Town, kind: string, community: string, now: number): Promise<Matter> {
  const told: Incoming = {
    source: 'matrix',
    id: kind,
    type: 'x',
    occurredAt: now,
    channel: 'web',
    words: '请处理一下',
    kind,
    statedPlaces: { division: community },
  };
  const [receipt] = await takeIn(town, [told], now);
  if (!receipt || isRefusal(receipt) || !receipt.number) throw new Error(JSON.stringify(receipt));
  const { caseId, number } = receipt;
  const c = replay((await loadFacts(town.db.pool, town.district, [caseId])).get(caseId) ?? [])!;
  return { c, number, code: openingCode(town.secret, number), media: await photoOf(town, caseId, now) };
}

/** A photo of one grey point, kept as photos are. */
async function photoOf(town: Town, caseId: CaseId, now: number): Promise<string> {
  const photo = { bytes: Buffer.from('grey'), type: 'image/jpeg', width: 1, height: 1 } as const;
  const order = { commandId: `photo/${caseId}`, caseId, by: { post: 'system' }, public: false };
  const added = await addPhoto(town, order, photo, now);
  if (isRefusal(added)) throw new Error(added.because);
  return added.media;
}

/** A post of a kind in a unit, and who sits on it. */
export function callerAt(town: Town, now: number, unit: string, kind: string): Caller {
  const post = [...town.posts.values()].find((one) => one.unit === unit && one.kind === kind);
  const sits = town.staff.find(
    ({ post: on, validFrom = Number.NEGATIVE_INFINITY, validTo = Number.POSITIVE_INFINITY }) =>
      on === post?.code && validFrom <= now && now < validTo,
  );
  if (!post || !sits) throw new Error(`nobody sits on a ${kind} of ${unit}`);
  return { token: tokenOf(town.secret, { post: post.code, person: sits.person }) };
}

/** What became of a call: whether it was turned away (not signed in, not allowed, or told that what is there is not), and how. */
export type Outcome = { readonly isIn: boolean; readonly how: string };

/** Asks a route about a matter as somebody: the API by a bearer token or a code, pages by their cookies and forms. */
export async function ask(
  server: FastifyInstance,
  town: Town,
  route: string,
  { who, caller, matter, district }: { who: string; caller: Caller; matter: Matter; district?: string },
): Promise<Outcome> {
  const [method, path] = route.split(' ') as ['GET' | 'POST', string];
  const isApi = path.startsWith('/api/');
  const { params, query, body } = callOf(route, matter, who);
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? 'none'));
  const search = new URLSearchParams(query);
  if (district) search.set('district', district);
  if (isApi && caller.holds) search.set('code', caller.holds.code);
  const mine =
    caller.holds &&
    sealNumber(town.secret, `my:${town.district}`, caller.holds.number, matter.c.openedAt + HOUR);
  const cookies = [caller.token && `gezhi_staff=${caller.token}`, mine && `gezhi_my=${mine}`].filter(Boolean);
  const sent = caller.token ?? mine;
  const form = {
    commandId: crypto.randomUUID(),
    post: '',
    act: 'adopted',
    do: 'freeze',
    case: matter.c.caseId,
    area: '990101',
    token: caller.token ?? '',
    form: sent ? formToken(town.secret, sent) : '',
  };
  const answer = await server.inject({
    method,
    url: `${filled}?${search}`,
    headers: isApi
      ? {
          'content-type': 'application/json',
          ...(caller.token ? { authorization: `Bearer ${caller.token}` } : {}),
        }
      : {
          'content-type': 'application/x-www-form-urlencoded',
          accept: 'text/html',
          cookie: cookies.join('; '),
        },
    ...(method === 'GET'
      ? {}
      : { payload: isApi ? JSON.stringify(body) : new URLSearchParams(form).toString() }),
  });
  const { statusCode: status, headers } = answer;
  const isProblem = String(headers['content-type']).includes('problem+json');
  const code = isProblem ? (answer.json().code as string) : '';
  const isLogin = headers.location === '/staff' || (headers.location === '/my' && path.startsWith('/my/'));
  const isHidden = code === 'no-such-case' || code === 'no-such-media' || path.startsWith('/t/');
  const away =
    [401, 403, 410, 429].includes(status) || (status === 303 && isLogin) || (status === 404 && isHidden);
  return { isIn: !away, how: `${status} ${code}` };
}

const NEXT_TOWN: Readonly<Record<string, string>> = {
  'town.yaml': `district: '990009'
name: {zh: 小石镇, en: Xiaoshi}
zone: Asia/Shanghai
calendar: cn
desk: 190
codes: free
layers:
  - {code: division, tiling: true, name: {zh: 行政区划, en: Divisions}}
`,
  'places.csv': 'layer,level,code,name,parent,names,lon,lat,from,to\ndivision,street,S1,石桥街道,,,,,,\n',
  'units.csv': 'code,name,kind,level,parent,place\nHL,市民热线中心,hotline,city,,\n',
  'posts.csv': 'code,unit,kind,name,place,deputyOf\nseat,HL,head,主任,,\n',
  'staff.csv': 'person,name,post,from,to,shift\n1001,甲,seat,,,\n',
  'duties.csv':
    'unit,post,kind,layer,place,role,basis,from,to,knownFrom\nHL,seat,*,division,*,lead,示例,,,2020-01-01\n',
};

/** A second district in the same installation, whose hotline's head is the post `seat`. */
export async function addNextTown(installation: Installation, now: number): Promise<Town> {
  const folder = await mkdtemp(join(tmpdir(), 'gezhi-next-'));
  try {
    for (const [name, text] of Object.entries(NEXT_TOWN)) await writeFile(join(folder, name), text);
    const done = await importTown(installation.db, await readTownFolder(folder), [], { now });
    if (!done.imported) throw new Error(JSON.stringify(done.problems));
    await installation.reload();
    return installation.towns.get('990009')!;
  } finally {
    await rm(folder, { recursive: true });
  }
}
