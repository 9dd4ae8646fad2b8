import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { makeTown, writeTown } from '@gezhi/demo';
import { testDatabase } from '@gezhi/storage/testing';
import {
  type Installation,
  importTown,
  installationOn,
  readTownFolder,
  type Town,
  townOf,
} from '@gezhi/town';
import type { FastifyInstance } from 'fastify';
import { buildApp } from '../app.ts';
import type { AppOptions } from '../app-context.ts';
import { tokenOf } from '../tokens.ts';

/** 10:00 on a working Wednesday in the made-up town. */
export const NOW = Date.parse('2026-05-06T10:00:00+08:00');

export type TestApp = {
  readonly server: FastifyInstance;
  readonly installation: Installation;
  readonly town: Town;
  /** What time the service thinks it is; tests move it. */
  readonly clock: { now: number };
  readonly faults: unknown[];
  /** The header of somebody who sits on a post of this kind, in a unit of that kind. */
  staff(postKind: string, unitKind?: string): { authorization: string };
};

/** The service over the made-up town, in process, on a database of its own; gone when the test ends. */
export async function demoApp(
  t: Pick<TestContext, 'after'>,
  options: Partial<AppOptions> = {},
): Promise<TestApp> {
  const folder = await mkdtemp(join(tmpdir(), 'gezhi-server-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await writeTown(folder, makeTown(1));
  const db = await testDatabase(t);
  const clock = { now: NOW };
  const installation = await installationOn(db, undefined, { keys: 'passing', now: () => clock.now });
  const kinds = [...installation.packs.values()].flatMap((pack) => pack.kinds.map(({ code }) => code));
  const imported = await importTown(db, await readTownFolder(folder), kinds, { now: NOW - 90 * 86_400_000 });
  if (!imported.imported) throw new Error(JSON.stringify(imported.problems.slice(0, 5)));
  await installation.reload();
  const town = townOf(installation);
  const faults: unknown[] = [];
  const server = await buildApp({
    installation,
    now: () => clock.now,
    onFault: (error) => faults.push(error),
    ...options,
  });
  t.after(() => server.close());
  return { server, installation, town, clock, faults, staff: (post, unit) => staffOf(town, post, unit) };
}

function staffOf(town: Town, postKind: string, unitKind?: string): { authorization: string } {
  const post = [...town.posts.values()].find(
    ({ kind, unit }) => kind === postKind && (!unitKind || town.units.get(unit)?.kind === unitKind),
  );
  if (!post) throw new Error(`the made-up town has no post of the kind ${postKind}`);
  return tokenFor(town, post.code);
}

/** The header of whoever sits on this post now. */
export function tokenFor(town: Town, post: string): { authorization: string } {
  const seat = town.staff.find(
    (s) => s.post === post && (s.validFrom ?? 0) <= NOW && NOW < (s.validTo ?? Number.POSITIVE_INFINITY),
  );
  if (!seat) throw new Error(`nobody sits on ${post}`);
  return { authorization: `Bearer ${tokenOf(town.secret, { post, person: seat.person })}` };
}

/** An event as an app of the town sends it. */
export function reportEvent(id: string, data: Record<string, unknown>): Record<string, unknown> {
  return {
    specversion: '1.0',
    type: 'gezhi.report.v1',
    source: 'https://app.example/qingxi',
    id,
    time: '2026-05-06T09:59:00+08:00',
    data,
  };
}
