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
import fastify, { type FastifyInstance } from 'fastify';
import { mountPages } from '../mount-pages.ts';

export type TestPages = {
  readonly server: FastifyInstance;
  readonly town: Town;
  readonly clock: { now: number };
  readonly installation: Installation;
};

/** The pages over the made-up town, in process, on a database of its own; at ten on a working Wednesday. */
export async function pagesOver(t: Pick<TestContext, 'after'>): Promise<TestPages> {
  const folder = await mkdtemp(join(tmpdir(), 'gezhi-pages-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await writeTown(folder, makeTown(7));
  const clock = { now: Date.parse('2026-05-06T10:00:00+08:00') };
  const places = { keys: 'passing', now: () => clock.now } as const;
  const installation = await installationOn(await testDatabase(t), undefined, places);
  const kinds = [...installation.packs.values()].flatMap((pack) => pack.kinds.map(({ code }) => code));
  const done = await importTown(installation.db, await readTownFolder(folder), kinds, {
    now: clock.now - 1000,
  });
  if (!done.imported) throw new Error(JSON.stringify(done.problems.slice(0, 5)));
  await installation.reload();
  const server = fastify();
  const onFault = (error: unknown): void => {
    throw error;
  };
  mountPages(server, { installation, now: () => clock.now, onFault });
  await server.ready();
  t.after(() => server.close());
  return { server, town: townOf(installation), clock, installation };
}

/** A post of this kind in a unit, or in any. */
export function postOf(town: Town, kind: string, unit?: string, notUnit?: string): string {
  const post = [...town.posts.values()].find(
    (p) => p.kind === kind && (unit === undefined || p.unit === unit) && p.unit !== notUnit,
  );
  if (!post) throw new Error(`the made-up town has no ${kind} in ${unit ?? 'any unit'}`);
  return post.code;
}
