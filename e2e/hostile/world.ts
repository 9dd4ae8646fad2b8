import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRefusal } from '@gezhi/basis';
import { makeTown, writeTown } from '@gezhi/demo';
import { type AppOptions, apiKeyOf, buildApp, tokenOf } from '@gezhi/server';
import { testDatabase } from '@gezhi/storage/testing';
import {
  type Installation,
  importTown,
  installationOn,
  readTownFolder,
  type Town,
  takeIn,
  townOf,
} from '@gezhi/town';
import type { FastifyInstance } from 'fastify';

/** Ten o'clock on a working Wednesday of the made-up town. */
export const NOW = Date.parse('2026-05-06T10:00:00+08:00');

/** What must appear in no answer that is not for it: name, telephone and address of somebody who is made up. */
export const CONTACT_CANARIES = ['金丝雀名（虚构）', '00055501234', 'canary-street-17'] as const;
/** What the same person said: staff on the case read it, nobody without a token does. */
export const WORDS_CANARY = '金丝雀的话：三号楼';

/** Who asks: `headers` carry what they hold. */
export type Caller = {
  readonly name: string;
  readonly isStaff: boolean;
  readonly headers: Readonly<Record<string, string>>;
};

export type World = {
  readonly server: FastifyInstance;
  readonly installation: Installation;
  readonly town: Town;
  readonly faults: readonly string[];
  readonly callers: readonly Caller[];
  /** Ids, numbers and codes of the town, among them those of the person who must not be found. */
  readonly ids: Readonly<Record<string, readonly string[]>>;
};

/** No channel is narrow here: what is looked for lies behind the limits. */
const LARGE = { burst: 1e9, perSecond: 1e9 };
const OPEN = {
  intake: LARGE,
  web: LARGE,
  api: LARGE,
  staff: LARGE,
  open311: LARGE,
  service: LARGE,
  code: LARGE,
  'sign-in': LARGE,
};

type Till = { after(end: () => unknown): void };

/** A made-up town with a few cases, one of them of a person whose data must not leak; in process, on a database of its own. */
export async function hostileWorld(
  t: Till,
  { webApps = {} }: Pick<AppOptions, 'webApps'> = {},
): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'gezhi-hostile-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await writeTown(folder, makeTown(1));
  const installation = await installationOn(await testDatabase(t));
  const kinds = [...installation.packs.values()].flatMap((pack) => pack.kinds.map(({ code }) => code));
  await importTown(installation.db, await readTownFolder(folder), kinds, { now: NOW - 90 * 86_400_000 });
  await installation.reload();
  const town = townOf(installation);
  const faults: string[] = [];
  const server = await buildApp({
    installation,
    now: () => NOW,
    rates: OPEN,
    webApps,
    onFault: (error, what) => faults.push(`${what}: ${error instanceof Error ? error.stack : error}`),
  });
  t.after(() => server.close());
  const taken = await sow(town);
  return { server, installation, town, faults, ids: idsOf(town, taken), callers: callersOf(town, taken) };
}

type Sown = { readonly number: string; readonly code: string; readonly caseId: string };

async function sow(town: Town): Promise<readonly Sown[]> {
  const [name, phone, address] = CONTACT_CANARIES;
  const base = { type: 'gezhi.report.v1', occurredAt: NOW - 3_600_000, channel: 'phone' };
  const signals = [
    {
      ...base,
      source: 'hostile',
      id: 'canary',
      words: WORDS_CANARY,
      kind: 'staff.complaint',
      publicity: 'private' as const,
      requester: {
        name,
        reachMe: [
          { way: 'phone' as const, address: phone },
          { way: 'visit' as const, address },
        ],
      },
    },
    ...['路灯不亮', '楼道有杂物', '自来水有味'].map((words, i) => ({
      ...base,
      source: 'hostile',
      id: `other-${i}`,
      words,
      publicity: 'public' as const,
    })),
  ];
  const taken = await takeIn(town, signals, NOW - 3_000_000);
  return taken.map((one) => {
    assert.ok(!isRefusal(one) && one.number && one.code);
    return { number: one.number, code: one.code, caseId: one.caseId };
  });
}

function idsOf(town: Town, sown: readonly Sown[]): World['ids'] {
  return {
    id: sown.map(({ caseId }) => caseId),
    number: sown.map(({ number }) => number),
    code: ['000000', ...sown.slice(1).map(({ code }) => code)],
    unit: [...town.units.keys()].slice(0, 8),
    post: [...town.posts.keys()].slice(0, 8),
    kind: [...town.kinds.keys()].slice(0, 8),
    edition: ['2026-04', '2026-05'],
    district: [town.district, '999999'],
    what: ['case', 'edition', 'clock', 'request'],
  };
}

/** Nobody, somebody with a broken token, a requester with their own cookie, staff of several posts and units, an Open311 account. */
function callersOf(town: Town, sown: readonly Sown[]): readonly Caller[] {
  const seats = ['seat', 'desk', 'checker', 'head'].flatMap((kind) =>
    [...town.posts.values()].filter((post) => post.kind === kind).slice(0, 2),
  );
  const staff = seats.flatMap(({ code }) => {
    const seat = town.staff.find((one) => one.post === code);
    if (!seat) return [];
    const token = tokenOf(town.secret, { post: code, person: seat.person });
    const headers = { authorization: `Bearer ${token}`, cookie: `gezhi_staff=${token}` };
    return [{ name: code, isStaff: true, headers }];
  });
  const broken = `${Buffer.from('{"post":"seat-1"}').toString('base64url')}.AAAA`;
  const own = sown[1]!;
  return [
    { name: 'nobody', isStaff: false, headers: {} },
    {
      name: 'broken',
      isStaff: false,
      headers: { authorization: `Bearer ${broken}`, cookie: `gezhi_staff=${broken}` },
    },
    { name: 'requester', isStaff: false, headers: { 'x-number': own.number, 'x-code': own.code } },
    ...staff,
    { name: 'open311', isStaff: false, headers: { 'x-api-key': apiKeyOf(town.secret, 'hostile') } },
  ];
}
